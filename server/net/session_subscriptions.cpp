// SPDX-License-Identifier: Apache-2.0
// Session, subscriptions: records as they become durable, as many as the peer gave credits for.
#include "server/net/page_message.h"
#include "server/net/session.h"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace juanzong {
namespace {

constexpr std::uint64_t subscription_page_records = 256;
constexpr std::uint64_t credits_max = 1'000'000;

}  // namespace

bool Session::on(std::uint32_t request_no, message::Subscribe subscribe) {
  const bool is_free = !subscriptions_.contains(request_no) &&
                       subscriptions_.size() < limits::subscriptions_per_connection_max;
  if (!is_free) {
    refuse(request_no, Error{ErrorCode::limit_exceeded, "subscriptions"});
    return true;
  }
  // On the writer's thread, under the hub's lock. The session may be gone when the strand looks.
  const auto pending = std::make_shared<std::atomic<bool>>(false);
  auto wake = [weak = weak_from_this(), executor = executor_, pending, request_no] {
    if (!pending->exchange(true)) {
      asio::post(executor, [weak, pending, request_no] {
        pending->store(false);
        if (const auto self = weak.lock()) {
          self->pump(request_no);
        }
      });
    }
  };
  // First the waker, then the first look: what becomes durable in between is seen by both.
  const std::uint64_t waker = shared_->hub.add(who_->ordinal, std::move(wake));
  shared_->metrics.subscriptions.add(1);
  subscriptions_.emplace(
      request_no,
      Subscription{subscribe.from, std::min<std::uint64_t>(subscribe.credits, credits_max), waker});
  pump(request_no);
  return true;
}

// A credit is not answered, unless with an error.
bool Session::on(std::uint32_t request_no, message::Credit credit) {
  const auto found = subscriptions_.find(credit.subscription);
  if (found == subscriptions_.end()) {
    refuse(request_no, Error{ErrorCode::not_found, "subscription"});
    return true;
  }
  found->second.credits = std::min(found->second.credits + credit.credits, credits_max);
  pump(credit.subscription);
  return true;
}

// Sends what is durable and credited, until the output is full; write_out() goes on from there.
void Session::pump(std::uint32_t request_no) {
  const auto found = subscriptions_.find(request_no);
  if (found == subscriptions_.end()) {
    return;
  }
  Subscription& subscription = found->second;
  while (subscription.credits > 0 && !closed_ && !draining_ &&
         output_.bytes() < shared_->options.limits.output_bytes_before_pause) {
    Outcome known = refresh_principal();
    Result<RecordPage> page = known ? shared_->service.read_records(
                                          *who_,
                                          RecordIndex{subscription.next},
                                          std::min(subscription.credits, subscription_page_records))
                                    : Result<RecordPage>(fail(known.error()));
    if (!page) {
      shared_->hub.remove(subscription.waker);
      shared_->metrics.subscriptions.add(-1);
      subscriptions_.erase(found);
      refuse(request_no, page.error());
      return;
    }
    message::Records records = to_message(std::move(*page), PageOf::ledger);
    if (records.next <= subscription.next) {
      return;  // nothing new; the hub will wake us
    }
    subscription.next = records.next;
    subscription.credits -= std::min<std::uint64_t>(subscription.credits, records.records.size());
    send(request_no, std::move(records));
  }
}

void Session::pump_all() {
  std::vector<std::uint32_t> numbers;
  for (const auto& [request_no, subscription] : subscriptions_) {
    numbers.push_back(request_no);
  }
  for (const std::uint32_t request_no : numbers) {
    pump(request_no);
  }
}

}  // namespace juanzong
