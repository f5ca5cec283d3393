// SPDX-License-Identifier: Apache-2.0
#include "tests/server/server_fixture.h"

#include "crypto/hex.h"
#include "crypto/random_bytes.h"

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

namespace juanzong::testing {

using boost::asio::ip::tcp;

TlsFolder::TlsFolder() {
  const std::string name = crypto::hex_encode(crypto::random_array<8>());
  folder_ = std::filesystem::temp_directory_path() / ("juanzong-server-test-" + name);
  std::filesystem::create_directories(folder_);
  files_ = {folder_ / "cert.pem", folder_ / "key.pem"};
  const Outcome written = write_self_signed_tls(files_, {"localhost", "127.0.0.1", "::1"});
  check(static_cast<bool>(written), "the certificate of the test is written");
}

TlsFolder::~TlsFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

NetOptions quick_options() {
  NetOptions options;
  options.deadlines.first_frame = std::chrono::milliseconds(2'000);
  options.deadlines.linger = std::chrono::milliseconds(300);
  return options;
}

TestServer::TestServer(NetOptions options)
    : key(std::make_shared<const crypto::PrivateKey>(crypto::PrivateKey::generate())),
      log([this](std::string_view line) {
        const std::lock_guard lock(log_mutex);
        log_lines.emplace_back(line);
      }),
      options_(options) {
  log.set_level(LogLevel::debug);
  service.register_key(key->public_key(), "S-ARC");
  restart_listener();
}

TestServer::~TestServer() {
  listener.reset();
  service.forget_lost_answers();
}

void TestServer::restart_listener() {
  listener.reset();
  listener = std::make_unique<Listener>(threads.context(), service, log, metrics, options_);
  auto context = make_server_tls(tls.files());
  check(static_cast<bool>(context), "the certificate of the test loads");
  const auto bound =
      listener->listen(tcp::endpoint(boost::asio::ip::address_v4::loopback(), port_), *context);
  check(static_cast<bool>(bound), "the test listens");
  port_ = bound->port();
}

ClientOptions TestServer::client_options() const {
  ClientOptions options;
  options.port = port_;
  options.key = key;
  options.pinned_certificate = tls.files().certificate;
  return options;
}

ClientOptions TestServer::listen_plain() {
  const auto bound = listener->listen({boost::asio::ip::address_v4::loopback(), 0}, nullptr);
  EXPECT_TRUE(bound);
  ClientOptions plain = client_options();
  plain.port = bound ? bound->port() : std::uint16_t{0};
  plain.pinned_certificate.clear();
  return plain;
}

std::unique_ptr<Client> TestServer::connect() const {
  auto client = Client::connect(client_options());
  EXPECT_TRUE(client) << to_text(client.error());
  return client ? std::move(*client) : nullptr;
}

RawPeer::RawPeer(const TestServer& server)
    : context_(*make_client_tls(server.tls.files().certificate)), stream_(io_, *context_) {
  stream_.next_layer().connect(
      tcp::endpoint(boost::asio::ip::address_v4::loopback(), server.port()));
  stream_.handshake(boost::asio::ssl::stream_base::client);
}

void RawPeer::send(ByteView bytes) {
  boost::asio::write(stream_, boost::asio::buffer(bytes.data(), bytes.size()));
}

bool RawPeer::try_send(ByteView bytes) {
  boost::system::error_code error;
  boost::asio::write(stream_, boost::asio::buffer(bytes.data(), bytes.size()), error);
  return !error;
}

std::optional<message::Reply> RawPeer::receive() {
  boost::system::error_code error;
  std::array<std::uint8_t, 4> header{};
  boost::asio::read(stream_, boost::asio::buffer(header), error);
  if (error) {
    return std::nullopt;
  }
  const std::size_t size = header[0] | header[1] << 8 | header[2] << 16 | header[3] << 24;
  Bytes payload(size);
  boost::asio::read(stream_, boost::asio::buffer(payload), error);
  auto reply = decode_reply(payload);
  return error || !reply ? std::nullopt : std::optional(std::move(*reply));
}

message::Nonce RawPeer::read_hello() {
  const auto hello = receive();
  check(hello && std::holds_alternative<message::Hello>(hello->body), "the server says hello");
  return std::get<message::Hello>(hello->body).nonce;
}

LoginChallenge RawPeer::challenge() {
  return {read_hello(), channel_binding_of(stream_.native_handle())};
}

std::optional<message::Reply> RawPeer::log_in(const crypto::PrivateKey& key) {
  send(encode_frame(message::Request{1, make_login(challenge(), "", key, "raw")}));
  return receive();
}

bool RawPeer::is_closed_by_server() {
  while (true) {
    std::array<char, 4096> waste{};
    boost::system::error_code error;
    stream_.next_layer().read_some(boost::asio::buffer(waste), error);
    if (error) {
      return true;
    }
  }
}

RequestBuilder make_builder() {
  RequestBuilder::Environment environment;
  environment.now = [] { return UnixMicros{1'750'000'000'000'000}; };
  environment.read_file = [](std::string_view) { return Result<Bytes>(Bytes{1, 2, 3}); };
  return {catalogue(), std::string(FakeService::origin), environment};
}

std::string unit_line(int number) {
  const std::string flat = std::to_string(number);
  return R"({"type":"UnitRegistered","body":{"unit":"3-1-)" + flat +
         R"(","building":"3","entrance":"1","floor":12,"number":")" + flat + R"("}})";
}

DraftRequest signed_draft(RequestBuilder& builder,
                          int number,
                          const KeyChain& chain,
                          const std::shared_ptr<const crypto::PrivateKey>& key) {
  auto draft = builder.build(unit_line(number));
  check(static_cast<bool>(draft), "the line of the test builds");
  sign_draft(*draft, chain, {key});
  return std::move(*draft);
}

std::future<AppendReply> start_append(const TestServer& server, Client& client) {
  RequestBuilder builder = make_builder();
  const DraftRequest draft = signed_draft(builder, 101, {}, server.key);
  const auto promise = std::make_shared<std::promise<AppendReply>>();
  std::future<AppendReply> answer = promise->get_future();
  client.append_async(draft.request, draft.keys, [promise](AppendReply reply) {
    promise->set_value(std::move(reply));
  });
  return answer;
}

}  // namespace juanzong::testing
