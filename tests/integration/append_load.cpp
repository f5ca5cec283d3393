// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/append_load.h"

#include "crypto/merkle_tree.h"

#include "events/log/request_signing.h"

namespace juanzong::testing {
namespace {

constexpr std::size_t window = 64;
constexpr std::uint32_t page = 500;

}  // namespace

AppendLoad::AppendLoad(const Desk& desk) : desk_(desk), thread_([this] { run(); }) {}

AppendLoad::~AppendLoad() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  finish();
}

void AppendLoad::run() {
  const message::LoggedIn facts = desk_.client->facts();
  KeyChain chain{facts.key_seq, facts.last_request};
  while (true) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || under_way_ < window; });
      if (stopping_) {
        break;
      }
      ++under_way_;
      ++sent_;
    }
    Result<DraftRequest> draft = desk_.builder->build(staff_line(fresh_name()));
    sign_draft(*draft, chain, desk_.keys);
    chain = {draft->header.key_seq, request_hash(draft->request.header)};
    desk_.client->append_async(
        draft->request, draft->keys, [this](const AppendReply& reply) { answered(reply); });
  }
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return under_way_ == 0; });
  ended_ = true;
  changed_.notify_all();
}

void AppendLoad::answered(const AppendReply& reply) {
  const std::lock_guard lock(mutex_);
  --under_way_;
  if (const auto* appended = std::get_if<message::Appended>(&reply)) {
    acks_.push_back({appended->first, appended->leaves.front()});
  } else {
    others_.push_back(outcome_of(reply));
    stopping_ = true;
  }
  changed_.notify_all();
}

bool AppendLoad::wait_for_acks(std::size_t count) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this, count] { return ended_ || acks_.size() >= count; });
  return acks_.size() >= count;
}

void AppendLoad::finish() {
  if (thread_.joinable()) {
    thread_.join();
  }
}

std::size_t missing(const Desk& desk, const std::vector<AppendLoad::Ack>& acks) {
  std::vector<crypto::Digest> leaves;
  while (true) {
    const auto records = desk.client->read_records(RecordIndex{leaves.size()}, page);
    EXPECT_TRUE(records.has_value());
    if (!records || records->records.empty()) {
      break;
    }
    for (const Bytes& record : records->records) {
      leaves.push_back(crypto::leaf_hash(record));
    }
  }
  std::size_t gone = 0;
  for (const AppendLoad::Ack& ack : acks) {
    const bool there = number(ack.index) < leaves.size() && leaves[number(ack.index)] == ack.leaf;
    gone += there ? 0 : 1;
  }
  return gone;
}

}  // namespace juanzong::testing
