// SPDX-License-Identifier: Apache-2.0
// SignerSocket: HTTP/1.1 over a Unix socket in front of a handler, one request a connection, for
// processes of one user only. Sizes, number of connections and time are bounded.
#pragma once

#include "events/model/result.h"

#include "server/http/http_message.h"
#include "server/telemetry/log.h"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <filesystem>
#include <memory>
#include <sys/types.h>

namespace juanzong {

struct SignerSocketOptions {
  std::filesystem::path path;
  uid_t peer = 0;  // the user whose processes may ask; others are cut off and logged
  std::size_t connections = 16;
  std::chrono::milliseconds deadline{5'000};  // from accepting to the answer's last byte
};

class SignerSocket {
 public:
  // References outlive the socket; the handler is called on the context's threads.
  SignerSocket(boost::asio::io_context& io, HttpHandler handler, Log& log);
  ~SignerSocket();
  SignerSocket(const SignerSocket&) = delete;
  SignerSocket& operator=(const SignerSocket&) = delete;

  // Mode 0600, or 0660 for a peer that is another user: the folder's group decides then who may
  // connect at all. A socket that a killed process left behind is replaced; environment if it
  // cannot be bound.
  [[nodiscard]] Outcome listen(const SignerSocketOptions& options);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace juanzong
