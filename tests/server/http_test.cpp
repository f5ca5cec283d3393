// SPDX-License-Identifier: Apache-2.0
// Routes and tile paths as tables, and one round over real HTTPS.
#include "server/http/http_listener.h"
#include "server/http/router.h"
#include "server/http/tile_path.h"

#include "tests/server/server_fixture.h"

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

TEST(TilePath, ReadsTheOneSpelling) {
  EXPECT_EQ(parse_tile_path("tile/0/000"), (TilePath{0, 0, 256}));
  EXPECT_EQ(parse_tile_path("tile/63/067.p/255"), (TilePath{63, 67, 255}));
  EXPECT_EQ(parse_tile_path("tile/1/x001/x234/067"), (TilePath{1, 1'234'067, 256}));
  EXPECT_EQ(parse_tile_path("tile/entries/x001/000.p/1"), (TilePath{-1, 1'000, 1}));
}

TEST(TilePath, RefusesEveryOther) {
  for (const char* path : {"",
                           "tile",
                           "tile/",
                           "tile/0",
                           "tile/0/",
                           "tile/64/000",
                           "tile/00/000",
                           "tile/-1/000",
                           "tile/0/0",
                           "tile/0/0000",
                           "tile/0/x001",
                           "tile/0/x000/001",
                           "tile/0/001/002",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/01",
                           "tile/0/000.p/",
                           "tile/0/000.p",
                           "tile/0/000/",
                           "tile/0/000.p/1/",
                           "tile/entries",
                           "tile/entriess/000",
                           "tile/0/x001/x002/x003/x004/x005/x006/007",
                           "tiles/0/000",
                           "tile/0/0a0"}) {
    EXPECT_FALSE(parse_tile_path(path)) << path;
  }
}

struct RouteCase {
  const char* method;
  const char* target;
  int status;
  const char* content_type;
  const char* cache;
};

TEST(Router, AnswersByTheTable) {
  constexpr const char* text = "text/plain; charset=utf-8";
  constexpr const char* bytes = "application/octet-stream";
  constexpr const char* forever = "public, max-age=31536000, immutable";
  const RouteCase cases[] = {
      {"GET", "/garden/checkpoint", 200, text, "public, max-age=2"},
      {"HEAD", "/garden/checkpoint", 200, text, "public, max-age=2"},
      {"GET", "/garden/tile/0/x001/067.p/5", 200, bytes, forever},
      {"GET", "/garden/tile/entries/000", 200, bytes, forever},
      {"GET", "/healthz", 200, text, "no-store"},
      {"GET", "/metrics", 200, "text/plain; version=0.0.4; charset=utf-8", "no-store"},
      {"POST", "/garden/checkpoint", 405, text, "no-store"},
      {"GET", "/elsewhere/checkpoint", 404, text, "no-store"},
      {"GET", "/elsewhere/tile/0/000", 404, text, "no-store"},
      {"GET", "/garden/checkpoint/", 404, text, "no-store"},
      {"GET", "/garden/checkpoint?x=1", 404, text, "no-store"},
      {"GET", "/garden/tile/0/0", 404, text, "no-store"},
      {"GET", "/../checkpoint/x", 404, text, "no-store"},
      {"GET", "//checkpoint", 404, text, "no-store"},
      {"GET", "/", 404, text, "no-store"},
      {"GET", "", 404, text, "no-store"},
      {"GET", "garden/checkpoint", 404, text, "no-store"},
  };
  FakeService service;
  const Metrics metrics;
  for (const RouteCase& wanted : cases) {
    const HttpResponse response = route({wanted.method, wanted.target}, service, metrics);
    EXPECT_EQ(response.status, wanted.status) << wanted.target;
    EXPECT_EQ(response.content_type, wanted.content_type) << wanted.target;
    EXPECT_EQ(response.cache_control, wanted.cache) << wanted.target;
  }
  EXPECT_EQ(route({"GET", "/garden/tile/0/x001/067.p/5"}, service, metrics).body, "0/1067/5");
}

std::string ask(const TlsFiles& tls, std::uint16_t port, const std::string& request) {
  boost::asio::io_context io;
  auto context = *make_client_tls(tls.certificate);
  boost::asio::ssl::stream<boost::asio::ip::tcp::socket> stream(io, *context);
  stream.next_layer().connect({boost::asio::ip::address_v4::loopback(), port});
  stream.handshake(boost::asio::ssl::stream_base::client);
  boost::asio::write(stream, boost::asio::buffer(request));
  std::string answer;
  boost::system::error_code end;
  boost::asio::read(stream, boost::asio::dynamic_buffer(answer), end);
  return answer;
}

TEST(HttpListener, ServesOverTlsWithinItsLimits) {
  const TlsFolder tls;
  FakeService service;
  const Metrics metrics;
  const Log log([](std::string_view) {});
  Log quiet([](std::string_view) {});
  IoThreads threads(2);
  HttpOptions options;
  options.idle_deadline = std::chrono::milliseconds(300);
  HttpListener listener(
      threads.context(),
      [&](const HttpRequest& request) { return route(request, service, metrics); },
      quiet,
      options);
  const auto bound =
      listener.listen({boost::asio::ip::address_v4::loopback(), 0}, *make_server_tls(tls.files()));
  ASSERT_TRUE(bound);
  const std::string two = ask(tls.files(),
                              bound->port(),
                              "GET /garden/checkpoint HTTP/1.1\r\nHost: a\r\n\r\n"
                              "HEAD /garden/checkpoint HTTP/1.1\r\nHost: a\r\n"
                              "Connection: close\r\n\r\n");
  EXPECT_NE(two.find("HTTP/1.1 200 OK"), std::string::npos);
  EXPECT_NE(two.find("checkpoint of 0"), std::string::npos);
  EXPECT_NE(two.find("HTTP/1.1 200 OK", 10), std::string::npos);
  // A header without end, a body, silence: closed without an answer.
  EXPECT_EQ(ask(tls.files(), bound->port(), "GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x')),
            "");
  EXPECT_EQ(ask(tls.files(), bound->port(), "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"),
            "");
  EXPECT_EQ(ask(tls.files(), bound->port(), "GET"), "");
  EXPECT_TRUE(listener.stop(std::chrono::milliseconds(5'000)));
}

}  // namespace
}  // namespace juanzong::testing
