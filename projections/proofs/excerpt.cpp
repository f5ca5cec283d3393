// SPDX-License-Identifier: Apache-2.0
#include "projections/proofs/excerpt.h"

#include "events/log/record.h"
#include "events/model/check.h"

#include "projections/engine/row_keys.h"
#include "projections/proofs/excerpt_ledger.h"
#include "projections/state/genesis.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr LedgerOrdinal ordinal{0};

// Remembers which streams were looked up.
class WatchedRows final : public RowReader {
 public:
  WatchedRows(const RowReader& rows, std::set<std::string>& streams)
      : rows_(rows), streams_(streams), prefix_(stream_head_key(ordinal, "")) {}

  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override {
    if (key.starts_with(prefix_.view())) {
      streams_.emplace(key.substr(prefix_.size()));
    }
    return rows_.get(key);
  }
  void scan(std::string_view from, std::string_view to, const Visitor& visitor) const override {
    rows_.scan(from, to, visitor);
  }
  [[nodiscard]] std::optional<Row> last_at_most(std::string_view from,
                                                std::string_view at) const override {
    return rows_.last_at_most(from, at);
  }

 private:
  const RowReader& rows_;
  std::set<std::string>& streams_;
  const RowKey prefix_;
};

Failure broken(std::string_view zh, std::string_view en) {
  return fail(ErrorCode::proof_invalid, std::string(zh).append(" / ").append(en));
}

RoleSet auditor() {
  RoleSet roles;
  roles.add(Role::aud);
  return roles;
}

}  // namespace

Outcome Excerpt::add(const StreamProof& proof) {
  Result<StreamCompleteness> shown = verify_stream(proof, log_key_);
  if (!shown) {
    return fail(shown.error());
  }
  if (reach_ && (shown->close != reach_->close || shown->size != reach_->size)) {
    return broken("各案卷证明所依据的日结不同",
                  "the streams are proved up to different day closes");
  }
  for (const ProvenLeaf& leaf : proof.records) {
    records_.emplace(RecordIndex{leaf.position}, leaf.bytes);
  }
  streams_.insert(shown->stream);
  if (!reach_) {
    reach_ = *std::move(shown);
  }
  return Done{};
}

Result<CivilZone> Excerpt::zone() const {
  const auto first = records_.find(RecordIndex{0});
  const Result<RecordView> record = first == records_.end() ? fail(ErrorCode::not_found, "record 0")
                                                            : parse_record(first->second);
  const Result<GenesisFacts> facts =
      record ? read_genesis(record->statement.body) : Result<GenesisFacts>(fail(record.error()));
  return facts ? Result<CivilZone>(facts->zone) : fail(facts.error());
}

Excerpt::Asked Excerpt::ask(std::string_view view,
                            const QueryArguments& arguments,
                            const std::string& about) const {
  Asked asked;
  for (const std::string& stream : {std::string("ledger"), about}) {
    if (!streams_.contains(stream)) {
      asked.missing.insert(stream);
    }
  }
  if (!asked.missing.empty()) {
    return asked;
  }
  std::set<std::string> wanted;
  const RuleScope scope;
  try {
    Result<ExcerptLedger> made = make_excerpt_ledger(catalogue(), records_, streams_, reach_->size);
    if (!made) {
      asked.error = made.error();
      return asked;
    }
    wanted = made->keys;
    const DerivedRows::Snapshot snapshot(*made->rows);
    const WatchedRows rows(snapshot, wanted);
    const RecordReader reader(rows, *made->journal, ordinal);
    const AsOf as_of{
        made->head.name, reach_->checkpoint.origin, reach_->size, reach_->root, reach_->closed_at};
    const UnixMicros end = made->head.zone.start_of(reach_->day);
    const QuerySource source{
        rows, reader, catalogue(), ordinal, made->head.name, auditor(), {}, end, nullptr, &as_of};
    Result<Report> report = run_query(source, view, arguments);
    if (report) {
      asked.report = *std::move(report);
    } else {
      asked.error = report.error();
    }
  } catch (const BrokenInvariant& invariant) {
    // What a record rests on is not there yet.
    asked.error = {ErrorCode::proof_invalid, invariant.what()};
  }
  std::ranges::set_difference(wanted, streams_, std::inserter(asked.missing, asked.missing.end()));
  return asked;
}

}  // namespace juanzong
