// SPDX-License-Identifier: Apache-2.0
// DecorationCase (装修个案): what is remembered of a decoration case, by its own rules (P02) and by
// the gate that admits its workers and materials (P34). Two stages of the state machine are
// never stored, because other procedures' facts make them: PAID (fees settled) and CLOSED (no
// deposit of the case is held any more). Ask stage_of() in decoration/stages.h for the stage.
#pragma once

#include "events/procedures/world.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace juanzong {

enum class DecorationStage : std::uint8_t {
  none,
  applied,
  complete,
  in_review,
  approved,
  acknowledged,
  contracted,
  paid,  // derived
  permitted,
  under_work,
  acceptance_requested,
  accepted,
  rejected,
  cancelled,
  closed,  // derived
};
inline constexpr int decoration_stage_count = 15;

// One paper of the contractor, or one drawing (then verified is not asked).
struct DecorationPaper {
  bool stamped = false;
  bool verified = false;
  std::optional<CivilDate> valid_to;
  template <class Ar>
  void visit(Ar& ar) {
    ar(stamped, verified, valid_to);
  }
};

// A serious violation and its penalty.
struct DecorationViolation {
  RecordIndex recorded{};
  std::string recorded_by;  // staff, H-SOD-2
  Fen proposed;             // zero: no penalty proposed
  std::uint32_t owner_calls_missed = 0;
  bool owner_reached = false;
  bool contractor_notified = false;
  bool owner_receipted = false;  // signed, or refused to
  bool contractor_receipted = false;
  std::optional<Fen> confirmed;
  RecordIndex confirmed_at{};
  bool waived = false;
  bool rectified = false;
  template <class Ar>
  void visit(Ar& ar) {
    ar(recorded,
       recorded_by,
       proposed,
       owner_calls_missed,
       owner_reached,
       contractor_notified,
       owner_receipted,
       contractor_receipted,
       confirmed,
       confirmed_at,
       waived,
       rectified);
  }
  [[nodiscard]] bool deductible() const { return confirmed.has_value() && !waived; }
  [[nodiscard]] bool pending() const { return !confirmed && !waived && proposed > zero_fen; }
};

struct WorkerPass {
  CivilDate valid_to;
  bool returned = false;
  template <class Ar>
  void visit(Ar& ar) {
    ar(valid_to, returned);
  }
};

// Written consent to bring restricted materials in (S0§2.13(4)).
struct MaterialApproval {
  RecordIndex index{};
  CivilDate valid_to;
  std::vector<std::string> items;
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, valid_to, items);
  }
};

// Key: deco id ("2025-0031").
struct DecorationCase {
  static constexpr StateKind kind = StateKind::decoration;
  DecorationStage stage = DecorationStage::none;
  std::string unit;
  std::string applicant;   // owner at the application
  std::string contractor;  // empty: the owner works himself
  std::string principal;   // person in charge at the contractor's, or empty
  CivilDate applied_on;    // the policy in force on this day judges the case
  bool commercial_or_key_site = false;
  std::string undertaking_by;  // owner who gave the last undertaking; empty: none yet
  bool delegates_agreement = false;
  bool documents_collected = false;
  std::map<std::uint8_t, DecorationPaper> papers;    // by body::ContractorPaper
  std::map<std::uint8_t, DecorationPaper> drawings;  // plan, ceiling, pipes, section: 0 to 3
  // body::GovernmentItem -> the authority's approval is recorded.
  std::map<std::uint8_t, bool> government;
  bool customer_approved = false;
  bool engineering_approved = false;
  std::string acknowledged_by;  // owner who signed the approval sheet
  bool agreement_signed = false;
  std::map<std::string, WorkerPass> passes;
  std::optional<CivilDate> entered_on;
  std::map<std::string, DecorationViolation> violations;
  std::optional<CivilDate> accepted_on;
  std::optional<CivilDate> cancelled_on;
  std::vector<std::string> deposits;  // oldest first
  std::vector<MaterialApproval> material_approvals;
  template <class Ar>
  void visit(Ar& ar) {
    ar(stage,
       unit,
       applicant,
       contractor,
       principal,
       applied_on,
       commercial_or_key_site,
       undertaking_by,
       delegates_agreement,
       documents_collected,
       papers,
       drawings,
       government);
    ar(customer_approved,
       engineering_approved,
       acknowledged_by,
       agreement_signed,
       passes,
       entered_on,
       violations,
       accepted_on,
       cancelled_on,
       deposits,
       material_approvals);
  }
};

}  // namespace juanzong
