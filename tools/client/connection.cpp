// SPDX-License-Identifier: Apache-2.0
#include "tools/client/connection.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace juanzong {
namespace {

using asio::ip::tcp;

constexpr auto as_code = asio::as_tuple(asio::use_awaitable);

Error lost(std::string what) {
  return Error{ErrorCode::io_failure, std::move(what)};
}

// A handler on the loop's thread may own the connection last; the loop must not end itself.
ClientOptions without_loop(ClientOptions options) {
  options.loop = nullptr;
  return options;
}

Result<std::unique_ptr<Transport>> make_transport(const ClientOptions& options, ClientLoop& loop) {
  tcp::socket socket(loop.context());
  if (options.pinned_certificate.empty()) {
    return make_plain_transport(std::move(socket));
  }
  Result<TlsContext> tls = make_client_tls(options.pinned_certificate);
  if (!tls) {
    return fail(tls.error());
  }
  return make_tls_transport(
      std::move(socket), std::move(*tls), Transport::Side::client, options.host_name);
}

}  // namespace

Result<std::shared_ptr<Connection>> Connection::open(const ClientOptions& options,
                                                     std::shared_ptr<ClientLoop> loop) {
  check(options.key != nullptr, "a client has a key");
  check(!loop->is_this_thread(), "a connection is not opened on the loop's thread");
  Result<std::unique_ptr<Transport>> transport = make_transport(options, *loop);
  if (!transport) {
    return fail(transport.error());
  }
  auto self = std::make_shared<Connection>(options, loop, std::move(*transport));
  auto opened = std::make_shared<Opened>();
  std::future<Outcome> outcome = opened->get_future();
  asio::co_spawn(loop->context(), watch(self), asio::detached);
  asio::co_spawn(loop->context(), run(self, opened), asio::detached);
  const Outcome done = outcome.get();  // the watchdog ends it in time
  if (!done) {
    return fail(done.error());
  }
  return self;
}

Connection::Connection(const ClientOptions& options,
                       std::shared_ptr<ClientLoop> loop,
                       std::unique_ptr<Transport> transport)
    : options_(without_loop(options)),
      loop_(*loop),
      transport_(std::move(transport)),
      watchdog_(loop_.context().get_executor()),
      reader_(*transport_, watchdog_, deadlines_),
      ping_timer_(loop_.context()) {
  // While it opens, the deadline of the writing phase covers everything.
  watchdog_.set(Watchdog::writing, options_.connect_timeout);
}

asio::awaitable<void> Connection::watch(Self self) {
  const bool late = co_await self->watchdog_.expired();
  if (late) {
    self->give_up();
  }
}

void Connection::give_up() {
  if (!goodbye_) {
    goodbye_ = lost("deadline");
  }
  transport_->close();
}

// The server's last words say more than the socket's.
Error Connection::reason(const Error& otherwise) const {
  return goodbye_ ? *goodbye_ : otherwise;
}

asio::awaitable<ErrorCodeOfSystem> Connection::reach() {
  tcp::resolver resolver(loop_.context());
  const std::string port = std::to_string(options_.port);
  const auto [unresolved, endpoints] =
      co_await resolver.async_resolve(options_.host, port, as_code);
  if (unresolved) {
    co_return unresolved;
  }
  const auto [unreachable, endpoint] =
      co_await asio::async_connect(transport_->socket(), endpoints, as_code);
  if (unreachable) {
    co_return unreachable;
  }
  set_socket_options(transport_->socket());
  co_return co_await transport_->handshake();
}

asio::awaitable<Result<message::Reply>> Connection::read_reply(SteadyTime until) {
  const Result<Bytes> payload = co_await reader_.next(limits::frame_bytes_max, until);
  if (!payload) {
    co_return fail(payload.error());
  }
  co_return decode_reply(*payload);
}

asio::awaitable<Outcome> Connection::log_in() {
  const ErrorCodeOfSystem unreachable = co_await reach();
  if (unreachable) {
    co_return fail(reason(lost(unreachable.message())));
  }
  const SteadyTime until = std::chrono::steady_clock::now() + options_.connect_timeout;
  const Result<message::Reply> greeting = co_await read_reply(until);
  if (!greeting) {
    co_return fail(greeting.error());
  }
  const auto* hello = std::get_if<message::Hello>(&greeting->body);
  if (hello == nullptr || hello->protocol != message::protocol_version) {
    co_return fail(ErrorCode::environment, "the server speaks another protocol");
  }
  const LoginChallenge challenge{hello->nonce, transport_->channel_binding()};
  const Bytes login = encode_frame(message::Request{
      next_request_no(), make_login(challenge, options_.ledger, *options_.key, options_.program)});
  const ErrorCodeOfSystem unsent =
      co_await transport_->write(asio::buffer(login.data(), login.size()));
  if (unsent) {
    co_return fail(lost(unsent.message()));
  }
  Result<message::Reply> answer = co_await read_reply(until);
  if (!answer) {
    co_return fail(answer.error());
  }
  if (const auto* error = std::get_if<Error>(&answer->body)) {
    co_return fail(*error);
  }
  auto* facts = std::get_if<message::LoggedIn>(&answer->body);
  if (facts == nullptr) {
    co_return fail(ErrorCode::malformed_frame, "LoggedIn expected");
  }
  facts_ = std::move(*facts);
  co_return Done{};
}

asio::awaitable<void> Connection::run(Self self, std::shared_ptr<Opened> opened) {
  const Outcome logged_in = co_await self->log_in();
  self->watchdog_.clear(Watchdog::writing);
  self->open_ = static_cast<bool>(logged_in);
  opened->set_value(logged_in);
  if (logged_in) {
    asio::co_spawn(self->loop_.context(), ping(self), asio::detached);
    const Error end = co_await self->read_replies();
    self->lose(self->reason(end));
  }
  self->transport_->close();
  self->watchdog_.stop();
}

asio::awaitable<Error> Connection::read_replies() {
  while (true) {
    const SteadyTime until = std::chrono::steady_clock::now() + deadlines_.idle;
    Result<message::Reply> reply = co_await read_reply(until);
    if (!reply) {
      co_return reply.error();
    }
    deliver(std::move(*reply));
  }
}

void Connection::deliver(message::Reply reply) {
  if (reply.request_no == 0) {
    if (const auto* error = std::get_if<Error>(&reply.body)) {
      goodbye_ = *error;
    }
    return;
  }
  const auto found = waiting_.find(reply.request_no);
  if (found == waiting_.end()) {
    return;  // nobody waits any more
  }
  // Out of the map while it runs: the handler may submit.
  Handler handler = std::move(found->second);
  const std::uint32_t request_no = reply.request_no;
  waiting_.erase(found);
  if (handler(std::move(reply.body))) {
    waiting_.emplace(request_no, std::move(handler));
  }
}

void Connection::lose(const Error& error) {
  open_ = false;
  ping_timer_.cancel();
  auto waiting = std::exchange(waiting_, {});
  for (const auto& [request_no, handler] : waiting) {
    handler(fail(error));
  }
}

asio::awaitable<void> Connection::ping(Self self) {
  while (self->open_) {
    self->ping_timer_.expires_after(self->options_.ping_every);
    co_await self->ping_timer_.async_wait(as_code);
    if (self->open_) {
      self->queue(encode_frame(message::Request{self->next_request_no(), message::Ping{}}));
    }
  }
}

void Connection::submit(std::uint32_t request_no, Bytes frame, Handler handler) {
  asio::post(loop_.context(),
             [self = shared_from_this(),
              request_no,
              frame = std::move(frame),
              handler = std::move(handler)]() mutable {
               if (self->open_) {
                 if (handler) {
                   self->waiting_.emplace(request_no, std::move(handler));
                 }
                 self->queue(frame);
               } else if (handler) {
                 handler(fail(self->reason(lost("not connected"))));
               }
             });
}

void Connection::queue(ByteView frame) {
  output_.insert(output_.end(), frame.begin(), frame.end());
  if (!is_writing_) {
    is_writing_ = true;
    asio::co_spawn(loop_.context(), write_out(shared_from_this()), asio::detached);
  }
}

asio::awaitable<void> Connection::write_out(Self self) {
  while (!self->output_.empty()) {
    self->writing_.swap(self->output_);
    self->watchdog_.set(Watchdog::writing, self->deadlines_.for_bytes(self->writing_.size()));
    const ErrorCodeOfSystem error = co_await self->transport_->write(
        asio::buffer(self->writing_.data(), self->writing_.size()));
    self->watchdog_.clear(Watchdog::writing);
    self->writing_.clear();
    if (error) {
      self->output_.clear();
      break;  // the reader finds out, and may still find the server's last words
    }
  }
  self->is_writing_ = false;
}

void Connection::close(bool wait) {
  auto closed = std::make_shared<std::promise<void>>();
  std::future<void> done = closed->get_future();
  asio::post(loop_.context(), [self = shared_from_this(), closed] {
    self->transport_->close();
    self->lose(lost("closed"));
    closed->set_value();
  });
  if (wait && !loop_.is_this_thread()) {
    done.wait();
  }
}

}  // namespace juanzong
