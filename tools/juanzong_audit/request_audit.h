// SPDX-License-Identifier: Apache-2.0
// Request audit: what needs events besides bytes. Puts the records of a request together again,
// finds the keys that signed it, verifies the signatures on all threads in batches and, in a deep
// audit, hands the request to the rules again. A request that nobody signed rests on the server's
// word: it is counted, and must hold no event that needs a signature under every policy; whether
// the policy in force took that word only the rules know.
#pragma once

#include "events/log/log_verifier.h"
#include "events/log/request.h"

#include "tools/juanzong_audit/audit_finding.h"
#include "tools/juanzong_audit/key_book.h"
#include "tools/juanzong_audit/rule_replay.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace juanzong::audit {

struct RequestAuditOptions {
  bool signatures = true;
  bool deep = false;
  unsigned threads = 2;
};

class RequestAudit {
 public:
  explicit RequestAudit(const RequestAuditOptions& options);
  RequestAudit(const RequestAudit&) = delete;
  RequestAudit& operator=(const RequestAudit&) = delete;
  ~RequestAudit();

  // In index order. False stops; then finding() says why.
  [[nodiscard]] bool visit(const VerifiedRecord& record);
  // Judges what is still queued; also after another check stopped the pass.
  void finish();

  [[nodiscard]] const std::optional<AuditFinding>& finding() const { return finding_; }
  [[nodiscard]] const KeyBook& keys() const { return keys_; }
  [[nodiscard]] std::uint64_t signatures() const { return signature_count_; }
  // Requests without a signature.
  [[nodiscard]] std::uint64_t session_authenticated() const { return session_count_; }
  [[nodiscard]] std::uint64_t unknown_events() const { return unknown_events_; }
  // Deep: the first record under rules that this program does not know; from there on nothing was
  // judged again.
  [[nodiscard]] std::optional<RecordIndex> rules_not_judged_from() const {
    return rules_not_judged_from_;
  }
  [[nodiscard]] std::uint64_t rules_judged() const { return rules_judged_; }
  // Deep: day closes whose figures were computed again.
  [[nodiscard]] std::uint64_t days_closed() const { return replay_ ? replay_->days_closed() : 0; }

 private:
  struct Batch;
  [[nodiscard]] std::optional<AuditFinding> read(const RecordScan& scan);
  bool stop_with(std::optional<AuditFinding> found);
  [[nodiscard]] bool close_request(const VerifiedRecord& last);
  void run_queue();
  [[nodiscard]] std::size_t count_judged(const std::vector<ReplayRequest>& requests);
  // Keeps the first finding.
  void judge(Batch& batch);
  [[nodiscard]] std::optional<AuditFinding> judge_rules(const ReplayRequest& request,
                                                        const Result<AdmittedRequest>& admitted);

  RequestAuditOptions options_;
  KeyBook keys_;
  std::unique_ptr<RuleReplay> replay_;  // deep only
  ReplayRequest open_;
  std::vector<ReplayRequest> queue_;
  std::unique_ptr<Batch> admitted_;  // deep: whose rules did not run yet
  std::size_t queued_bytes_ = 0;
  std::uint64_t signature_count_ = 0;
  std::uint64_t session_count_ = 0;
  std::uint64_t unknown_events_ = 0;
  std::uint64_t rules_judged_ = 0;  // requests
  std::optional<RecordIndex> rules_not_judged_from_;
  std::optional<AuditFinding> finding_;
};

}  // namespace juanzong::audit
