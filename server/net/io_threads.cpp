// SPDX-License-Identifier: Apache-2.0
#include "server/net/io_threads.h"

#include "events/model/check.h"

#include <algorithm>
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
  check(!include_this_thread(), "threads do not end themselves");
  work_.reset();
  context_.stop();
  for (std::thread& thread : threads_) {
    thread.join();
  }
}

bool IoThreads::include_this_thread() const {
  return std::ranges::any_of(threads_, [](const std::thread& thread) {
    return thread.get_id() == std::this_thread::get_id();
  });
}

}  // namespace juanzong
