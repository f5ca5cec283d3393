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
  std::optional<RecordIndex> receipt;        // HandoverDocumentsIssued, signed
  std::optional<RecordIndex> keys_out;       // KeyIssuedToOwner of this case
  std::optional<RecordIndex> key_exception;  // KeyIssueExceptionApproved, not used yet
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
       keys_out,
       key_exception,
       completed,
       declined,
       fee_from,
       fee_last,
       defects);
  }
  [[nodiscard]] int open_defects() const;
};

enum class HandoverStage : std::uint8_t {
  none,
  verified,
  ready,
  docs_signed,
  keys_out,
  completed,
  declined,
};
[[nodiscard]] std::string_view code_of(HandoverStage stage);
[[nodiscard]] HandoverStage handover_stage(const World& world,
                                           std::string_view unit,
                                           CivilDate today);

// Whose word counts: the owner verified last until the handover is completed, then the unit's
// owner. Empty: nobody was verified.
[[nodiscard]] std::string owner_of_handover(const World& world, std::string_view unit);

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

// What keeps the keys from the owner at the handover, one fact each: the formalities that are
// missing, and why that charge is not his settled half year where the fee comes first. Empty:
// nothing does.
[[nodiscard]] std::vector<Fact> key_issue_problems(const World& world,
                                                   std::string_view unit,
                                                   std::string_view fee_charge_id,
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

// Asked by HandoverCompleted, and by KeyIssuedToOwner of the procedure of keys.
inline constexpr Rule handover_formalities_rule{"H-HOV-3",
                                                "S0§23.2(2)",
                                                "接房手续办理完毕后方可交付钥匙",
                                                "keys only after all handover formalities"};
inline constexpr Rule handover_receipt_rule{"H-HOV-4",
                                            "S0§1.8, S0§23.2(2)",
                                            "文件和钥匙须由业主签收",
                                            "the owner signs for documents and keys"};

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
