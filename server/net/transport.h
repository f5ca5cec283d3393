// SPDX-License-Identifier: Apache-2.0
// Transport: bytes over TLS or, on loopback only, plain TCP, with one face for sessions and
// clients. Everything happens on the executor of the socket; one read and one write may be under
// way at once. Errors come back as codes; close() ends whatever is under way.
#pragma once

#include "server/net/tls.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace juanzong {

namespace asio = boost::asio;
using ErrorCodeOfSystem = boost::system::error_code;

struct ReadDone {
  ErrorCodeOfSystem error;
  std::size_t bytes = 0;
};

class Transport {
 public:
  enum class Side : std::uint8_t { server, client };

  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  [[nodiscard]] virtual asio::awaitable<ErrorCodeOfSystem> handshake() = 0;
  [[nodiscard]] virtual asio::awaitable<ReadDone> read_some(asio::mutable_buffer into) = 0;
  [[nodiscard]] virtual asio::awaitable<ErrorCodeOfSystem> write(asio::const_buffer bytes) = 0;
  // After the handshake; zeros on plain TCP.
  [[nodiscard]] virtual ChannelBinding channel_binding() = 0;
  [[nodiscard]] virtual asio::ip::tcp::socket& socket() = 0;

  // Tells the peer that nothing more comes, and reads (to throw away) until it has closed: closing
  // with unread input would reset the connection, and the peer would lose our last words.
  [[nodiscard]] asio::awaitable<void> linger();
  void close();
};

[[nodiscard]] std::unique_ptr<Transport> make_plain_transport(asio::ip::tcp::socket socket);
// `host_name` empty: not checked.
[[nodiscard]] std::unique_ptr<Transport> make_tls_transport(asio::ip::tcp::socket socket,
                                                            TlsContext context,
                                                            Transport::Side side,
                                                            const std::string& host_name = {});

// No delay, keep-alive, and an end to connections whose peer no longer acknowledges.
void set_socket_options(asio::ip::tcp::socket& socket);

}  // namespace juanzong
