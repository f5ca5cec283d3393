// SPDX-License-Identifier: Apache-2.0
// ClientLoop: one thread that runs the connections of one or many clients. Callbacks of the
// clients run on it, so they must not wait for an answer, nor end the loop.
#pragma once

#include "server/net/io_threads.h"

namespace juanzong {

class ClientLoop {
 public:
  [[nodiscard]] boost::asio::io_context& context() { return thread_.context(); }
  [[nodiscard]] bool is_this_thread() const { return thread_.include_this_thread(); }

 private:
  IoThreads thread_{1};
};

}  // namespace juanzong
