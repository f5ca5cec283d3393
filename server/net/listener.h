// SPDX-License-Identifier: Apache-2.0
// Listener: accepts connections and turns them into sessions, within the limits. Ends with stop():
// no new connections, no new requests; what is in flight is answered.
#pragma once

#include "events/model/result.h"

#include "server/net/session_shared.h"
#include "server/net/tls.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <memory>
#include <vector>

namespace juanzong {

class Listener {
 public:
  // All references outlive the listener, and the service also every append it has not answered.
  Listener(boost::asio::io_context& io,
           Service& service,
           Log& log,
           Metrics& metrics,
           NetOptions options);
  ~Listener();  // stops at once
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // Where it listens: port 0 picks one. Without a TLS context the address must be loopback and
  // plain TCP allowed; environment otherwise.
  [[nodiscard]] Result<boost::asio::ip::tcp::endpoint> listen(
      const boost::asio::ip::tcp::endpoint& endpoint, TlsContext tls);

  // Called once, not from an I/O thread. True if every session ended in time; the others are cut.
  bool stop(std::chrono::milliseconds patience);

 private:
  struct Accepting;

  boost::asio::io_context& io_;
  std::shared_ptr<SessionShared> shared_;
  std::vector<std::shared_ptr<Accepting>> accepting_;
};

// Opened, bound and listening, or the reason why not.
[[nodiscard]] boost::system::error_code open_acceptor(
    boost::asio::ip::tcp::acceptor& acceptor, const boost::asio::ip::tcp::endpoint& endpoint);

// Plain TCP is for loopback, and only where the configuration says so.
[[nodiscard]] Outcome check_listen_address(const boost::asio::ip::tcp::endpoint& endpoint,
                                           bool has_tls,
                                           bool allow_plain_tcp);

}  // namespace juanzong
