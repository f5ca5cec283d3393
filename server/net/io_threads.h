// SPDX-License-Identifier: Apache-2.0
// IoThreads: the threads that run the network side of a program, server or client. An exception at
// their root is our own mistake or no memory: the process stops, and the restart verifies.
//
// Order of a server's end: Listener::stop(), stop of the service (it has answered every append),
// then this.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <thread>
#include <vector>

namespace juanzong {

class IoThreads {
 public:
  explicit IoThreads(std::size_t count);
  ~IoThreads();  // stops and joins; not on one of the threads
  IoThreads(const IoThreads&) = delete;
  IoThreads& operator=(const IoThreads&) = delete;

  [[nodiscard]] boost::asio::io_context& context() { return context_; }
  [[nodiscard]] bool include_this_thread() const;  // whether the caller is one of the threads

 private:
  boost::asio::io_context context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::vector<std::thread> threads_;
};

}  // namespace juanzong
