// SPDX-License-Identifier: Apache-2.0
#include "server/net/listener.h"

#include "server/net/endpoint.h"
#include "server/net/session.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace juanzong {
namespace {

using asio::ip::tcp;

constexpr auto as_code = asio::as_tuple(asio::use_awaitable);
// Out of descriptors or the like: trying again at once would only burn the processor.
constexpr std::chrono::milliseconds pause_after_failure{100};
constexpr std::chrono::milliseconds patience_after_abort{1'000};

}  // namespace

ErrorCodeOfSystem open_acceptor(tcp::acceptor& acceptor, const tcp::endpoint& endpoint) {
  ErrorCodeOfSystem error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) {
    acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  }
  if (!error) {
    acceptor.bind(endpoint, error);
  }
  if (!error) {
    acceptor.listen(tcp::acceptor::max_listen_connections, error);
  }
  return error;
}

struct Listener::Accepting {
  Accepting(asio::io_context& io_of, std::shared_ptr<SessionShared> shared_of, TlsContext tls_of)
      : io(io_of),
        shared(std::move(shared_of)),
        tls(std::move(tls_of)),
        acceptor(asio::make_strand(io)) {}

  static asio::awaitable<void> run(std::shared_ptr<Accepting> self);
  void admit(tcp::socket socket);

  asio::io_context& io;
  std::shared_ptr<SessionShared> shared;
  TlsContext tls;  // null: plain TCP
  tcp::acceptor acceptor;
};

asio::awaitable<void> Listener::Accepting::run(std::shared_ptr<Accepting> self) {
  asio::steady_timer pause(self->acceptor.get_executor());
  while (self->acceptor.is_open()) {
    // Every connection gets a strand of its own.
    auto [error, socket] =
        co_await self->acceptor.async_accept(asio::make_strand(self->io), as_code);
    if (!error) {
      self->admit(std::move(socket));
      continue;
    }
    if (error != asio::error::operation_aborted) {
      self->shared->log.warning("accept_failed", {{"what", error.message()}});
      pause.expires_after(pause_after_failure);
      co_await pause.async_wait(as_code);
    }
  }
}

void Listener::Accepting::admit(tcp::socket socket) {
  ErrorCodeOfSystem error;
  const auto peer = socket.remote_endpoint(error);
  if (error) {
    return;
  }
  auto ticket = shared->budget.admit(peer.address(), std::chrono::steady_clock::now());
  auto pass = shared->gate.enter();
  if (!ticket || !pass) {
    shared->metrics.connections_refused.add();
    return;
  }
  shared->metrics.connections_accepted.add();
  set_socket_options(socket);
  auto transport = tls ? make_tls_transport(std::move(socket), tls, Transport::Side::server)
                       : make_plain_transport(std::move(socket));
  std::make_shared<Session>(shared, std::move(transport), std::move(*ticket), std::move(*pass))
      ->start();
}

Outcome check_listen_address(const tcp::endpoint& endpoint, bool has_tls, bool allow_plain_tcp) {
  if (has_tls || (allow_plain_tcp && endpoint.address().is_loopback())) {
    return Done{};
  }
  return fail(ErrorCode::environment,
              to_text(endpoint) + ": plain TCP only on loopback and with allow_plain_tcp = true");
}

Listener::Listener(
    asio::io_context& io, Service& service, Log& log, Metrics& metrics, NetOptions options)
    : io_(io), shared_(std::make_shared<SessionShared>(service, log, metrics, options)) {}

Listener::~Listener() {
  stop(std::chrono::milliseconds(0));
}

Result<tcp::endpoint> Listener::listen(const tcp::endpoint& endpoint, TlsContext tls) {
  const Outcome allowed =
      check_listen_address(endpoint, tls != nullptr, shared_->options.allow_plain_tcp);
  if (!allowed) {
    return fail(allowed.error());
  }
  auto accepting = std::make_shared<Accepting>(io_, shared_, std::move(tls));
  tcp::acceptor& acceptor = accepting->acceptor;
  if (const ErrorCodeOfSystem error = open_acceptor(acceptor, endpoint); error) {
    return fail(ErrorCode::environment, to_text(endpoint) + ": " + error.message());
  }
  ErrorCodeOfSystem ignored;
  const tcp::endpoint bound = acceptor.local_endpoint(ignored);
  accepting_.push_back(accepting);
  asio::co_spawn(acceptor.get_executor(), Accepting::run(accepting), asio::detached);
  return bound;
}

bool Listener::stop(std::chrono::milliseconds patience) {
  shared_->gate.close();
  for (const auto& accepting : accepting_) {
    asio::post(accepting->acceptor.get_executor(), [accepting] {
      ErrorCodeOfSystem ignored;
      accepting->acceptor.close(ignored);
    });
  }
  accepting_.clear();
  for (const auto& weak : shared_->sessions.all()) {
    if (const auto session = weak.lock()) {
      session->drain();
    }
  }
  if (shared_->gate.wait_until(std::chrono::steady_clock::now() + patience)) {
    shared_->hub.close();
    return true;
  }
  for (const auto& weak : shared_->sessions.all()) {
    if (const auto session = weak.lock()) {
      session->abort();
    }
  }
  static_cast<void>(
      shared_->gate.wait_until(std::chrono::steady_clock::now() + patience_after_abort));
  shared_->hub.close();
  return false;
}

}  // namespace juanzong
