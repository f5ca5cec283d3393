// SPDX-License-Identifier: Apache-2.0
#include "server/net/io_threads.h"

#include "events/model/check.h"

#include <exception>

namespace juanzong {
namespace {

void run(boost::asio::io_context& context) {
  try {
    context.run();
  } catch (const std::exception& error) {
    check(false, error.what());
  }
}

}  // namespace

IoThreads::IoThreads(std::size_t count)
    : context_(static_cast<int>(count)), work_(boost::asio::make_work_guard(context_)) {
  for (std::size_t i = 0; i < count; ++i) {
    threads_.emplace_back([this] { run(context_); });
  }
}

IoThreads::~IoThreads() {
  work_.reset();
  context_.stop();
  for (std::thread& thread : threads_) {
    thread.join();
  }
}

}  // namespace juanzong
