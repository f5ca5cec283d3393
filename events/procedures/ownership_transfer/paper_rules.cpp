// SPDX-License-Identifier: Apache-2.0
// Evidence, owner files and the roster: who the new owner is, and when he became it.
#include "events/procedures/case_checks.h"
#include "events/procedures/owner_files.h"
#include "events/procedures/ownership_transfer/ownership_transfer_generated.h"
#include "events/procedures/ownership_transfer/transfer_rules.h"
#include "events/procedures/signatures.h"
#include "events/procedures/units.h"

#include <array>
#include <string>

namespace juanzong::ownership_transfer {
namespace {

using Stage = TransferStage;

// The certificate names the new owner: a paper in the old owner's name was issued before.
void check_evidence(const body::OwnershipTransferSubmitted& event, Decision& decision) {
  std::vector<Fact> wrong;
  if (event.evidence() == body::TransferEvidence::PRIVATE_CONTRACT) {
    wrong.push_back(fact("evidence", "PRIVATE_CONTRACT"));
  }
  if (view_of(event.holder_on_cert()) != view_of(event.new_owner())) {
    wrong.push_back(fact("holder_on_cert", view_of(event.holder_on_cert())));
  }
  if (!wrong.empty()) {
    decision.refuse(evidence_rule, std::move(wrong));
  }
}

void check_owners(const body::OwnershipTransferSubmitted& event,
                  const UnitState& unit,
                  Decision& decision) {
  if (unit.owner != view_of(event.old_owner())) {
    decision.refuse_schema("old_owner", "不是该房屋现业主", "not the unit's owner");
  }
  if (view_of(event.old_owner()) == view_of(event.new_owner())) {
    decision.refuse_schema("new_owner", "新老业主为同一人", "old and new owner are one person");
  }
}

void decide_submitted(const body::OwnershipTransferSubmitted& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  check_unit_registered(world, view_of(event.unit()), decision);
  const Stage stage = transfer_stage(world, view_of(event.transfer_id()));
  if (stage != Stage::none) {
    decision.refuse_state(code_of(stage), code_of(Stage::none));
  }
  if (const auto* unit = world.find<UnitState>(view_of(event.unit()))) {
    if (!unit->handed_over) {
      decision.refuse_state("NOT_HANDED_OVER", "HANDED_OVER");
    } else {
      check_owners(event, *unit, decision);
    }
  }
  check_evidence(event, decision);
  check_signature(signed_by_owner(event.signatures(), view_of(event.new_owner())),
                  "须由新业主签名",
                  "the new owner must sign",
                  decision);
}

void apply_submitted(const body::OwnershipTransferSubmitted& event,
                     const EventContext& context,
                     WorldChange& world) {
  TransferState& transfer = world.edit<TransferState>(view_of(event.transfer_id()));
  transfer.unit = text_of(event.unit());
  transfer.old_owner = text_of(event.old_owner());
  transfer.new_owner = text_of(event.new_owner());
  transfer.evidence = static_cast<std::uint8_t>(event.evidence());
  transfer.submitted = context.index;
  transfer.submitted_on = context.today;
}

void decide_verified(const body::OwnershipTransferVerified& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  const auto transfer = check_stage(event, Stage::submitted, world, decision);
  check_unit_of_transfer(event, transfer, decision);
  const auto* staff = world.find<StaffState>(view_of(event.verified_by()));
  if (staff == nullptr || !staff->registered) {
    decision.refuse_schema("verified_by", "无此员工", "no such member of staff");
  }
  if (!event.ok() && event.note() == nullptr) {
    decision.refuse_schema("note", "不予确认须说明原因", "say why it was not confirmed");
  }
}

void apply_verified(const body::OwnershipTransferVerified& event,
                    const EventContext& context,
                    WorldChange& world) {
  TransferState& transfer = world.edit<TransferState>(view_of(event.transfer_id()));
  (event.ok() ? transfer.verified : transfer.rejected) = context.index;
}

void decide_file(const body::NewOwnerFileCreated& event,
                 const EventContext&,
                 const World& world,
                 Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const auto transfer = check_stage(event, Stage::settled, world, decision);
  if (!transfer.submitted) {
    return;
  }
  check_unit_of_transfer(event, transfer, decision);
  if (transfer.file && transfer_stage(world, view_of(event.transfer_id())) == Stage::settled) {
    decision.refuse_state("SETTLED, file created before", "SETTLED, no file yet");
  }
  if (transfer.new_owner != view_of(event.person())) {
    decision.refuse_schema("person", "不是该转让的新业主", "not the new owner of the transfer");
  }
  check_owner_file_asked(event, decision);
  if (!signed_by_owner(event.signatures(), transfer.new_owner)) {
    decision.refuse(owner_file_rule, {fact("field", "signatures")});
  }
}

void apply_file(const body::NewOwnerFileCreated& event,
                const EventContext& context,
                WorldChange& world) {
  world.edit<TransferState>(view_of(event.transfer_id())).file = context.index;
}

// A second annotation corrects the day of the first; the same day again says nothing.
void decide_annotated(const body::FormerOwnerFileAnnotated& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  const Stage stage = transfer_stage(world, view_of(event.transfer_id()));
  const auto transfer = world.get<TransferState>(view_of(event.transfer_id()));
  if (stage != Stage::settled && stage != Stage::documented) {
    decision.refuse_state(code_of(stage), "SETTLED, DOCUMENTED");
  } else if (transfer.annotated && transfer.transferred_on == date_of(event.transferred_on())) {
    decision.refuse_state("annotated with this day before", "SETTLED, DOCUMENTED (another day)");
  }
  check_unit_of_transfer(event, transfer, decision);
  check_not_in_future("transferred_on", date_of(event.transferred_on()), context, decision);
  if (transfer.submitted && transfer.old_owner != view_of(event.person())) {
    decision.refuse_schema("person", "不是该转让的原业主", "not the former owner of the transfer");
  }
}

void apply_annotated(const body::FormerOwnerFileAnnotated& event,
                     const EventContext& context,
                     WorldChange& world) {
  TransferState& transfer = world.edit<TransferState>(view_of(event.transfer_id()));
  transfer.annotated = context.index;
  transfer.transferred_on = date_of(event.transferred_on());
}

// What must stand before the roster is changed, each under its own rule.
void check_documented(const TransferState& transfer,
                      std::string_view transfer_id,
                      CivilDate effective_on,
                      const World& world,
                      Decision& decision) {
  const auto need = [&decision](bool done, const Rule& rule, std::string_view what) {
    if (!done) {
      decision.refuse(rule, {fact("missing", what)});
    }
  };
  need(transfer.verified.has_value(), evidence_rule, "verification");
  need(transfer.settled.has_value(), settlement_rule, "settlement");
  // Looked at again: a charge may have come after the settlement.
  check_former_owner(transfer, effective_on, world, decision);
  need(prepayment_stands(world, transfer), prepayment_rule, "prepayment");
  need(transfer.file.has_value(), papers_rule, "owner_file_and_id_copy");
  need(transfer_paper_signed(world, transfer_id), papers_rule, "responsibility_paper");
  need(transfer.annotated.has_value(), annotation_rule, "annotation");
  if (transfer.annotated && transfer.transferred_on != effective_on) {
    decision.refuse(
        annotation_rule,
        {fact("transferred_on", *transfer.transferred_on), fact("effective", effective_on)});
  }
}

void check_effective(UnixMicros effective,
                     const TransferState& transfer,
                     const EventContext& context,
                     const World& world,
                     Decision& decision) {
  check_instant_passed("effective", effective, context, world, decision);
  const auto unit = world.get<UnitState>(transfer.unit);
  const bool too_early =
      (!unit.former_owners.empty() && effective < unit.former_owners.back().until) ||
      (unit.handed_over_on && world.zone().date_of(effective) < *unit.handed_over_on);
  if (too_early) {
    decision.refuse_schema(
        "effective", "早于原业主取得该房屋", "before the former owner had the unit");
  }
}

void decide_transferred(const body::OwnershipTransferred& event,
                        const EventContext& context,
                        const World& world,
                        Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const Stage stage = transfer_stage(world, view_of(event.transfer_id()));
  if (stage == Stage::none || stage >= Stage::effective) {
    decision.refuse_state(code_of(stage), code_of(Stage::documented));
    return;
  }
  const auto transfer = world.get<TransferState>(view_of(event.transfer_id()));
  check_unit_of_transfer(event, transfer, decision);
  const UnixMicros effective = *parse_instant(view_of(event.effective()));
  check_documented(
      transfer, view_of(event.transfer_id()), world.zone().date_of(effective), world, decision);
  check_effective(effective, transfer, context, world, decision);
  if (transfer.new_owner != view_of(event.new_owner())) {
    decision.refuse_schema("new_owner", "不是该转让的新业主", "not the new owner of the transfer");
  }
  check_signature(signed_by_staff(event.signatures(), Role::arc, world),
                  "须由档案员签名",
                  "the archivist must sign",
                  decision);
}

// The facets stay (DOMAIN 4.1): who lives there does not change because the flat was sold.
void apply_transferred(const body::OwnershipTransferred& event,
                       const EventContext& context,
                       WorldChange& world) {
  const UnixMicros effective = *parse_instant(view_of(event.effective()));
  TransferState& transfer = world.edit<TransferState>(view_of(event.transfer_id()));
  transfer.effective = context.index;
  transfer.effective_at = effective;
  const FormerOwner former{
      transfer.old_owner, text_of(event.transfer_id()), effective, context.index};
  const std::string new_owner = transfer.new_owner;
  change_unit(
      world, view_of(event.unit()), world.zone().date_of(effective), context, [&](UnitState& unit) {
        unit.former_owners.push_back(former);
        unit.owner = new_owner;
      });
}

constexpr std::array handlers{
    event<body::OwnershipTransferSubmitted, decide_submitted, apply_submitted>(
        "OwnershipTransferSubmitted"),
    event<body::OwnershipTransferVerified, decide_verified, apply_verified>(
        "OwnershipTransferVerified"),
    event<body::NewOwnerFileCreated, decide_file, apply_file>("NewOwnerFileCreated"),
    event<body::FormerOwnerFileAnnotated, decide_annotated, apply_annotated>(
        "FormerOwnerFileAnnotated"),
    event<body::OwnershipTransferred, decide_transferred, apply_transferred>(
        "OwnershipTransferred"),
};

}  // namespace

std::span<const EventHandler> paper_handlers() {
  return handlers;
}

}  // namespace juanzong::ownership_transfer
