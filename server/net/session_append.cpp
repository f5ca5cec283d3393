// SPDX-License-Identifier: Apache-2.0
// Session, appends: the only messages that are answered later, from the writer's thread.
#include "server/net/session.h"

#include <boost/asio/post.hpp>

#include <utility>

namespace juanzong {
namespace {

message::ReplyBody to_message(AppendResult result) {
  if (auto* receipt = std::get_if<AppendReceipt>(&result)) {
    return message::Appended{receipt->first,
                             receipt->count,
                             receipt->recorded_at,
                             receipt->tree_size,
                             std::move(receipt->leaves),
                             std::move(receipt->assigned),
                             receipt->repeated};
  }
  if (auto* refused = std::get_if<RefusedRequest>(&result)) {
    return message::Refused{refused->statement, std::move(refused->refusals)};
  }
  return std::get<Error>(std::move(result));
}

void count(Metrics& metrics,
           std::string_view ledger,
           const AppendResult& result,
           SteadyTime since) {
  if (const auto* receipt = std::get_if<AppendReceipt>(&result)) {
    metrics.appends.add();
    const std::uint64_t records = receipt->repeated ? 0 : receipt->count;
    metrics.records.add(records);
    metrics.ledger_records.add(ledger, records);
  } else if (const auto* refused = std::get_if<RefusedRequest>(&result)) {
    for (const Refusal& refusal : refused->refusals) {
      metrics.refusals.add(refusal.rule);
    }
  } else {
    metrics.count_error(std::get<Error>(result).code);
  }
  metrics.append_latency.observe(std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - since));
}

}  // namespace

// The login stands in for a missing signature: the holder of the key sends this. So the key must be
// the session's, and nobody else may be able to write into the channel.
Outcome Session::vouch_for(const SignedRequest& request) const {
  if (!request.signatures.empty()) {
    return Done{};
  }
  if (challenge_.binding == ChannelBinding{}) {
    return fail(ErrorCode::signature_required, "plain TCP");
  }
  const Result<RequestHeader> header = parse_header(request.header);
  if (!header) {
    return fail(header.error());
  }
  return header->key_id == who_->key_id
             ? Outcome(Done{})
             : Outcome(fail(ErrorCode::not_permitted, "not the key of this session"));
}

bool Session::on(std::uint32_t request_no, message::Append append) {
  if (const Outcome vouched = vouch_for(append.request); !vouched) {
    refuse(request_no, vouched.error());
    return true;
  }
  ++in_flight_;
  // On the writer's thread: nothing but the way back to the strand.
  auto done = [self = shared_from_this(), request_no, since = std::chrono::steady_clock::now()](
                  AppendResult result) {
    asio::post(self->executor_, [self, request_no, since, result = std::move(result)]() mutable {
      self->finish_append(request_no, since, std::move(result));
    });
  };
  shared_->service.append(
      *who_, std::move(append.request), std::move(append.keys), std::move(done));
  return true;
}

void Session::finish_append(std::uint32_t request_no, SteadyTime since, AppendResult result) {
  --in_flight_;
  count(shared_->metrics, who_->ledger, result, since);
  send(request_no, to_message(std::move(result)));
  change_.cancel();
}

}  // namespace juanzong
