// SPDX-License-Identifier: Apache-2.0
// juanzongd without a certificate: plain TCP where the configuration allows it, on loopback alone.
#include "tests/integration/cli_fixture.h"

#include <gmock/gmock.h>

#include <arpa/inet.h>
#include <fstream>
#include <iterator>
#include <sys/socket.h>
#include <unistd.h>

namespace juanzong::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr std::string_view allowed = "allow_plain_tcp = true\n";
constexpr std::string_view unit_line =
    R"({"type":"UnitRegistered","body":{"unit":"3-1-1201","building":"3","entrance":"1",)"
    R"("floor":12,"number":"1201"}})";

// The first bytes of the answer to a request in the clear.
std::string http_status(std::uint16_t port, const std::string& target) {
  const std::string request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const int peer = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer(15, '\0');
  const bool asked =
      ::connect(peer, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
      ::send(peer, request.data(), request.size(), 0) == static_cast<ssize_t>(request.size());
  const ssize_t size = asked ? ::recv(peer, answer.data(), answer.size(), MSG_WAITALL) : 0;
  ::close(peer);
  answer.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return answer;
}

class PlainTcp : public CliTest {
 public:
  static void SetUpTestSuite() {
    CliTest::SetUpTestSuite();
    ASSERT_NE(server(), nullptr);
    ASSERT_EQ(server()->stop(), 0);
    for (const fs::path& file : {certificate(), key()}) {
      fs::rename(file, file.string() + ".away");
    }
  }

 protected:
  static fs::path certificate() { return data() / "keys" / "tls.cert.pem"; }
  static fs::path key() { return data() / "keys" / "tls.key.pem"; }

  static Words arguments(std::string_view config, const std::string& listen = "127.0.0.1:0") {
    const std::string file = write("plain.toml", config);
    return {
        "--data", data().string(), "--listen", listen, "--http", "127.0.0.1:0", "--config", file};
  }
  // What a server that must not start says on standard error.
  static std::string refusal(const Words& words) {
    const fs::path log = folder() / "refusal.log";
    fs::remove(log);
    EXPECT_FALSE(ServerProcess::start(words, log).has_value());
    std::ifstream in(log, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static Ran plainly(const std::string& key_file, Words words) {
    const std::string address = "127.0.0.1:" + std::to_string(server()->port());
    words.insert(words.end(), {"--plain", "--server", address, "--key", key_file});
    return juanzong(words);
  }
};

TEST_F(PlainTcp, ServesAppendsQueriesAndHttpOnLoopback) {
  auto started = ServerProcess::start(arguments(allowed), folder() / "server.log");
  ASSERT_TRUE(started.has_value()) << to_text(started.error());
  server() = std::move(*started);
  const std::string archivist = (folder() / "ARC.key").string();
  const Ran hired = plainly(founder(),
                            {"actor",
                             "add",
                             "--staff",
                             "S-ARC",
                             "--roles",
                             "ARC",
                             "--badge",
                             "B-1",
                             "--department",
                             "PROJECT",
                             "--key-out",
                             archivist});
  ASSERT_EQ(hired.code, 0) << hired.err;
  const Ran appended = plainly(archivist, {"append", write("unit.jsonl", unit_line)});
  EXPECT_EQ(appended.code, 0) << appended.out << appended.err;
  const Ran units = plainly(archivist, {"query", "units"});
  EXPECT_EQ(units.code, 0) << units.err;
  EXPECT_THAT(units.out, HasSubstr("3-1-1201"));
  EXPECT_EQ(http_status(server()->http_port(), "/healthz"), "HTTP/1.1 200 OK");
  EXPECT_EQ(server()->stop(), 0);
}

TEST_F(PlainTcp, IsRefusedUnlessTheConfigurationAllowsIt) {
  EXPECT_THAT(refusal(arguments("")), HasSubstr("tls.key.pem: missing"));
}

TEST_F(PlainTcp, IsRefusedBeyondLoopback) {
  EXPECT_THAT(refusal(arguments(allowed, "0.0.0.0:0")), HasSubstr("tls.key.pem: missing"));
}

TEST_F(PlainTcp, IsNoWayOutOfHalfACertificate) {
  for (const fs::path& file : {certificate(), key()}) {
    fs::copy_file(file.string() + ".away", file);
    EXPECT_THAT(refusal(arguments(allowed)), HasSubstr("/keys/tls.")) << file;
    fs::remove(file);
  }
  fs::create_symlink("nowhere", certificate());
  EXPECT_THAT(refusal(arguments(allowed)), HasSubstr("/keys/tls."));
  fs::remove(certificate());
}

// A certificate that is there is used, allowed or not: nobody loses TLS by this key.
TEST_F(PlainTcp, GivesWayToTlsWhereThereIsACertificate) {
  for (const fs::path& file : {certificate(), key()}) {
    fs::copy_file(file.string() + ".away", file);
  }
  auto started = ServerProcess::start(arguments(allowed), folder() / "server.log");
  ASSERT_TRUE(started.has_value()) << to_text(started.error());
  server() = std::move(*started);
  EXPECT_EQ(as(founder(), {"checkpoint"}).code, 0);
  for (const std::uint16_t port : {server()->port(), server()->http_port()}) {
    EXPECT_NE(http_status(port, "/healthz").substr(0, 4), "HTTP");
  }
  EXPECT_EQ(server()->stop(), 0);
  for (const fs::path& file : {certificate(), key()}) {
    fs::remove(file);
  }
}

}  // namespace
}  // namespace juanzong::testing
