// SPDX-License-Identifier: Apache-2.0
#include "tests/server/fake_service.h"

#include "events/model/byte_io.h"

#include <algorithm>

namespace juanzong::testing {

void FakeService::register_key(const crypto::PublicKey& key, std::string staff) {
  const std::lock_guard lock(mutex_);
  staff_[key] = std::move(staff);
}

void FakeService::revoke_keys() {
  const std::lock_guard lock(mutex_);
  staff_.clear();
}

void FakeService::hold_appends() {
  const std::lock_guard lock(mutex_);
  holding_ = true;
}

void FakeService::release_appends(bool newest_first) {
  std::deque<Held> held;
  {
    const std::lock_guard lock(mutex_);
    holding_ = false;
    held.swap(held_);
  }
  if (newest_first) {
    std::ranges::reverse(held);
  }
  for (Held& one : held) {
    one.done(std::move(one.result));
  }
  tell_listeners();
}

bool FakeService::wait_for_held(std::size_t count) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(
      lock, std::chrono::seconds(10), [this, count] { return held_.size() >= count; });
}

void FakeService::refuse_with(Refusal refusal) {
  const std::lock_guard lock(mutex_);
  refusal_ = std::move(refusal);
}

void FakeService::push_record(std::size_t bytes) {
  ByteWriter record;
  record.put(std::uint64_t{1}).put(std::uint64_t{records_.size()});
  Bytes full = record.take();
  full.resize(std::max(bytes, full.size()));
  records_.push_back(std::move(full));
}

void FakeService::add_records(std::size_t count, std::size_t bytes) {
  {
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < count; ++i) {
      push_record(bytes);
    }
  }
  tell_listeners();
}

void FakeService::lose_next_answer() {
  const std::lock_guard lock(mutex_);
  losing_ = true;
}

void FakeService::forget_lost_answers() {
  std::vector<AppendDone> lost;
  const std::lock_guard lock(mutex_);
  lost.swap(lost_);
}

std::size_t FakeService::recorded() const {
  const std::lock_guard lock(mutex_);
  return records_.size();
}

std::map<BlobId, Bytes> FakeService::blobs() const {
  const std::lock_guard lock(mutex_);
  return blobs_;
}

// Listeners run under the lock, so that none runs after it was removed; they only post.
void FakeService::tell_listeners() {
  listeners_.tell(LedgerOrdinal{0}, recorded());
}

Result<LedgerFacts> FakeService::ledger(std::string_view name) const {
  if (!name.empty() && name != ledger_name) {
    return fail(ErrorCode::unknown_ledger, "ledger");
  }
  return ledgers().front();
}

std::vector<LedgerFacts> FakeService::ledgers() const {
  return {{std::string(ledger_name), std::string(origin), "verifier", recorded()}};
}

Result<Principal> FakeService::identify(std::string_view, const crypto::PublicKey& key) const {
  const std::lock_guard lock(mutex_);
  const auto found = staff_.find(key);
  if (found == staff_.end()) {
    return fail(ErrorCode::unknown_key, "login");
  }
  return Principal{std::string(ledger_name),
                   LedgerOrdinal{0},
                   std::string(origin),
                   found->second,
                   *roles_from_codes("ARC CSA"),
                   key_id_of(key)};
}

Result<KeyChainHead> FakeService::key_chain(const Principal& who) const {
  const std::lock_guard lock(mutex_);
  const auto found = chains_.find(who.key_id);
  return found == chains_.end() ? KeyChainHead{} : found->second;
}

AppendResult FakeService::decide(const SignedRequest& request,
                                 const std::vector<crypto::PublicKey>& keys) {
  auto admitted = admit_request(request, keys, catalogue(), Openings::required);
  if (!admitted) {
    return admitted.error();
  }
  const RequestHeader& header = admitted->header;
  if (const auto known = known_.find(header.request_id); known != known_.end()) {
    AppendReceipt receipt = known->second.receipt;
    receipt.repeated = true;
    return known->second.hash == admitted->hash
               ? AppendResult(receipt)
               : AppendResult(Error{ErrorCode::request_id_reused, {}});
  }
  KeyChainHead& chain = chains_[header.key_id];
  if (header.key_seq != chain.key_seq + 1 || header.prev_request != chain.last_request) {
    return Error{ErrorCode::actor_chain_conflict, "next"};
  }
  if (refusal_) {
    return RefusedRequest{0, {*refusal_}};
  }
  AppendReceipt receipt;
  receipt.first = RecordIndex{records_.size()};
  receipt.count = header.statement_count;
  receipt.recorded_at = now();
  for (const Bytes& statement : admitted->request.statements) {
    push_record(0);
    receipt.leaves.push_back(crypto::leaf_hash(statement));
    receipt.assigned.push_back({"R-1", std::nullopt});
  }
  receipt.tree_size = records_.size();
  chain = {header.key_seq, admitted->hash};
  known_[header.request_id] = {admitted->hash, receipt};
  return receipt;
}

void FakeService::append(const Principal&,
                         SignedRequest request,
                         std::vector<crypto::PublicKey> keys,
                         AppendDone done) {
  AppendResult result;
  {
    const std::lock_guard lock(mutex_);
    result = decide(request, keys);
    if (losing_) {
      losing_ = false;
      lost_.push_back(std::move(done));
      return;
    }
    if (holding_) {
      held_.push_back({std::move(done), std::move(result)});
      changed_.notify_all();
      return;
    }
  }
  done(std::move(result));
  tell_listeners();
}

Result<RecordPage> FakeService::read_records(const Principal&,
                                             RecordIndex from,
                                             std::size_t count) const {
  const std::lock_guard lock(mutex_);
  RecordPage page;
  page.tree_size = records_.size();
  page.next = number(from);
  while (page.next < records_.size() && page.records.size() < count) {
    page.records.push_back(records_[page.next++]);
  }
  return page;
}

Result<RecordPage> FakeService::read_stream(const Principal& who,
                                            std::string_view stream,
                                            StreamVersion from,
                                            std::size_t count) const {
  if (stream != "unit:1-1-101" || number(from) == 0) {
    return fail(ErrorCode::not_found, "stream");
  }
  Result<RecordPage> page = read_records(who, RecordIndex{number(from) - 1}, count);
  ++page->next;
  page->stream_version = page->tree_size;
  return page;
}

void FakeService::query(const Principal&,
                        std::string_view view,
                        std::string_view arguments,
                        QueryDone done) {
  if (view == "echo") {
    done(std::string(arguments));
  } else {
    done(view == "report" ? Result<std::string>(report_) : fail(ErrorCode::query_invalid, "view"));
  }
}

Result<std::string> FakeService::prove_record(std::string_view, RecordIndex index) const {
  return "proof of " + std::to_string(number(index));
}
Result<std::string> FakeService::prove_consistency(std::string_view, std::uint64_t old_size) const {
  return "consistent from " + std::to_string(old_size);
}
Result<std::string> FakeService::prove_stream(const Principal&, std::string_view stream) const {
  return "all of " + std::string(stream);
}
Result<std::string> FakeService::checkpoint(std::string_view ledger) const {
  if (ledger != ledger_name) {
    return fail(ErrorCode::unknown_ledger, "ledger");
  }
  return "checkpoint of " + std::to_string(recorded());
}

Result<std::string> FakeService::tile(std::string_view ledger,
                                      int level,
                                      std::uint64_t number,
                                      std::size_t width) const {
  if (ledger != ledger_name || number > 1'000'000) {
    return fail(ErrorCode::not_found, "tile");
  }
  return std::to_string(level) + "/" + std::to_string(number) + "/" + std::to_string(width);
}

Outcome FakeService::attach(const Principal&,
                            const BlobId& blob,
                            const PersonId&,
                            ByteView content) {
  const std::lock_guard lock(mutex_);
  blobs_[blob] = Bytes(content.begin(), content.end());
  return Done{};
}

std::uint64_t FakeService::add_durable_listener(DurableListener listener) {
  return listeners_.add(std::move(listener));
}

void FakeService::remove_durable_listener(std::uint64_t id) {
  listeners_.remove(id);
}

}  // namespace juanzong::testing
