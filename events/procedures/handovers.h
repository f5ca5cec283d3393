// SPDX-License-Identifier: Apache-2.0
// Handover cases (房屋交接): one a unit. The stage is computed from the facts (DOMAIN 4.11). What a
// key needs before it is given out stands here, because the procedure of keys asks it too.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct HandoverDefect {
  std::uint8_t responsible = 0;  // body::DefectResponsible
  CivilDate found_on;
  std::optional<CivilDate> rectified_on;
  template <class Ar>
  void visit(Ar& ar) {
    ar(responsible, found_on, rectified_on);
  }
};

// Key: unit code.
struct HandoverState {
  static constexpr StateKind kind = StateKind::handover;
  std::string roster_id;
  std::string roster_owner;     // person on the developer's list
  std::string roster_contract;  // number of the purchase contract on it
  std::string owner;            // whose identity was verified last with a roster match
  std::optional<CivilDate> begun_on;
  std::optional<RecordIndex> verified;  // absent after HandoverDeclined
  std::optional<RecordIndex> documents;
  std::optional<RecordIndex> owner_file;
  std::optional<RecordIndex> receipt;  // HandoverDocumentsIssued, signed
  std::optional<RecordIndex> completed;
  std::optional<RecordIndex> declined;
  std::optional<CivilDate> fee_from;
  std::optional<CivilDate> fee_last;
  std::map<std::string, HandoverDefect> defects;
  template <class Ar>
  void visit(Ar& ar) {
    ar(roster_id,
       roster_owner,
       roster_contract,
       owner,
       begun_on,
       verified,
       documents,
       owner_file,
       receipt,
       completed,
       declined,
       fee_from,
       fee_last,
       defects);
  }
  [[nodiscard]] int open_defects() const;
};

enum class HandoverStage : std::uint8_t { none, verified, ready, docs_signed, completed, declined };
[[nodiscard]] std::string_view code_of(HandoverStage stage);
[[nodiscard]] HandoverStage handover_stage(const World& world,
                                           std::string_view unit,
                                           CivilDate today);

// What must stand before a key is given to the owner (H-HOV-3).
enum class Formality : std::uint8_t {
  identity,
  owner_file,
  safety_paper,
  half_year_fee,
  document_receipt,
};
[[nodiscard]] std::string_view code_of(Formality formality);
// Those still missing, in the order in which they are done. The fee is missing while the owner has
// an open property fee charge on the unit and policy handover.fee_before_key holds; that the half
// year was assessed at all is asked of the charge that the event names (half_year_problems).
[[nodiscard]] std::vector<Formality> key_issue_obstacles(const World& world,
                                                         std::string_view unit,
                                                         CivilDate today);

// The policy date of the case: its begin, else `today`.
[[nodiscard]] CivilDate judged_on(const HandoverState& state, CivilDate today);
[[nodiscard]] bool fee_before_key(const World& world, std::string_view unit, CivilDate today);

// First day after the prepaid period that starts on `start` (policy handover.prepay_months).
[[nodiscard]] CivilDate prepaid_end(const World& world,
                                    std::string_view unit,
                                    CivilDate start,
                                    CivilDate today);
// Why that charge is not the owner's settled property fee of [from, end): empty if it is. A charge
// that need not be settled yet is judged with `settled` false.
struct HalfYear {
  std::string unit;
  std::string owner;
  CivilDate from;
  CivilDate end;
  bool settled = true;
};
[[nodiscard]] std::vector<Fact> half_year_problems(const World& world,
                                                   std::string_view charge_id,
                                                   const HalfYear& expected);

// A key kept back for rectification: asked by RectificationKeyRetained of the procedure of keys.
inline constexpr Rule rectification_key_rule{"H-HOV-6",
                                             "S0§1.7",
                                             "留整改钥匙须征得业主同意",
                                             "a rectification key is kept only with the owner's "
                                             "recorded opinion"};
void check_rectification_key(bool signed_by_the_owner,
                             std::string_view unit,
                             const World& world,
                             Decision& decision);

}  // namespace juanzong
