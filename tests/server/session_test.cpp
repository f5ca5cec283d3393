// SPDX-License-Identifier: Apache-2.0
// Sessions as a hostile or unlucky peer meets them: login, frames, deadlines, limits.
#include "tests/server/server_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace juanzong::testing {
namespace {

using std::chrono::milliseconds;

ErrorCode code_of(const std::optional<message::Reply>& reply) {
  const auto* error = reply ? std::get_if<Error>(&reply->body) : nullptr;
  return error != nullptr ? error->code : ErrorCode{0};
}

Bytes ping_frame(std::uint32_t request_no) {
  return encode_frame(message::Request{request_no, message::Ping{}});
}

TEST(Session, LogsInAKnownKeyAndSaysWhatItKnows) {
  TestServer server;
  const auto client = server.connect();
  ASSERT_NE(client, nullptr);
  EXPECT_EQ(client->facts().ledger, "garden");
  EXPECT_EQ(client->facts().staff, "S-ARC");
  EXPECT_EQ(client->facts().roles, "CSA ARC");
  EXPECT_EQ(client->facts().key_seq, 0U);
  EXPECT_EQ(server.metrics.logins.value(), 1U);
}

TEST(Session, RefusesAnUnknownKey) {
  TestServer server;
  RawPeer peer(server);
  EXPECT_EQ(code_of(peer.log_in(crypto::PrivateKey::generate())), ErrorCode::unknown_key);
  EXPECT_TRUE(peer.is_closed_by_server());
}

TEST(Session, RefusesASignatureOverAnotherNonce) {
  TestServer server;
  RawPeer peer(server);
  LoginChallenge challenge = peer.challenge();
  challenge.nonce[0] ^= 1;
  peer.send(encode_frame(message::Request{1, make_login(challenge, "", *server.key, "raw")}));
  EXPECT_EQ(code_of(peer.receive()), ErrorCode::bad_signature);
  EXPECT_TRUE(peer.is_closed_by_server());
}

// Someone in the middle hands the server's nonce to an honest client on another connection and
// passes its login on: the two connections derive different keying material.
TEST(Session, RefusesALoginRelayedFromAnotherConnection) {
  TestServer server;
  RawPeer attacker(server);
  RawPeer victim(server);
  const LoginChallenge seen_by_victim{attacker.read_hello(), victim.challenge().binding};
  attacker.send(
      encode_frame(message::Request{1, make_login(seen_by_victim, "", *server.key, "raw")}));
  EXPECT_EQ(code_of(attacker.receive()), ErrorCode::bad_signature);
}

TEST(Session, RefusesALoginForAnotherLedger) {
  TestServer server;
  ClientOptions options = server.client_options();
  options.ledger = "elsewhere";
  const auto client = Client::connect(options);
  ASSERT_FALSE(client);
  EXPECT_EQ(client.error().code, ErrorCode::unknown_ledger);
}

TEST(Session, AsksForALoginFirstAndOnlyOnce) {
  TestServer server;
  RawPeer early(server);
  static_cast<void>(early.read_hello());
  early.send(ping_frame(7));
  EXPECT_EQ(code_of(early.receive()), ErrorCode::not_authenticated);
  EXPECT_TRUE(early.is_closed_by_server());

  RawPeer twice(server);
  const LoginChallenge challenge = twice.challenge();
  const Bytes login =
      encode_frame(message::Request{1, make_login(challenge, "", *server.key, "raw")});
  twice.send(login);
  EXPECT_EQ(code_of(twice.receive()), ErrorCode{0});
  twice.send(login);
  EXPECT_EQ(code_of(twice.receive()), ErrorCode::malformed_request);
}

TEST(Session, LocksASourceOutAfterFiveFailures) {
  NetOptions options = quick_options();
  options.limits.count_loopback = true;
  TestServer server(options);
  for (std::size_t i = 0; i < limits::login_failures_max; ++i) {
    RawPeer peer(server);
    EXPECT_EQ(code_of(peer.log_in(crypto::PrivateKey::generate())), ErrorCode::unknown_key);
    EXPECT_TRUE(peer.is_closed_by_server());
  }
  EXPECT_FALSE(Client::connect(server.client_options()));
  EXPECT_EQ(server.metrics.connections_refused.value(), 1U);
}

TEST(Session, RefusesOversizeFramesBeforeAndAfterLogin) {
  TestServer server;
  RawPeer early(server);
  static_cast<void>(early.read_hello());
  early.send(Bytes{0x01, 0x10, 0, 0});  // 4,097
  EXPECT_EQ(code_of(early.receive()), ErrorCode::frame_too_large);
  EXPECT_TRUE(early.is_closed_by_server());

  RawPeer late(server);
  EXPECT_EQ(code_of(late.log_in(*server.key)), ErrorCode{0});
  late.send(Bytes{0xFF, 0xFF, 0xFF, 0xFF});
  EXPECT_EQ(code_of(late.receive()), ErrorCode::frame_too_large);
  EXPECT_TRUE(late.is_closed_by_server());
}

TEST(Session, RefusesAnEmptyFrameAndGarbage) {
  TestServer server;
  RawPeer empty(server);
  static_cast<void>(empty.read_hello());
  empty.send(Bytes{0, 0, 0, 0});
  EXPECT_EQ(code_of(empty.receive()), ErrorCode::malformed_frame);

  RawPeer garbage(server);
  static_cast<void>(garbage.log_in(*server.key));
  garbage.send(Bytes{8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8});
  EXPECT_EQ(code_of(garbage.receive()), ErrorCode::malformed_frame);
  EXPECT_TRUE(garbage.is_closed_by_server());
}

TEST(Session, ForgetsAPeerThatLeavesInsideAFrame) {
  TestServer server;
  {
    RawPeer peer(server);
    static_cast<void>(peer.log_in(*server.key));
    peer.send(Bytes{100, 0, 0, 0, 1, 2, 3});
  }
  EXPECT_TRUE(server.listener->stop(milliseconds(5'000)));
  EXPECT_EQ(server.metrics.connections.value(), 0);
}

TEST(Session, ByteAtATimeMeetsTheTotalDeadlineOfTheFrame) {
  NetOptions options = quick_options();
  options.deadlines.frame_base = milliseconds(300);
  TestServer server(options);
  RawPeer peer(server);
  static_cast<void>(peer.log_in(*server.key));
  const auto started = std::chrono::steady_clock::now();
  const Bytes frame =
      encode_frame(message::Request{2, message::Query{"echo", std::string(2'000, ' ')}});
  std::size_t sent = 0;
  while (sent < frame.size() && peer.try_send(ByteView(frame).subspan(sent, 1))) {
    ++sent;
    std::this_thread::sleep_for(milliseconds(10));  // each byte resets nothing
  }
  EXPECT_LT(sent, frame.size());
  EXPECT_LT(std::chrono::steady_clock::now() - started, milliseconds(5'000));
}

TEST(Session, SilenceMeetsTheDeadlineOfItsPhase) {
  NetOptions options = quick_options();
  options.deadlines.handshake = milliseconds(200);
  options.deadlines.first_frame = milliseconds(200);
  options.deadlines.idle = milliseconds(200);
  TestServer server(options);
  boost::asio::io_context io;
  boost::asio::ip::tcp::socket silent(io);
  silent.connect({boost::asio::ip::address_v4::loopback(), server.port()});
  char byte = 0;
  boost::system::error_code error;
  silent.read_some(boost::asio::buffer(&byte, 1), error);
  EXPECT_TRUE(error) << "the handshake has a deadline";

  RawPeer shy(server);
  static_cast<void>(shy.read_hello());
  EXPECT_TRUE(shy.is_closed_by_server()) << "the login has a deadline";

  RawPeer idle(server);
  static_cast<void>(idle.log_in(*server.key));
  EXPECT_TRUE(idle.is_closed_by_server()) << "an idle connection is closed";
}

TEST(Session, DisconnectsAPeerThatAsksAndNeverReads) {
  NetOptions options = quick_options();
  options.deadlines.frame_base = milliseconds(500);
  options.deadlines.bytes_per_second_min = 100 * 1024 * 1024;
  TestServer server(options);
  server.service.set_report(std::string(512 * 1024, 'x'));
  RawPeer peer(server);
  static_cast<void>(peer.log_in(*server.key));
  peer.socket().set_option(boost::asio::socket_base::receive_buffer_size(4096));
  for (std::uint32_t i = 2; i < 60; ++i) {
    if (!peer.try_send(encode_frame(message::Request{i, message::Query{"report", ""}}))) {
      break;
    }
  }
  // A healthy client is served meanwhile, and the greedy one is gone within its deadline.
  const auto healthy = server.connect();
  ASSERT_NE(healthy, nullptr);
  EXPECT_TRUE(healthy->ping());
  const auto until = std::chrono::steady_clock::now() + milliseconds(8'000);
  while (server.metrics.connections.value() > 1 && std::chrono::steady_clock::now() < until) {
    EXPECT_TRUE(healthy->ping());
  }
  EXPECT_EQ(server.metrics.connections.value(), 1);
}

TEST(Session, CutsAPeerWhoseAnswersPassTheLimit) {
  NetOptions options = quick_options();
  options.limits.output_bytes = 64 * 1024;
  TestServer server(options);
  server.service.set_report(std::string(100 * 1024, 'x'));
  RawPeer peer(server);
  static_cast<void>(peer.log_in(*server.key));
  peer.send(encode_frame(message::Request{2, message::Query{"report", ""}}));
  EXPECT_FALSE(peer.receive());
  const std::lock_guard lock(server.log_mutex);
  EXPECT_THAT(server.log_lines, ::testing::Contains(::testing::HasSubstr("slow_reader")));
}

TEST(Session, EndsTheConnectionsOfARevokedKey) {
  TestServer server;
  const auto client = server.connect();
  server.service.revoke_keys();
  const auto until = std::chrono::steady_clock::now() + milliseconds(8'000);
  Result<UnixMicros> pong = client->ping();
  while (pong && std::chrono::steady_clock::now() < until) {
    pong = client->ping();
  }
  ASSERT_FALSE(pong);
  EXPECT_EQ(pong.error().code, ErrorCode::unknown_key);
}

TEST(Session, LimitsTheRateOfOneKey) {
  NetOptions options = quick_options();
  options.limits.requests_per_second = 1;
  options.limits.request_burst = 3;
  TestServer server(options);
  const auto client = server.connect();
  int busy = 0;
  for (int i = 0; i < 6; ++i) {
    const auto pong = client->ping();
    busy += !pong && pong.error().code == ErrorCode::busy ? 1 : 0;
  }
  EXPECT_GE(busy, 2);
}

TEST(Session, DrainAnswersWhatIsInFlightAndThenCloses) {
  TestServer server;
  server.service.hold_appends();
  const auto client = server.connect();
  std::future<AppendReply> promised = start_append(server, *client);
  ASSERT_TRUE(server.service.wait_for_held(1));
  auto stopped = std::async(std::launch::async,
                            [&server] { return server.listener->stop(milliseconds(10'000)); });
  // The listener refuses newcomers while it waits for the append.
  EXPECT_EQ(stopped.wait_for(milliseconds(100)), std::future_status::timeout);
  server.service.release_appends(false);
  EXPECT_TRUE(std::holds_alternative<message::Appended>(promised.get()));
  EXPECT_TRUE(stopped.get());
  EXPECT_FALSE(Client::connect(server.client_options()));
}

// --- TLS --------------------------------------------------------------------------------------

TEST(Tls, RefusesVersion12) {
  TestServer server;
  boost::asio::io_context io;
  boost::asio::ssl::context old(boost::asio::ssl::context::tls_client);
  old.set_options(boost::asio::ssl::context::no_tlsv1_3);
  boost::asio::ssl::stream<boost::asio::ip::tcp::socket> stream(io, old);
  stream.next_layer().connect({boost::asio::ip::address_v4::loopback(), server.port()});
  boost::system::error_code error;
  stream.handshake(boost::asio::ssl::stream_base::client, error);
  EXPECT_TRUE(error);
}

TEST(Tls, RefusesAServerThatIsNotThePinnedOne) {
  TestServer server;
  const TlsFolder other;
  ClientOptions options = server.client_options();
  options.pinned_certificate = other.files().certificate;
  EXPECT_FALSE(Client::connect(options));
}

TEST(Tls, ChecksTheHostNameWhereOneIsAsked) {
  TestServer server;
  ClientOptions options = server.client_options();
  options.host_name = "localhost";
  EXPECT_TRUE(Client::connect(options));
  options.host_name = "records.example";
  EXPECT_FALSE(Client::connect(options));
}

TEST(Tls, RefusesAKeyFileThatOthersCanRead) {
  const TlsFolder tls;
  std::filesystem::permissions(
      tls.files().key, std::filesystem::perms::group_read, std::filesystem::perm_options::add);
  const auto context = make_server_tls(tls.files());
  ASSERT_FALSE(context);
  EXPECT_EQ(context.error().code, ErrorCode::key_file_permissions);
}

TEST(Tls, NeverReplacesAKey) {
  const TlsFolder tls;
  EXPECT_FALSE(write_self_signed_tls(tls.files(), {"localhost"}));
}

TEST(Listener, SpeaksPlainTcpOnLoopbackOnlyAndOnlyIfAllowed) {
  using boost::asio::ip::make_address;
  const boost::asio::ip::tcp::endpoint loopback(make_address("127.0.0.1"), 0);
  const boost::asio::ip::tcp::endpoint everywhere(make_address("0.0.0.0"), 0);
  EXPECT_FALSE(check_listen_address(loopback, false, false));
  EXPECT_TRUE(check_listen_address(loopback, false, true));
  EXPECT_FALSE(check_listen_address(everywhere, false, true));
  EXPECT_TRUE(check_listen_address(everywhere, true, false));
}

TEST(Listener, RefusesConnectionsAboveTheLimitOfASource) {
  NetOptions options = quick_options();
  options.limits.count_loopback = true;
  options.limits.connections_per_source = 2;
  TestServer server(options);
  const auto first = server.connect();
  const auto second = server.connect();
  EXPECT_FALSE(Client::connect(server.client_options()));
}

}  // namespace
}  // namespace juanzong::testing
