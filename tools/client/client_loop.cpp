// SPDX-License-Identifier: Apache-2.0
#include "tools/client/client_loop.h"

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

ClientLoop::ClientLoop()
    : context_(1),
      work_(boost::asio::make_work_guard(context_)),
      thread_([this] { run(context_); }) {}

ClientLoop::~ClientLoop() {
  check(!is_this_thread(), "a loop does not end itself");
  work_.reset();
  context_.stop();
  thread_.join();
}

}  // namespace juanzong
