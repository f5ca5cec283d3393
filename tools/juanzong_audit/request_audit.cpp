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

// Work on items that need no order: helpers begin when it is made, the caller joins in finish().
class ParallelWork {
 public:
  ParallelWork(std::size_t count, unsigned threads, std::function<void(std::size_t)> work)
      : count_(count), work_(std::move(work)) {
    for (unsigned i = 1; i < threads && i < count; ++i) {
      helpers_.emplace_back([this] { run(); });
    }
  }
  ParallelWork(const ParallelWork&) = delete;
  ParallelWork& operator=(const ParallelWork&) = delete;
  ~ParallelWork() { join(); }
  void finish() {
    run();
    join();
  }

 private:
  void run() {
    for (std::size_t i = next_++; i < count_; i = next_++) {
      work_(i);
    }
  }
  void join() {
    for (std::thread& helper : helpers_) {
      helper.join();
    }
    helpers_.clear();
  }

  std::size_t count_;
  std::function<void(std::size_t)> work_;
  std::atomic<std::size_t> next_ = 0;
  std::vector<std::thread> helpers_;
};

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

// Requests that wait for their verdict. Signature mathematics and admission need no state and run
// in parallel; the rules of a deep audit follow, in order.
struct RequestAudit::Batch {
  std::vector<ReplayRequest> requests;
  std::size_t judged = 0;  // deep: so many from the front are under rules that are known here
  std::vector<std::optional<Result<AdmittedRequest>>> admitted;
  std::vector<std::optional<AuditFinding>> faults;

  void admit(std::size_t i) {
    if (i < judged) {
      admitted[i] = admit_request(
          std::move(requests[i].request), requests[i].keys, catalogue(), Openings::absent);
    } else {
      faults[i] = verify_signatures(requests[i]);
    }
  }
};

RequestAudit::RequestAudit(const RequestAuditOptions& options) : options_(options) {}
RequestAudit::~RequestAudit() = default;

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
  if (admitted_) {
    judge(*std::exchange(admitted_, nullptr));
  }
}

// While the helpers admit this batch, the rules of the batch before it run here.
void RequestAudit::run_queue() {
  auto batch = std::make_unique<Batch>();
  batch->requests = std::move(queue_);
  queue_.clear();
  queued_bytes_ = 0;
  const std::size_t count = batch->requests.size();
  batch->admitted.resize(count);
  batch->faults.resize(count);
  batch->judged = options_.deep ? count_judged(batch->requests) : 0;
  ParallelWork work(count, options_.threads, [&batch](std::size_t i) { batch->admit(i); });
  if (admitted_) {
    judge(*std::exchange(admitted_, nullptr));
  }
  work.finish();
  if (options_.deep) {
    admitted_ = std::move(batch);
  } else {
    judge(*batch);
  }
}

// State is what all requests before made it: after one that cannot be judged none can.
std::size_t RequestAudit::count_judged(const std::vector<ReplayRequest>& requests) {
  const auto unknown = std::ranges::find_if(requests, [](const ReplayRequest& request) {
    return request.rules_version > program_rules_version;
  });
  const std::size_t judged =
      rules_not_judged_from_ ? 0 : static_cast<std::size_t>(unknown - requests.begin());
  if (judged < requests.size() && !rules_not_judged_from_) {
    rules_not_judged_from_ = unknown->first;
  }
  rules_judged_ += judged;
  return judged;
}

void RequestAudit::judge(Batch& batch) {
  for (std::size_t i = 0; i < batch.requests.size() && !finding_; ++i) {
    finding_ = i < batch.judged ? judge_rules(batch.requests[i], *batch.admitted[i])
                                : std::move(batch.faults[i]);
  }
}

std::optional<AuditFinding> RequestAudit::judge_rules(const ReplayRequest& request,
                                                      const Result<AdmittedRequest>& admitted) {
  if (admitted) {
    return replay_->replay(request, *admitted);
  }
  const bool signature = admitted.error().code == ErrorCode::bad_signature;
  return AuditFinding{signature ? Check::actor_signatures : Check::bodies,
                      number(request.first),
                      std::string(name_of(admitted.error().code)),
                      "请求本不应被接收:" + std::string(zh_of(admitted.error().code)),
                      "the request should not have been admitted: " + to_text(admitted.error())};
}

}  // namespace juanzong::audit
