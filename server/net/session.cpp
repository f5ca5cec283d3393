// SPDX-License-Identifier: Apache-2.0
#include "server/net/session.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <utility>

namespace juanzong {
namespace {

// Root of every coroutine of a session: an exception here came from a library or from memory.
auto report_to(std::shared_ptr<SessionShared> shared) {
  return [shared = std::move(shared)](std::exception_ptr failed) {
    if (failed) {
      shared->log.error("session_failed");
    }
  };
}

}  // namespace

Session::Session(std::shared_ptr<SessionShared> shared,
                 std::unique_ptr<Transport> transport,
                 ConnectionBudget::Ticket ticket,
                 Gate::Pass pass)
    : shared_(std::move(shared)),
      pass_(std::move(pass)),
      ticket_(std::move(ticket)),
      transport_(std::move(transport)),
      executor_(transport_->socket().get_executor()),
      watchdog_(executor_),
      reader_(*transport_, watchdog_, shared_->options.deadlines),
      output_(shared_->options.limits.output_bytes),
      change_(executor_, SteadyTime::max()) {
  ErrorCodeOfSystem ignored;
  peer_ = transport_->socket().remote_endpoint(ignored).address().to_string();
  shared_->metrics.connections.add(1);
}

Session::~Session() {
  shared_->sessions.remove(this);
  shared_->metrics.connections.add(-1);
}

void Session::start() {
  shared_->sessions.add(shared_from_this());
  asio::co_spawn(executor_, watch(shared_from_this()), report_to(shared_));
  asio::co_spawn(executor_, serve(shared_from_this()), report_to(shared_));
}

void Session::drain() {
  asio::post(executor_, [self = shared_from_this()] {
    self->draining_ = true;
    // Wakes the reader: it finds the end of the input.
    ErrorCodeOfSystem ignored;
    self->transport_->socket().shutdown(asio::ip::tcp::socket::shutdown_receive, ignored);
    self->change_.cancel();
  });
}

void Session::abort() {
  asio::post(executor_, [self = shared_from_this()] { self->abandon("stopped"); });
}

// The peer is lost or has lost our patience: what waits for it is thrown away.
void Session::abandon(std::string_view why) {
  if (!closed_) {
    closed_ = true;
    shared_->log.write(LogLevel::debug, "connection_abandoned", {{"peer", peer_}, {"why", why}});
  }
  transport_->close();
  if (!writing_) {
    output_.discard();
  }
  change_.cancel();
}

asio::awaitable<void> Session::watch(Self self) {
  const bool late = co_await self->watchdog_.expired();
  if (late) {
    self->abandon("deadline");
  }
}

asio::awaitable<void> Session::changed() {
  co_await change_.async_wait(asio::as_tuple(asio::use_awaitable));
}

asio::awaitable<void> Session::serve(Self self) {
  try {
    const bool opened = co_await self->open();
    if (opened) {
      co_await self->serve_requests();
    }
  } catch (const std::exception& error) {
    // One connection's trouble is no one else's; what it means for the data the writer decides.
    self->shared_->log.error("session_failed", {{"what", error.what()}, {"peer", self->peer_}});
    self->abandon("exception");
  }
  co_await self->finish();
}

asio::awaitable<bool> Session::open() {
  const Deadlines& deadlines = shared_->options.deadlines;
  watchdog_.set(Watchdog::reading, deadlines.handshake);
  const ErrorCodeOfSystem error = co_await transport_->handshake();
  if (error) {
    abandon(error.message());
    co_return false;
  }
  const SteadyTime login_until = std::chrono::steady_clock::now() + deadlines.first_frame;
  challenge_ = {make_nonce(), transport_->channel_binding()};
  send(0, message::Hello{message::protocol_version, challenge_.nonce});
  const Result<Bytes> payload =
      co_await reader_.next(limits::frame_bytes_max_before_login, login_until);
  if (!payload) {
    refuse_input(payload.error());
    co_return false;
  }
  co_return log_in(*payload);
}

bool Session::has_room() const {
  const NetLimits& limits = shared_->options.limits;
  return in_flight_ < limits.requests_in_flight &&
         output_.bytes() < limits.output_bytes_before_pause;
}

asio::awaitable<void> Session::serve_requests() {
  while (true) {
    while (!has_room() && !draining_ && !closed_) {
      co_await changed();
    }
    if (draining_ || closed_) {
      co_return;
    }
    const SteadyTime until = std::chrono::steady_clock::now() + shared_->options.deadlines.idle;
    const Result<Bytes> payload = co_await reader_.next(limits::frame_bytes_max, until);
    if (!payload) {
      refuse_input(payload.error());
      co_return;
    }
    Result<message::Request> request = decode_request(*payload);
    if (!request) {
      refuse(0, request.error());
      co_return;
    }
    if (!dispatch(std::move(*request))) {
      co_return;
    }
  }
}

// Answers what is still in flight, unless the peer is gone, and closes.
asio::awaitable<void> Session::finish() {
  watchdog_.clear(Watchdog::reading);
  if (draining_) {
    send(0, Error{ErrorCode::shutting_down, {}});
  }
  while (has_work() && !closed_) {
    co_await changed();
  }
  release();
  if (!closed_) {
    watchdog_.set(Watchdog::reading, shared_->options.deadlines.linger);
    co_await transport_->linger();
  }
  closed_ = true;
  watchdog_.stop();
}

void Session::release() {
  for (const auto& [request_no, subscription] : subscriptions_) {
    shared_->hub.remove(subscription.waker);
    shared_->metrics.subscriptions.add(-1);
  }
  subscriptions_.clear();
  upload_.reset();
  ticket_.reset();
}

void Session::send(std::uint32_t request_no, message::ReplyBody body) {
  if (closed_) {
    return;
  }
  Bytes frame = encode_frame(message::Reply{request_no, std::move(body)});
  if (frame.size() - frame_header_bytes > limits::frame_bytes_max) {
    frame = encode_frame(
        message::Reply{request_no, Error{ErrorCode::limit_exceeded, "size of the answer"}});
  }
  if (!output_.push(frame)) {
    shared_->log.warning("slow_reader", {{"peer", peer_}});
    abandon("output limit");
    return;
  }
  if (!writing_) {
    writing_ = true;
    asio::co_spawn(executor_, write_out(shared_from_this()), report_to(shared_));
  }
}

asio::awaitable<void> Session::write_out(Self self) {
  const Deadlines& deadlines = self->shared_->options.deadlines;
  while (!self->closed_) {
    const ByteView bytes = self->output_.next();
    if (bytes.empty()) {
      break;
    }
    self->watchdog_.set(Watchdog::writing, deadlines.for_bytes(bytes.size()));
    const ErrorCodeOfSystem error =
        co_await self->transport_->write(asio::buffer(bytes.data(), bytes.size()));
    self->watchdog_.clear(Watchdog::writing);
    if (error) {
      self->abandon(error.message());
      break;
    }
    self->pump_all();
    self->change_.cancel();
  }
  self->writing_ = false;
  if (self->closed_) {
    self->output_.discard();
  }
  self->change_.cancel();
}

}  // namespace juanzong
