// SPDX-License-Identifier: Apache-2.0
// A real listener on port 0 over real TLS, in front of a FakeService; a client's options for it;
// and a raw peer that can send any bytes. Deadlines are short, so that tests of them are.
#pragma once

#include "server/net/io_threads.h"
#include "server/net/listener.h"
#include "server/net/login.h"
#include "server/wire/codec.h"

#include "tools/client/client.h"
#include "tools/client/request_builder.h"
#include "tools/client/submitter.h"

#include "tests/server/fake_service.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <string>

namespace juanzong::testing {

// A folder that goes away with the test, with a certificate for loopback in it.
class TlsFolder {
 public:
  TlsFolder();
  ~TlsFolder();
  TlsFolder(const TlsFolder&) = delete;
  TlsFolder& operator=(const TlsFolder&) = delete;
  [[nodiscard]] const TlsFiles& files() const { return files_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  TlsFiles files_;
};

[[nodiscard]] NetOptions quick_options();

class TestServer {
 public:
  explicit TestServer(NetOptions options = quick_options());
  ~TestServer();

  [[nodiscard]] ClientOptions client_options() const;
  [[nodiscard]] std::unique_ptr<Client> connect() const;
  // Another port, without TLS; the server's options must allow it.
  [[nodiscard]] ClientOptions listen_plain();
  [[nodiscard]] std::uint16_t port() const { return port_; }
  void restart_listener();

  TlsFolder tls;
  std::shared_ptr<const crypto::PrivateKey> key;
  FakeService service;
  std::vector<std::string> log_lines;  // under log_mutex
  std::mutex log_mutex;
  Log log;
  Metrics metrics;
  IoThreads threads{2};
  std::unique_ptr<Listener> listener;

 private:
  const NetOptions options_;
  std::uint16_t port_ = 0;
};

// Blocking, byte by byte if need be. Reads give nullopt once the server has closed.
class RawPeer {
 public:
  explicit RawPeer(const TestServer& server);
  void send(ByteView bytes);
  // False when the server no longer takes anything.
  [[nodiscard]] bool try_send(ByteView bytes);
  [[nodiscard]] std::optional<message::Reply> receive();
  [[nodiscard]] message::Nonce read_hello();
  // Hello and Login, answered or not.
  [[nodiscard]] std::optional<message::Reply> log_in(const crypto::PrivateKey& key);
  [[nodiscard]] LoginChallenge challenge();
  // Reads until the server closes; true if it did.
  [[nodiscard]] bool is_closed_by_server();
  [[nodiscard]] boost::asio::ip::tcp::socket& socket() { return stream_.next_layer(); }

 private:
  boost::asio::io_context io_;
  TlsContext context_;
  boost::asio::ssl::stream<boost::asio::ip::tcp::socket> stream_;
};

[[nodiscard]] RequestBuilder make_builder();
// A line for the builder that registers this flat.
[[nodiscard]] std::string unit_line(int number);
[[nodiscard]] DraftRequest signed_draft(RequestBuilder& builder,
                                        int number,
                                        const KeyChain& chain,
                                        const std::shared_ptr<const crypto::PrivateKey>& key);
// The first request of the server's key, sent and not waited for.
[[nodiscard]] std::future<AppendReply> start_append(const TestServer& server, Client& client);

}  // namespace juanzong::testing
