// SPDX-License-Identifier: Apache-2.0
// HttpListener: HTTP/1.1 over TLS (plain on loopback, if allowed) in front of a handler. Header
// and body sizes, number of connections and time per request are bounded; requests have no body
// unless the options allow one.
#pragma once

#include "events/model/result.h"

#include "server/http/http_message.h"
#include "server/net/tls.h"
#include "server/telemetry/log.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <memory>

namespace juanzong {

struct HttpOptions {
  std::size_t connections = 256;
  std::chrono::milliseconds request_deadline{10'000};  // first byte of a request to its last
  std::chrono::milliseconds idle_deadline{30'000};     // between requests of one connection
  bool allow_plain_tcp = false;
  std::size_t body_bytes = 0;  // of a request; more is refused
};

class HttpListener {
 public:
  // References outlive the listener; the handler is called until stop() has returned.
  HttpListener(boost::asio::io_context& io, HttpHandler handler, Log& log, HttpOptions options);
  ~HttpListener();
  HttpListener(const HttpListener&) = delete;
  HttpListener& operator=(const HttpListener&) = delete;

  // `tls` null: plain TCP, on loopback only and only if allowed.
  [[nodiscard]] Result<boost::asio::ip::tcp::endpoint> listen(
      const boost::asio::ip::tcp::endpoint& endpoint, TlsContext tls);
  // Accepts no more and cuts the connections; not from an I/O thread.
  bool stop(std::chrono::milliseconds patience);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace juanzong
