// SPDX-License-Identifier: Apache-2.0
// Operation (系统运行, PX): what the server itself puts on record about its own working, under a
// key of its own, and the correction of its clock by two administrators.
#pragma once

#include "events/model/civil_time.h"
#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <optional>
#include <string_view>

namespace juanzong {

[[nodiscard]] const Procedure& operation_procedure();

// Key: operation_key.
struct OperationState {
  static constexpr StateKind kind = StateKind::operation;
  std::uint32_t rules_version = 1;  // until the first RulesActivated
  crypto::Digest catalogue_digest;  // of the last RulesActivated; zero before the first
  // The newest ClockCorrected: the record after it may fall back to `true_time`.
  std::optional<RecordIndex> clock_corrected;
  UnixMicros true_time;
  std::optional<CivilDate> closed_day;  // the newest DayClosed
  std::uint64_t closed_size = 0;
  std::uint64_t stamped_size = 0;  // the newest CheckpointTimestamped; 0: none
  UnixMicros stamped_at;
  std::uint64_t witnessed_size = 0;  // the newest ChainAnchored
  template <class Ar>
  void visit(Ar& ar) {
    ar(rules_version,
       catalogue_digest,
       clock_corrected,
       true_time,
       closed_day,
       closed_size,
       stamped_size,
       stamped_at,
       witnessed_size);
  }
};
inline constexpr std::string_view operation_key = "operation";

}  // namespace juanzong
