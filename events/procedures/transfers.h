// SPDX-License-Identifier: Apache-2.0
// Ownership transfers (业主转让) of a unit that was handed over. The stage is computed from the
// facts (DOMAIN 4.9), so a reversed prepayment takes SETTLED back by itself. Stands here because
// the responsibility paper (handover) and keys ask it too.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

// Key: transfer id.
struct TransferState {
  static constexpr StateKind kind = StateKind::transfer;
  std::string unit;
  std::string old_owner;
  std::string new_owner;
  std::uint8_t evidence = 0;  // body::TransferEvidence
  std::optional<RecordIndex> submitted;
  CivilDate submitted_on;  // the policy in force on this day judges the case
  std::optional<RecordIndex> verified;
  std::optional<RecordIndex> rejected;
  std::optional<RecordIndex> settled;  // FormerOwnerSettled
  std::optional<UnixMicros> settled_up_to;
  Fen settled_total;
  std::optional<RecordIndex> prepaid;  // NewOwnerPrepaid, the last one
  std::string prepaid_charge;
  std::optional<CivilDate> prepaid_from;
  std::optional<CivilDate> prepaid_last;  // the printed last day
  std::optional<RecordIndex> file;        // NewOwnerFileCreated
  std::optional<RecordIndex> annotated;   // FormerOwnerFileAnnotated, the last one
  std::optional<CivilDate> transferred_on;
  std::optional<RecordIndex> effective;  // OwnershipTransferred
  std::optional<UnixMicros> effective_at;
  template <class Ar>
  void visit(Ar& ar) {
    ar(unit,
       old_owner,
       new_owner,
       evidence,
       submitted,
       submitted_on,
       verified,
       rejected,
       settled,
       settled_up_to,
       settled_total);
    ar(prepaid,
       prepaid_charge,
       prepaid_from,
       prepaid_last,
       file,
       annotated,
       transferred_on,
       effective,
       effective_at);
  }
};

enum class TransferStage : std::uint8_t {
  none,
  submitted,
  verified,
  settled,
  documented,
  effective,
  rejected,
  superseded,  // another transfer of the unit took effect after this one was submitted
};
[[nodiscard]] std::string_view code_of(TransferStage stage);
[[nodiscard]] TransferStage transfer_stage(const World& world, std::string_view transfer_id);

// The new owner's prepaid charge is still settled: neither it nor its payment was reversed.
[[nodiscard]] bool prepayment_stands(const World& world, const TransferState& transfer);
// Whether the new owner signed the responsibility paper of this transfer, or, since it was
// submitted, one that names no case.
[[nodiscard]] bool transfer_paper_signed(const World& world, std::string_view transfer_id);

}  // namespace juanzong
