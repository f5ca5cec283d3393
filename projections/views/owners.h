// SPDX-License-Identifier: Apache-2.0
// Who owned a unit when: the first owner from his file on, each further one from the moment at
// which a transfer took effect. The owner file and the list of transfers show it.
#pragma once

#include "projections/views/report_builder.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct OwnershipPeriod {
  std::string owner;
  std::optional<RecordIndex> file;  // OwnerFileCreated, NewOwnerFileCreated
  std::optional<UnixMicros> from;
  // Missing for the present owner.
  std::optional<UnixMicros> until;
  std::string transfer_id;                 // by which it ended
  std::optional<RecordIndex> transferred;  // OwnershipTransferred
  std::optional<CivilDate> transferred_on;
  std::optional<RecordIndex> annotated;  // FormerOwnerFileAnnotated
};

// Oldest first; empty while the unit has no owner. `world` holds the unit at the moment.
[[nodiscard]] Result<std::vector<OwnershipPeriod>> owners_of(const ViewContext& context,
                                                             const World& world,
                                                             std::string_view unit);
// The owner at the end of the business date; nullptr before the first one.
[[nodiscard]] const OwnershipPeriod* owner_on(const std::vector<OwnershipPeriod>& owners,
                                              const ViewContext& context);
[[nodiscard]] ReportTable owners_table(const std::vector<OwnershipPeriod>& owners);

}  // namespace juanzong
