// SPDX-License-Identifier: Apache-2.0
// Client, appends: one attempt, and the same bytes again until the answer is known.
#include "server/wire/codec.h"

#include "tools/client/client.h"
#include "tools/client/connection.h"

#include <algorithm>
#include <future>
#include <thread>

namespace juanzong {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds first_pause{50};
constexpr milliseconds longest_pause{1'000};

AppendReply to_append_reply(Result<message::ReplyBody> reply) {
  if (!reply) {
    return Error{ErrorCode::outcome_unknown, to_text(reply.error())};
  }
  if (auto* appended = std::get_if<message::Appended>(&*reply)) {
    return std::move(*appended);
  }
  if (auto* refused = std::get_if<message::Refused>(&*reply)) {
    return std::move(*refused);
  }
  if (auto* error = std::get_if<Error>(&*reply)) {
    return std::move(*error);
  }
  return Error{ErrorCode::outcome_unknown, "an answer of the wrong kind"};
}

bool is_worth_a_retry(const AppendReply& reply) {
  const auto* error = std::get_if<Error>(&reply);
  return error != nullptr &&
         (error->code == ErrorCode::outcome_unknown || error->code == ErrorCode::busy ||
          error->code == ErrorCode::shutting_down || error->code == ErrorCode::io_failure);
}

// The server said no before it looked whether it knows the request.
bool says_nothing_of_earlier_attempts(const AppendReply& reply) {
  const auto* error = std::get_if<Error>(&reply);
  return is_worth_a_retry(reply) ||
         (error != nullptr &&
          (error->code == ErrorCode::writes_stopped || error->code == ErrorCode::ledger_stopped ||
           error->code == ErrorCode::storage_full));
}

}  // namespace

void Client::append_async(const SignedRequest& request,
                          std::span<const crypto::PublicKey> keys,
                          AppendDone done) {
  const auto open = connection();
  const std::uint32_t request_no = open->next_request_no();
  auto handler = [done = std::move(done)](Result<message::ReplyBody> reply) {
    done(to_append_reply(std::move(reply)));
    return false;
  };
  open->submit(request_no, encode_append_frame(request_no, request, keys), std::move(handler));
}

Client::Attempt Client::try_append(const SignedRequest& request,
                                   std::span<const crypto::PublicKey> keys,
                                   milliseconds timeout) {
  check(!loop_->is_this_thread(), "a callback must not wait for an answer");
  if (!is_connected()) {
    if (const Outcome connected = reconnect(); !connected) {
      return {connected.error(), false};
    }
  }
  auto promise = std::make_shared<std::promise<AppendReply>>();
  auto answer = promise->get_future();
  append_async(
      request, keys, [promise](AppendReply reply) { promise->set_value(std::move(reply)); });
  if (answer.wait_for(timeout) != std::future_status::ready) {
    connection()->close();
    return {Error{ErrorCode::outcome_unknown, "no answer in time"}, true};
  }
  return {answer.get(), true};
}

AppendReply Client::append(const SignedRequest& request, std::span<const crypto::PublicKey> keys) {
  return try_append(request, keys, options_.call_timeout).reply;
}

AppendReply Client::append_with_retry(const SignedRequest& request,
                                      std::span<const crypto::PublicKey> keys,
                                      milliseconds patience) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + patience;
  milliseconds pause = first_pause;
  bool in_doubt = false;
  while (true) {
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
    const milliseconds timeout = std::clamp(left, milliseconds(1), options_.call_timeout);
    Attempt attempt = try_append(request, keys, timeout);
    const auto* error = std::get_if<Error>(&attempt.reply);
    const bool lost = error != nullptr && error->code == ErrorCode::outcome_unknown;
    in_doubt = in_doubt || (lost && attempt.may_be_recorded);
    if (!is_worth_a_retry(attempt.reply) || Clock::now() + pause >= deadline) {
      return in_doubt && says_nothing_of_earlier_attempts(attempt.reply)
                 ? Error{ErrorCode::outcome_unknown, to_text(std::get<Error>(attempt.reply))}
                 : std::move(attempt.reply);
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, longest_pause);
  }
}

}  // namespace juanzong
