// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/derived_audit.h"

#include "events/model/byte_io.h"
#include "events/procedures/catalogue.h"
#include "events/storage/memory_row_store.h"
#include "events/storage/row_store.h"
#include "events/storage/row_store_check.h"

#include "projections/engine/derived_rows.h"
#include "projections/engine/row_keys.h"
#include "projections/state/ledger_set.h"

#include "tools/juanzong_audit/row_name.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace juanzong::audit {
namespace {

std::optional<LedgerOrdinal> ordinal_of(std::string_view key) {
  const bool of_ledger = key.size() >= 3 && static_cast<Table>(key.front()) != Table::position;
  return of_ledger ? std::optional(LedgerOrdinal{
                         static_cast<std::uint16_t>((static_cast<unsigned char>(key[1]) << 8U) |
                                                    static_cast<unsigned char>(key[2]))})
                   : std::nullopt;
}

AuditFinding finding_of(std::string_view key, std::string zh, std::string en) {
  const RowName row = name_of_row(key);
  return {Check::derived,
          std::nullopt,
          "derived_row",
          "派生数据与记录不符:" + row.zh + zh + ";记录本身无误,用 juanzong rebuild 重算",
          "the derived rows are not what the records make of them: a row of " + row.en + " " + en +
              "; the records are sound, juanzong rebuild computes the rows again"};
}

// Goes through both sides in key order.
class Comparison {
 public:
  void run(const RowStore& live_rows, const RowStore& folded_rows) {
    const auto live = live_rows.seek({});
    const auto folded = folded_rows.seek({});
    while (live->valid() || folded->valid()) {
      if (!folded->valid() || (live->valid() && live->key() < folded->key())) {
        note(live->key(), "多出一行", "was added");
        live->next();
      } else if (!live->valid() || folded->key() < live->key()) {
        note(folded->key(), "缺少一行", "is missing");
        folded->next();
      } else {
        if (live->value() != folded->value()) {
          note(live->key(), "的一行被改动", "was altered");
        } else {
          count(live->key());
        }
        live->next();
        folded->next();
      }
    }
  }
  [[nodiscard]] const std::map<LedgerOrdinal, DerivedVerdict>& verdicts() const {
    return verdicts_;
  }

 private:
  void count(std::string_view key) {
    if (const auto ordinal = ordinal_of(key)) {
      ++verdicts_[*ordinal].rows;
    }
  }
  void note(std::string_view key, std::string zh, std::string en) {
    DerivedVerdict& verdict = verdicts_[ordinal_of(key).value_or(LedgerOrdinal{0})];
    if (!verdict.finding) {
      verdict.finding = finding_of(key, std::move(zh), std::move(en));
    }
  }

  std::map<LedgerOrdinal, DerivedVerdict> verdicts_;
};

// The frames before a position: the rows are compared where they stand, so that nothing ever runs
// on rows that somebody may have edited.
class JournalBefore final : public Journal {
 public:
  JournalBefore(const Journal& whole, std::uint64_t end) : whole_(whole), end_(end) {}
  [[nodiscard]] JournalHead head() const override { return {end_, {}}; }
  [[nodiscard]] AppendOutcome append(const Frame& /*frame*/) override {
    return AppendOutcome::unavailable;
  }
  [[nodiscard]] Result<JournalHead> resolve(const Frame& /*frame*/) override { return head(); }
  [[nodiscard]] std::unique_ptr<JournalCursor> tail(std::uint64_t from) const override {
    return std::make_unique<Cursor>(whole_.tail(from), end_ - std::min(end_, from));
  }
  [[nodiscard]] Result<Bytes> chunk(std::uint64_t position, std::uint16_t chunk) const override {
    return whole_.chunk(position, chunk);
  }

 private:
  class Cursor final : public JournalCursor {
   public:
    Cursor(std::unique_ptr<JournalCursor> whole, std::uint64_t left)
        : whole_(std::move(whole)), left_(left) {}
    [[nodiscard]] Result<std::optional<Frame>> next() override {
      if (left_ == 0) {
        return std::optional<Frame>();
      }
      --left_;
      return whole_->next();
    }

   private:
    std::unique_ptr<JournalCursor> whole_;
    std::uint64_t left_;
  };

  const Journal& whole_;
  std::uint64_t end_;
};

// Frames that the rows stand for; they were found to fit the journal.
std::uint64_t position_of(const DerivedRows& rows) {
  const auto row = rows.get(position_key());
  ByteReader in(row ? bytes_of(*row) : ByteView());
  return row ? in.take<std::uint64_t>() : 0;
}

DerivedComparison rebuilt_by_server(std::string zh, std::string en) {
  DerivedComparison comparison;
  comparison.not_checked = NotChecked{"派生数据" + zh + ",服务器启动时会重算",
                                      "the derived rows " + en + "; the server rebuilds them"};
  return comparison;
}

}  // namespace

DerivedComparison compare_derived(const Journal& journal,
                                  const std::filesystem::path& folder,
                                  const std::function<void(std::uint64_t)>& progress) {
  Result<std::unique_ptr<RowStore>> store = open_row_store_read_only(folder);
  if (!store || !row_store_is_whole(folder)) {
    return rebuilt_by_server("不存在或已损坏", "are not there or damaged");
  }
  DerivedRows live(std::move(*store));  // nothing is published to it: all its rows are stored
  if (!rows_fit(live, journal)) {
    return rebuilt_by_server("属于另一份日志、另一格式,或比日志新(服务器仍在运行)",
                             "are of another journal or format, or newer (a server is running)");
  }
  DerivedRows folded(make_memory_row_store());
  LedgerSet ledgers(folded, catalogue());
  const Outcome built = ledgers.catch_up(
      JournalBefore(journal, position_of(live)),
      [&progress](std::uint64_t records) { progress ? progress(records) : void(); },
      [&folded] {
        static_cast<void>(folded.store().write(folded.freeze()));  // memory does not fail
        folded.thaw();
      });
  if (!built) {
    return rebuilt_by_server("无法由日志重算", "cannot be computed from the journal");
  }
  Comparison comparison;
  comparison.run(live.store(), folded.store());
  DerivedComparison result;
  for (const LedgerMachine* machine : ledgers.all()) {
    const auto found = comparison.verdicts().find(machine->ordinal());
    if (found != comparison.verdicts().end()) {
      result.ledgers[machine->head().id] = found->second;
    }
  }
  return result;
}

}  // namespace juanzong::audit
