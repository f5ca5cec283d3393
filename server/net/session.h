// SPDX-License-Identifier: Apache-2.0
// Session: one connection, from handshake to close, on one strand. One coroutine reads and
// dispatches, one writes while there is something to write, one watches the deadlines.
//
//   handshake → Hello → Login → requests, up to 32 appends in flight → last answers → close
//
// Back-pressure: with too many appends in flight or too much unread output the session stops
// reading; a peer that then takes nothing meets the deadline of the write. The coroutines and the
// callbacks of the service keep the session alive; after it closed they find it deaf.
#pragma once

#include "server/net/frame.h"
#include "server/net/login.h"
#include "server/net/output_queue.h"
#include "server/net/session_shared.h"
#include "server/net/transport.h"
#include "server/net/upload.h"
#include "server/net/watchdog.h"
#include "server/wire/codec.h"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace juanzong {

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(std::shared_ptr<SessionShared> shared,
          std::unique_ptr<Transport> transport,
          ConnectionBudget::Ticket ticket,
          Gate::Pass pass);
  ~Session();

  void start();
  // From any thread: reads no more, answers what is in flight, closes.
  void drain();
  // From any thread: closes now.
  void abort();

 private:
  struct Subscription {
    std::uint64_t next = 0;  // index of the first record not yet sent
    std::uint64_t credits = 0;
    std::uint64_t waker = 0;  // at the hub
  };
  using Self = std::shared_ptr<Session>;
  using Executor = asio::ip::tcp::socket::executor_type;

  // session.cpp: life of the connection
  static asio::awaitable<void> serve(Self self);
  static asio::awaitable<void> watch(Self self);
  static asio::awaitable<void> write_out(Self self);
  [[nodiscard]] asio::awaitable<bool> open();
  [[nodiscard]] asio::awaitable<void> serve_requests();
  [[nodiscard]] asio::awaitable<void> finish();
  [[nodiscard]] asio::awaitable<void> changed();
  void release();
  void abandon(std::string_view why);
  void send(std::uint32_t request_no, message::ReplyBody body);
  [[nodiscard]] bool has_room() const;
  [[nodiscard]] bool has_work() const { return in_flight_ > 0 || output_.bytes() > 0; }

  // session_login.cpp: who is at the other end. False ends the session.
  [[nodiscard]] bool log_in(ByteView payload);
  [[nodiscard]] Result<message::LoggedIn> check_in(const message::Login& login);
  [[nodiscard]] Outcome refresh_principal();

  // session_requests.cpp: what the messages do. False ends the session.
  void refuse(std::uint32_t request_no, Error error);
  // Of a frame that could not be read; silent if there was none because the peer is gone.
  void refuse_input(const Error& error);
  [[nodiscard]] bool dispatch(message::Request request);
  bool on(std::uint32_t request_no, message::Login login);
  bool on(std::uint32_t request_no, message::ReadRecords read);
  bool on(std::uint32_t request_no, message::ReadStream read);
  bool on(std::uint32_t request_no, message::Query query);
  bool on(std::uint32_t request_no, message::Prove prove);
  bool on(std::uint32_t request_no, message::GetAttachment wanted);
  bool on(std::uint32_t request_no, message::GetCheckpoint);
  bool on(std::uint32_t request_no, message::Attach attach);
  bool on(std::uint32_t request_no, message::Ping);

  // session_append.cpp
  bool on(std::uint32_t request_no, message::Append append);
  [[nodiscard]] Outcome vouch_for(const SignedRequest& request) const;
  // Answers a request that was counted as in flight, on the strand: at once if this is it.
  template <class Answer>
  void answer_on_strand(Answer answer) {
    asio::dispatch(executor_, [self = shared_from_this(), answer = std::move(answer)]() mutable {
      --self->in_flight_;
      answer();
      self->change_.cancel();
    });
  }
  void finish_append(std::uint32_t request_no, SteadyTime since, AppendResult result);

  // session_subscriptions.cpp
  bool on(std::uint32_t request_no, message::Subscribe subscribe);
  bool on(std::uint32_t request_no, message::Credit credit);
  void pump(std::uint32_t request_no);
  void pump_all();

  std::shared_ptr<SessionShared> shared_;
  Gate::Pass pass_;
  std::optional<ConnectionBudget::Ticket> ticket_;
  std::unique_ptr<Transport> transport_;
  Executor executor_;
  Watchdog watchdog_;
  FrameReader reader_;
  OutputQueue output_;
  asio::steady_timer change_;  // cancelled whenever something that finish or room waits for changes

  LoginChallenge challenge_;
  crypto::PublicKey key_;
  std::optional<Principal> who_;
  SteadyTime identified_;
  std::string peer_;  // address, for the log

  std::size_t in_flight_ = 0;
  std::map<std::uint32_t, Subscription> subscriptions_;
  std::unique_ptr<Upload> upload_;
  bool writing_ = false;
  bool draining_ = false;
  bool closed_ = false;  // nothing can be written any more
};

}  // namespace juanzong
