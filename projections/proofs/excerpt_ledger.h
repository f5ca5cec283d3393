// SPDX-License-Identifier: Apache-2.0
// Rows and a journal that hold some records of a ledger and nothing else, for an Excerpt. Locators,
// states, postings and the proved streams are there; tiles and days are not.
#pragma once

#include "events/log/journal.h"
#include "events/procedures/catalogue.h"

#include "projections/engine/derived_rows.h"
#include "projections/state/genesis.h"
#include "projections/state/ledger_head.h"

#include <map>
#include <memory>
#include <set>
#include <string>

namespace juanzong {

// One frame a record, at the position of its index.
class ExcerptJournal final : public Journal {
 public:
  void add(RecordIndex index, Frame frame) { frames_.emplace(number(index), std::move(frame)); }

  [[nodiscard]] JournalHead head() const override { return {}; }
  [[nodiscard]] AppendOutcome append(const Frame&) override { return AppendOutcome::unavailable; }
  [[nodiscard]] Result<JournalHead> resolve(const Frame&) override { return head(); }
  // There is no order in an excerpt.
  [[nodiscard]] std::unique_ptr<JournalCursor> tail(std::uint64_t) const override;
  [[nodiscard]] Result<Bytes> chunk(std::uint64_t position, std::uint16_t chunk) const override;

 private:
  std::map<std::uint64_t, Frame> frames_;
};

struct ExcerptLedger {
  std::unique_ptr<DerivedRows> rows;
  std::unique_ptr<ExcerptJournal> journal;
  LedgerHead head;
  std::set<std::string> keys;  // streams of the keys that signed the records
};

// `records` begin with record 0. corruption if one cannot be folded.
[[nodiscard]] Result<ExcerptLedger> make_excerpt_ledger(const Catalogue& catalogue,
                                                        const std::map<RecordIndex, Bytes>& records,
                                                        const std::set<std::string>& streams,
                                                        std::uint64_t size);

}  // namespace juanzong
