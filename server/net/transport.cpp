// SPDX-License-Identifier: Apache-2.0
#include "server/net/transport.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <netinet/tcp.h>
#include <utility>

namespace juanzong {
namespace {

namespace ssl = asio::ssl;
using asio::ip::tcp;

constexpr auto as_code = asio::as_tuple(asio::use_awaitable);
constexpr int peer_silence_ms_max = 30'000;
constexpr std::size_t linger_bytes_max = 1024 * 1024;

class PlainTransport final : public Transport {
 public:
  explicit PlainTransport(tcp::socket socket) : socket_(std::move(socket)) {}

  asio::awaitable<ErrorCodeOfSystem> handshake() override { co_return ErrorCodeOfSystem(); }

  asio::awaitable<ReadDone> read_some(asio::mutable_buffer into) override {
    const auto [error, bytes] = co_await socket_.async_read_some(into, as_code);
    co_return ReadDone{error, bytes};
  }

  asio::awaitable<ErrorCodeOfSystem> write(asio::const_buffer bytes) override {
    const auto [error, written] = co_await asio::async_write(socket_, bytes, as_code);
    co_return error;
  }

  ChannelBinding channel_binding() override { return {}; }
  tcp::socket& socket() override { return socket_; }

 private:
  tcp::socket socket_;
};

class TlsTransport final : public Transport {
 public:
  TlsTransport(tcp::socket socket, TlsContext context, Side side)
      : context_(std::move(context)), stream_(std::move(socket), *context_), side_(side) {}

  asio::awaitable<ErrorCodeOfSystem> handshake() override {
    const auto type = side_ == Side::server ? ssl::stream_base::server : ssl::stream_base::client;
    const auto [error] = co_await stream_.async_handshake(type, as_code);
    co_return error;
  }

  asio::awaitable<ReadDone> read_some(asio::mutable_buffer into) override {
    const auto [error, bytes] = co_await stream_.async_read_some(into, as_code);
    co_return ReadDone{error, bytes};
  }

  asio::awaitable<ErrorCodeOfSystem> write(asio::const_buffer bytes) override {
    const auto [error, written] = co_await asio::async_write(stream_, bytes, as_code);
    co_return error;
  }

  ChannelBinding channel_binding() override { return channel_binding_of(stream_.native_handle()); }
  tcp::socket& socket() override { return stream_.next_layer(); }
  ssl_st* native() { return stream_.native_handle(); }

 private:
  TlsContext context_;
  ssl::stream<tcp::socket> stream_;
  Side side_;
};

}  // namespace

asio::awaitable<void> Transport::linger() {
  ErrorCodeOfSystem ignored;
  socket().shutdown(tcp::socket::shutdown_send, ignored);
  std::array<char, 4096> waste{};
  std::size_t total = 0;
  while (total < linger_bytes_max) {
    const auto [error, bytes] = co_await socket().async_read_some(asio::buffer(waste), as_code);
    if (error) {
      break;
    }
    total += bytes;
  }
  close();
}

void Transport::close() {
  ErrorCodeOfSystem ignored;
  socket().shutdown(tcp::socket::shutdown_both, ignored);
  socket().close(ignored);
}

std::unique_ptr<Transport> make_plain_transport(tcp::socket socket) {
  return std::make_unique<PlainTransport>(std::move(socket));
}

std::unique_ptr<Transport> make_tls_transport(tcp::socket socket,
                                              TlsContext context,
                                              Transport::Side side,
                                              const std::string& host_name) {
  auto transport = std::make_unique<TlsTransport>(std::move(socket), std::move(context), side);
  if (side == Transport::Side::client) {
    require_host_name(transport->native(), host_name);
  }
  return transport;
}

void set_socket_options(tcp::socket& socket) {
  ErrorCodeOfSystem ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
  using UserTimeout = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_USER_TIMEOUT>;
  socket.set_option(UserTimeout(peer_silence_ms_max), ignored);
}

}  // namespace juanzong
