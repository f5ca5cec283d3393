// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/day_replay.h"

#include "crypto/merkle_tree.h"

#include "events/log/stream_heads.h"

#include "projections/state/log_rows.h"

#include <array>
#include <utility>

namespace juanzong::audit {
namespace {

AuditFinding finding(std::uint64_t index, std::string zh, std::string en) {
  return {Check::day_closes, index, "day_close_differs", std::move(zh), std::move(en)};
}

struct FieldOfDay {
  bool differs = false;
  std::string_view zh;
  std::string_view en;
};

std::optional<FieldOfDay> first_difference(const DayFacts& stated, const DayFacts& found) {
  const std::array fields = {
      FieldOfDay{stated.size != found.size, "条数", "number of records"},
      FieldOfDay{stated.root != found.root, "树根", "root of the tree"},
      FieldOfDay{stated.streams != found.streams, "案卷数", "number of streams"},
      FieldOfDay{stated.streams_root != found.streams_root, "案卷树根", "root of the streams"},
      FieldOfDay{stated.totals != found.totals, "账户合计", "control totals"},
  };
  for (const FieldOfDay& field : fields) {
    if (field.differs) {
      return field;
    }
  }
  return std::nullopt;
}

}  // namespace

// What lies at or after the size is looked at again for the next close.
void DayReplay::update_leaves(const RowReader& rows, std::uint64_t size) {
  const LogRows log(rows, ledger_);
  std::set<std::string, std::less<>> later;
  for (const std::string& name : touched_) {
    const StreamHead head = log.stream_head_at(name, size);
    if (number(head.version) > 0) {
      leaves_.insert_or_assign(name, named_head_leaf({name, head.version, head.last}));
    }
    if (number(log.stream_head(name).last) >= size) {
      later.insert(name);
    }
  }
  touched_ = std::move(later);
}

DayFacts DayReplay::facts_of(CivilDate day) {
  const DerivedRows::Snapshot rows(rows_);
  const LogRows log(rows, ledger_);
  DayFacts facts;
  facts.day = day;
  const RecordIndex last = log.last_of_day(day);
  if (last == no_index) {
    return facts;
  }
  facts.size = number(last) + 1;
  facts.root = log.root(facts.size);
  update_leaves(rows, facts.size);
  crypto::CompactRange tree;
  for (const auto& [name, leaf] : leaves_) {
    tree.append(leaf);
  }
  facts.streams = tree.size();
  facts.streams_root = tree.root();
  facts.totals = control_totals(rows, ledger_, facts.size);
  return facts;
}

std::optional<AuditFinding> DayReplay::check(std::uint64_t index, ByteView body) {
  const DayFacts stated = read_day(body);
  if (days_++ == 0) {
    const DerivedRows::Snapshot rows(rows_);
    if (LogRows(rows, ledger_).first_day() != stated.day) {
      return finding(index,
                     "首次日结不是建账当日:" + to_text(stated.day),
                     "the first day closed is not the ledger's first: " + to_text(stated.day));
    }
  }
  const auto difference = first_difference(stated, facts_of(stated.day));
  if (!difference) {
    return std::nullopt;
  }
  return finding(index,
                 to_text(stated.day) + " 日结的“" + std::string(difference->zh) + "”与记录不符",
                 "the " + std::string(difference->en) + " in the close of " + to_text(stated.day) +
                     " is not that of the records");
}

}  // namespace juanzong::audit
