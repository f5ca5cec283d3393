// SPDX-License-Identifier: Apache-2.0
#include "server/http/http_client.h"

#include "server/net/tls.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <sys/un.h>

namespace juanzong {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using ErrorOfSystem = boost::system::error_code;

constexpr auto as_code = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t answer_bytes_max = 64 * 1024;

bool is_host(std::string_view host) {
  return !host.empty() && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-';
  });
}

Failure no_answer(const std::string& whom, std::string_view what) {
  return fail(ErrorCode::environment, whom + ": " + std::string(what));
}
std::string name_of(const HttpUrl& url) {
  return url.host + ":" + url.port;
}

// What the coroutine leaves behind.
struct Exchange {
  http::request<http::string_body> request;
  Result<HttpResponse> answer;
};

Exchange make_exchange(const std::string& host,
                       const std::string& target,
                       const std::string& body,
                       const std::string& whom) {
  Exchange exchange{{http::verb::post, target, 11}, no_answer(whom, "timed out")};
  exchange.request.set(http::field::host, host);
  exchange.request.set(http::field::user_agent, "juanzong");
  exchange.request.set(http::field::content_type, "text/plain; charset=utf-8");
  exchange.request.body() = body;
  exchange.request.keep_alive(false);
  exchange.request.prepare_payload();
  return exchange;
}

template <class Stream>
asio::awaitable<ErrorOfSystem> exchange_over(Stream& stream, Exchange& exchange) {
  const auto [unsent, sent] = co_await http::async_write(stream, exchange.request, as_code);
  if (unsent) {
    co_return unsent;
  }
  beast::flat_buffer buffer(2 * answer_bytes_max);
  http::response_parser<http::string_body> parser;
  parser.body_limit(answer_bytes_max);
  const auto [unread, read] = co_await http::async_read(stream, buffer, parser, as_code);
  if (unread) {
    co_return unread;
  }
  const auto& answer = parser.get();
  HttpResponse response;
  response.status = static_cast<int>(answer.result_int());
  const auto type = answer[http::field::content_type];
  response.content_type.assign(type.data(), type.size());
  response.body = answer.body();
  exchange.answer = std::move(response);
  co_return ErrorOfSystem();
}

asio::awaitable<ErrorOfSystem> exchange_tls(tcp::socket socket,
                                            const std::string& host,
                                            Exchange& exchange) {
  const Result<TlsContext> context = make_public_client_tls();
  if (!context) {
    co_return asio::error::no_recovery;
  }
  asio::ssl::stream<beast::tcp_stream> stream(beast::tcp_stream(std::move(socket)), **context);
  require_host_name(stream.native_handle(), host);
  const auto [error] = co_await stream.async_handshake(asio::ssl::stream_base::client, as_code);
  if (error) {
    co_return error;
  }
  co_return co_await exchange_over(stream, exchange);
}

asio::awaitable<ErrorOfSystem> exchange_plain(tcp::socket socket, Exchange& exchange) {
  beast::tcp_stream stream(std::move(socket));
  co_return co_await exchange_over(stream, exchange);
}

asio::awaitable<void> run_exchange(const HttpUrl& url, Exchange& exchange) {
  const auto executor = co_await asio::this_coro::executor;
  tcp::resolver resolver(executor);
  const auto [unknown, found] = co_await resolver.async_resolve(url.host, url.port, as_code);
  if (unknown) {
    exchange.answer = no_answer(name_of(url), unknown.message());
    co_return;
  }
  tcp::socket socket(executor);
  ErrorOfSystem error = asio::error::host_unreachable;
  for (const auto& entry : found) {
    socket.close(error);
    const auto [unconnected] = co_await socket.async_connect(entry.endpoint(), as_code);
    error = unconnected;
    if (!error) {
      break;
    }
  }
  if (!error && url.tls) {
    error = co_await exchange_tls(std::move(socket), url.host, exchange);
  } else if (!error) {
    error = co_await exchange_plain(std::move(socket), exchange);
  }
  if (error) {
    exchange.answer = no_answer(name_of(url), error.message());
  }
}

asio::awaitable<void> run_exchange(const std::filesystem::path& path, Exchange& exchange) {
  using asio::local::stream_protocol;
  stream_protocol::socket socket(co_await asio::this_coro::executor);
  const auto [unconnected] =
      co_await socket.async_connect(stream_protocol::endpoint(path.string()), as_code);
  ErrorOfSystem error = unconnected;
  if (!error) {
    beast::basic_stream<stream_protocol> stream(std::move(socket));
    error = co_await exchange_over(stream, exchange);
  }
  if (error) {
    exchange.answer = no_answer(path.string(), error.message());
  }
}

}  // namespace

std::optional<HttpUrl> parse_http_url(std::string_view text) {
  HttpUrl url;
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (text.starts_with(scheme)) {
      url.tls = scheme == "https://";
      text.remove_prefix(scheme.size());
      const std::size_t slash = std::min(text.find('/'), text.size());
      const std::string_view authority = text.substr(0, slash);
      const std::size_t colon = std::min(authority.find(':'), authority.size());
      url.host = authority.substr(0, colon);
      url.port = colon == authority.size() ? (url.tls ? "443" : "80")
                                           : std::string(authority.substr(colon + 1));
      url.path = text.substr(slash);
      const bool is_port =
          !url.port.empty() && url.port.size() <= 5 &&
          std::ranges::all_of(url.port, [](char c) { return c >= '0' && c <= '9'; });
      const bool is_path = url.path.find_first_of("?# ") == std::string::npos;
      return is_host(url.host) && is_port && is_path ? std::optional<HttpUrl>(std::move(url))
                                                     : std::nullopt;
    }
  }
  return std::nullopt;
}

Result<HttpResponse> http_post(const HttpUrl& url,
                               std::string_view path,
                               const std::string& body,
                               std::chrono::milliseconds patience) {
  std::string target = url.path;
  if (target.ends_with('/')) {
    target.pop_back();
  }
  target.append(path);
  Exchange exchange = make_exchange(url.host, target, body, name_of(url));
  asio::io_context io(1);
  asio::co_spawn(io, run_exchange(url, exchange), asio::detached);
  io.run_for(patience);
  return exchange.answer;
}

Result<HttpResponse> http_post_to_socket(const std::filesystem::path& socket,
                                         const std::string& target,
                                         const std::string& body,
                                         std::chrono::milliseconds patience) {
  if (socket.native().size() >= sizeof(sockaddr_un::sun_path)) {
    return no_answer(socket.string(), "the name is too long for a socket");
  }
  Exchange exchange = make_exchange("localhost", target, body, socket.string());
  asio::io_context io(1);
  asio::co_spawn(io, run_exchange(socket, exchange), asio::detached);
  io.run_for(patience);
  return exchange.answer;
}

}  // namespace juanzong
