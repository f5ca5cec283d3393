// SPDX-License-Identifier: Apache-2.0
// Connection: one logged-in connection of a client. Requests go out in the order in which they are
// given; each answer finds its handler by number. Once lost it stays lost: every handler that
// waits is told, and a new Connection is made.
#pragma once

#include "events/model/result.h"

#include "server/net/frame.h"
#include "server/net/login.h"
#include "server/net/transport.h"
#include "server/net/watchdog.h"
#include "server/wire/codec.h"

#include "tools/client/client_options.h"

#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>

namespace juanzong {

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  // On the loop's thread. True: keep the handler, more will come (subscriptions).
  using Handler = std::function<bool(Result<message::ReplyBody>)>;

  // Connects and logs in; waits. Not on the loop's thread.
  [[nodiscard]] static Result<std::shared_ptr<Connection>> open(const ClientOptions& options,
                                                                std::shared_ptr<ClientLoop> loop);
  Connection(const ClientOptions& options,
             std::shared_ptr<ClientLoop> loop,
             std::unique_ptr<Transport> transport);

  [[nodiscard]] const message::LoggedIn& facts() const { return facts_; }
  [[nodiscard]] bool is_open() const { return open_; }

  // From any thread. The handler is called exactly once, or until it returns false.
  std::uint32_t next_request_no() { return next_request_no_++; }
  // An empty handler: no answer is expected.
  void submit(std::uint32_t request_no, Bytes frame, Handler handler);
  // Tells every handler that waits; `wait`: they have been told when it returns.
  void close(bool wait = false);

 private:
  using Self = std::shared_ptr<Connection>;
  using Opened = std::promise<Outcome>;

  static asio::awaitable<void> run(Self self, std::shared_ptr<Opened> opened);
  static asio::awaitable<void> write_out(Self self);
  static asio::awaitable<void> watch(Self self);
  static asio::awaitable<void> ping(Self self);
  [[nodiscard]] asio::awaitable<Outcome> log_in();
  [[nodiscard]] asio::awaitable<ErrorCodeOfSystem> reach();
  [[nodiscard]] asio::awaitable<Result<message::Reply>> read_reply(SteadyTime until);
  [[nodiscard]] asio::awaitable<Error> read_replies();
  void give_up();
  [[nodiscard]] Error reason(const Error& otherwise) const;
  void deliver(message::Reply reply);
  void lose(const Error& error);
  void queue(ByteView frame);

  const ClientOptions options_;
  const Deadlines deadlines_;
  // Not owned: the last owner may be a handler on the loop's own thread.
  ClientLoop& loop_;
  std::unique_ptr<Transport> transport_;
  Watchdog watchdog_;
  FrameReader reader_;
  asio::steady_timer ping_timer_;
  message::LoggedIn facts_;
  std::atomic<bool> open_{false};
  std::atomic<std::uint32_t> next_request_no_{1};

  // On the loop's thread only.
  std::map<std::uint32_t, Handler> waiting_;
  Bytes output_;
  Bytes writing_;
  bool is_writing_ = false;
  std::optional<Error> goodbye_;  // what the server said before it closed
};

}  // namespace juanzong
