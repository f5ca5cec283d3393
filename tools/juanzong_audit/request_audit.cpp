// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/request_audit.h"

#include "events/model/byte_io.h"
#include "events/procedures/catalogue.h"
#include "events/procedures/catalogue_digest.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>
#include <utility>

namespace juanzong::audit {
namespace {

constexpr std::size_t queue_requests = 512;
constexpr std::size_t queue_bytes = std::size_t{16} << 20U;

Bytes copy_of(ByteView view) {
  return {view.begin(), view.end()};
}

void for_each_parallel(std::size_t count,
                       unsigned threads,
                       const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      work(i);
    }
  };
  std::vector<std::thread> helpers;
  for (unsigned i = 1; i < threads && i < count; ++i) {
    helpers.emplace_back(run);
  }
  run();
  for (std::thread& helper : helpers) {
    helper.join();
  }
}

std::vector<RequestSignature> signatures_of(ByteView stored) {
  std::vector<RequestSignature> list;
  ByteReader in(stored);
  while (in.ok() && in.position() < stored.size()) {
    RequestSignature& signature = list.emplace_back();
    signature.key_id = KeyId{in.take_array<32>()};
    signature.signature.bytes = in.take_array<64>();
  }
  return list;
}

AuditFinding bad_signature(const ReplayRequest& request, std::size_t number_of) {
  return {Check::actor_signatures,
          number(request.first),
          "bad_signature",
          "请求的第 " + std::to_string(number_of + 1) + " 个签名与密钥不符:内容或签名被改动",
          "signature " + std::to_string(number_of) +
              " of the request does not verify: content or signature was altered"};
}

AuditFinding unsigned_event(const RecordScan& scan, const EventDescriptor& event) {
  return {Check::actor_signatures,
          number(scan.index),
          std::string(name_of(ErrorCode::signature_required)),
          "“" + event.zh + "”必须由经办人签名,该请求没有签名",
          event.name + " needs its actor's signature under every policy; the request has none"};
}

std::optional<AuditFinding> verify_signatures(const ReplayRequest& request) {
  const Bytes message = signed_bytes_of(request.request.header);
  for (std::size_t i = 0; i < request.keys.size(); ++i) {
    const crypto::PublicKey& key = request.keys[i];
    if (!crypto::is_acceptable(key) ||
        !crypto::verify(key, message, request.request.signatures[i].signature)) {
      return bad_signature(request, i);
    }
  }
  return std::nullopt;
}

}  // namespace

RequestAudit::RequestAudit(const RequestAuditOptions& options) : options_(options) {}

bool RequestAudit::visit(const VerifiedRecord& record) {
  const RecordScan& scan = record.scan;
  if (options_.deep && !replay_) {
    replay_ = std::make_unique<RuleReplay>(scan.origin);
  }
  if (scan.statement_number == 0) {
    open_ = {};
    open_.first = scan.index;
    open_.recorded_at = scan.recorded_at;
    open_.rules_version = scan.rules_version;
  }
  if (options_.deep) {
    open_.request.statements.push_back(copy_of(scan.statement));
    open_.records.push_back(copy_of(scan.bytes));
    queued_bytes_ += scan.bytes.size() + scan.statement.size();
  }
  if (auto found = read(scan)) {
    return stop_with(std::move(found));
  }
  const bool last = scan.statement_number + 1U == scan.statement_count;
  return !last || close_request(record);
}

std::optional<AuditFinding> RequestAudit::read(const RecordScan& scan) {
  const CatalogueEntry* entry = catalogue().find(scan.type);
  unknown_events_ += entry == nullptr ? 1 : 0;
  // Before the key book believes it.
  if (entry != nullptr && entry->descriptor.always_signed && scan.signatures.empty()) {
    return unsigned_event(scan, entry->descriptor);
  }
  return keys_.read(scan);
}

// What is queued stands before it and may be worse.
bool RequestAudit::stop_with(std::optional<AuditFinding> found) {
  finish();
  finding_ = finding_ ? finding_ : std::move(found);
  return false;
}

bool RequestAudit::close_request(const VerifiedRecord& last) {
  std::vector<crypto::PublicKey> keys;
  if (auto found = keys_.resolve(open_.first, last.scan, keys)) {
    return stop_with(std::move(found));
  }
  keys_.commit();
  signature_count_ += keys.size();
  session_count_ += last.scan.signatures.empty() ? 1 : 0;
  if (!options_.signatures) {
    return true;
  }
  open_.keys = std::move(keys);
  open_.request.header = copy_of(last.scan.header);
  open_.request.signatures = signatures_of(last.scan.signatures);
  queue_.push_back(std::move(open_));
  if (queue_.size() >= queue_requests || queued_bytes_ >= queue_bytes) {
    run_queue();
  }
  return !finding_;
}

void RequestAudit::finish() {
  if (!finding_) {
    run_queue();
  }
}

void RequestAudit::run_queue() {
  std::vector<std::optional<AuditFinding>> faults(queue_.size());
  judge_queue(faults);
  const auto found =
      std::ranges::find_if(faults, [](const auto& fault) { return fault.has_value(); });
  if (found != faults.end()) {
    finding_ = *std::move(found);
  }
  queue_.clear();
  queued_bytes_ = 0;
}

// Signature mathematics and admission need no state and run in parallel; the rules run in order.
void RequestAudit::judge_queue(std::vector<std::optional<AuditFinding>>& faults) {
  if (!options_.deep) {
    for_each_parallel(queue_.size(), options_.threads, [&](std::size_t i) {
      faults[i] = verify_signatures(queue_[i]);
    });
    return;
  }
  // State is what all requests before made it: after one that cannot be judged none can.
  const auto unknown = std::ranges::find_if(queue_, [](const ReplayRequest& request) {
    return request.rules_version > program_rules_version;
  });
  const std::size_t judged =
      rules_not_judged_from_ ? 0 : static_cast<std::size_t>(unknown - queue_.begin());
  if (judged < queue_.size() && !rules_not_judged_from_) {
    rules_not_judged_from_ = unknown->first;
  }
  rules_judged_ += judged;
  std::vector<std::optional<Result<AdmittedRequest>>> admitted(queue_.size());
  for_each_parallel(queue_.size(), options_.threads, [&](std::size_t i) {
    if (i >= judged) {
      faults[i] = verify_signatures(queue_[i]);
      return;
    }
    admitted[i] =
        admit_request(std::move(queue_[i].request), queue_[i].keys, catalogue(), Openings::absent);
  });
  for (std::size_t i = 0; i < judged; ++i) {
    const Result<AdmittedRequest>& request = *admitted[i];
    if (!request) {
      const bool signature = request.error().code == ErrorCode::bad_signature;
      faults[i] =
          AuditFinding{signature ? Check::actor_signatures : Check::bodies,
                       number(queue_[i].first),
                       std::string(name_of(request.error().code)),
                       "请求本不应被接收:" + std::string(zh_of(request.error().code)),
                       "the request should not have been admitted: " + to_text(request.error())};
    } else {
      faults[i] = replay_->replay(queue_[i], *request);
    }
    if (faults[i]) {
      return;
    }
  }
}

}  // namespace juanzong::audit
