// SPDX-License-Identifier: Apache-2.0
// SnapshotWorld: the durable state of one ledger as a World, decoded on demand from the derived
// rows. Views ask the same questions of it that rules ask of the writer's world.
#pragma once

#include "events/procedures/catalogue.h"
#include "events/procedures/world.h"

#include "projections/engine/derived_rows.h"
#include "projections/engine/row_keys.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace juanzong {

// Total of a posting account as of an index (inclusive); nullopt: nothing was posted yet.
[[nodiscard]] std::optional<std::int64_t> total_at(const RowReader& rows,
                                                   LedgerOrdinal ledger,
                                                   PostingView view,
                                                   std::string_view account,
                                                   RecordIndex upto);

class SnapshotWorld final : public World {
 public:
  SnapshotWorld(const RowReader& rows,
                LedgerOrdinal ledger,
                const Catalogue& catalogue,
                CivilZone zone);
  [[nodiscard]] const CivilZone& zone() const override { return zone_; }

  // Total of a posting account now, or as of an index (inclusive).
  [[nodiscard]] std::int64_t posted(PostingView view, std::string_view account) const;
  [[nodiscard]] std::int64_t posted_as_of(PostingView view,
                                          std::string_view account,
                                          RecordIndex upto) const;

 private:
  [[nodiscard]] const StateBox* find_box(StateKind kind, std::string_view key) const override;

  const RowReader& rows_;
  LedgerOrdinal ledger_;
  const Catalogue& catalogue_;
  CivilZone zone_;
  mutable std::map<std::pair<StateKind, std::string>, std::unique_ptr<StateBox>> decoded_;
};

}  // namespace juanzong
