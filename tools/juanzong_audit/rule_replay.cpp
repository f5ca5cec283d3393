// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/rule_replay.h"

#include "events/log/record.h"
#include "events/procedures/deadlines.h"
#include "events/procedures/parties.h"
#include "events/storage/memory_row_store.h"

#include <algorithm>
#include <array>
#include <utility>

namespace juanzong::audit {
namespace {

// Records between two publishes: what the machine keeps besides its caches.
constexpr std::size_t publish_records = 4'096;

AuditFinding rule_finding(std::uint64_t index, std::string kind, std::string zh, std::string en) {
  return {Check::rules, index, std::move(kind), std::move(zh), std::move(en)};
}

AuditFinding refused_finding(const ReplayRequest& request, const RefusedRequest& refused) {
  const Refusal& why = refused.refusals.front();
  return rule_finding(number(request.first) + refused.statement,
                      "should_have_been_refused",
                      "按规则 " + why.rule + " 本应拒绝:" + why.zh,
                      "rule " + why.rule + " refuses this: " + why.en);
}

AuditFinding error_finding(const ReplayRequest& request, const Error& error) {
  AuditFinding found =
      rule_finding(number(request.first),
                   std::string(name_of(error.code)),
                   "该请求本不应入卷:" + std::string(zh_of(error.code)),
                   "this request should not have been accepted: " + to_text(error));
  if (error.code == ErrorCode::signature_required) {
    found.check = Check::actor_signatures;
  }
  return found;
}

// What the server states itself goes first; so may its new key, for want of which it was silent.
bool is_before_breaches(const AdmittedRequest& admitted) {
  RoleSet server_alone;
  server_alone.add(Role::sys);
  const EventDescriptor& event = admitted.statements.front().entry->descriptor;
  return event.append == server_alone || event.name == "ActorKeyRegistered";
}

}  // namespace

RuleReplay::RuleReplay(std::string_view origin)
    : rows_(make_memory_row_store()),
      ledgers_(rows_, catalogue()),
      machine_(ledgers_.create(ledger_id_of(origin))),
      days_(rows_, machine_.ordinal()) {}

std::optional<AuditFinding> RuleReplay::replay(const ReplayRequest& request,
                                               const AdmittedRequest& admitted) {
  auto missing = missing_breach(request, admitted);
  auto judged = judge(request, admitted);
  for (const AdmittedStatement& statement : admitted.statements) {
    for (const StreamView& stream : statement.view.streams) {
      days_.touch(stream.name);
    }
  }
  if (!judged) {
    judged = check_days(request, admitted);
  }
  return judged ? judged : missing;
}

// The rows hold the day's records, and the close itself, which lies after its size.
std::optional<AuditFinding> RuleReplay::check_days(const ReplayRequest& request,
                                                   const AdmittedRequest& admitted) {
  for (std::size_t i = 0; i < admitted.statements.size(); ++i) {
    const AdmittedStatement& statement = admitted.statements[i];
    if (statement.entry->descriptor.name != "DayClosed") {
      continue;
    }
    publish();
    if (auto found = days_.check(number(request.first) + i, statement.view.body)) {
      return found;
    }
  }
  return std::nullopt;
}

std::optional<AuditFinding> RuleReplay::missing_breach(const ReplayRequest& request,
                                                       const AdmittedRequest& admitted) {
  const World& world = machine_.world();
  if (is_before_breaches(admitted) || !is_staff(world, server_staff)) {
    return std::nullopt;
  }
  for (const Breach& breach :
       breaches_before(world, machine_.stamp_at(request.recorded_at), missing_.size() + 1)) {
    if (missing_.emplace(breach.rule, breach.case_stream).second) {
      return rule_finding(number(request.first),
                          "breach_missing",
                          "此前应登记时限逾期:" + breach.rule + "," + breach.case_stream,
                          "the breach of " + breach.rule + " in " + breach.case_stream +
                              " is not on record before");
    }
  }
  return std::nullopt;
}

std::optional<AuditFinding> RuleReplay::judge(const ReplayRequest& request,
                                              const AdmittedRequest& admitted) {
  BatchDraft draft;
  machine_.begin_batch(draft);
  const AppendResult result = machine_.submit(admitted, request.recorded_at, draft);
  if (const auto* refused = std::get_if<RefusedRequest>(&result)) {
    return refused_finding(request, *refused);
  }
  if (const auto* error = std::get_if<Error>(&result)) {
    return error_finding(request, *error);
  }
  for (std::size_t i = 0; i < request.records.size(); ++i) {
    const bool same = i < draft.batch.records.size() &&
                      std::ranges::equal(request.records[i], draft.batch.records[i]);
    if (!same) {
      const FieldName field = first_difference(
          request.records[i], i < draft.batch.records.size() ? draft.batch.records[i] : Bytes());
      return rule_finding(number(request.first) + i,
                          "rule_differs",
                          "重新执行规则得到的“" + std::string(field.zh) + "”与记录不同",
                          "running the rules again gives another " + std::string(field.en));
    }
  }
  unpublished_ += request.records.size();
  if (unpublished_ >= publish_records) {
    publish();
  }
  return std::nullopt;
}

void RuleReplay::publish() {
  RowBatch rows;
  machine_.drain(rows, ++generation_);
  rows_.publish(std::move(rows), std::exchange(unpublished_, 0));
  machine_.durable(generation_);
}

FieldName first_difference(ByteView stored, ByteView decided) {
  const Result<RecordView> a = parse_record(stored);
  const Result<RecordView> b = parse_record(decided);
  if (!a || !b) {
    return {"格式", "layout"};
  }
  const std::array differences = {
      std::pair{a->index != b->index, FieldName{"序号", "index"}},
      std::pair{a->recorded_at != b->recorded_at, FieldName{"入卷时间", "recorded_at"}},
      std::pair{a->prev != b->prev, FieldName{"前一条指纹", "prev"}},
      std::pair{a->rules_version != b->rules_version, FieldName{"规则版本", "rules_version"}},
      std::pair{a->policy_version != b->policy_version, FieldName{"参数版本", "policy_version"}},
      std::pair{a->signatures != b->signatures, FieldName{"签名", "signatures"}},
      std::pair{a->path != b->path, FieldName{"请求内路径", "path"}},
      std::pair{a->links != b->links, FieldName{"案卷链接", "stream links"}},
      std::pair{!std::ranges::equal(a->assigned, b->assigned),
                FieldName{"系统赋值(票据号等)", "assigned values (receipt number …)"}},
      std::pair{!std::ranges::equal(a->header_bytes, b->header_bytes),
                FieldName{"请求头", "request header"}},
  };
  const auto found =
      std::ranges::find_if(differences, [](const auto& difference) { return difference.first; });
  return found == differences.end() ? FieldName{"事项", "statement"} : found->second;
}

}  // namespace juanzong::audit
