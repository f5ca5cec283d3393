// SPDX-License-Identifier: Apache-2.0
// ClientLoop: one thread that runs the connections of one or many clients. Callbacks of the
// clients run on it, so they must not wait for an answer.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <thread>

namespace juanzong {

class ClientLoop {
 public:
  ClientLoop();
  ~ClientLoop();  // not on its own thread
  ClientLoop(const ClientLoop&) = delete;
  ClientLoop& operator=(const ClientLoop&) = delete;

  [[nodiscard]] boost::asio::io_context& context() { return context_; }
  [[nodiscard]] bool is_this_thread() const {
    return std::this_thread::get_id() == thread_.get_id();
  }

 private:
  boost::asio::io_context context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::thread thread_;
};

}  // namespace juanzong
