// SPDX-License-Identifier: Apache-2.0
// Documents, their loans and their keeper (S0§12.3, S2·1§2): who may consent, who signs for what.
#include "events/procedures/archives/archives_generated.h"
#include "events/procedures/archives/archives_rules.h"
#include "events/procedures/case_checks.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>

namespace juanzong::archives {
namespace {

constexpr std::array superiors{Role::csm,
                               Role::ps,
                               Role::pm,
                               Role::engm,
                               Role::secm,
                               Role::mdm,
                               Role::qd,
                               Role::cl,
                               Role::arc};
// Who may let a confidential document go.
constexpr std::array permission_holders{Role::pm, Role::cl};

// Somebody of these roles signed who is not `except`.
bool signed_by_another(const SignatureList* signatures,
                       std::span<const Role> roles,
                       std::string_view except,
                       const World& world) {
  return signatures != nullptr &&
         std::any_of(
             signatures->begin(), signatures->end(), [&](const body::SignatureBlock* block) {
               return view_of(block->signer()) != except &&
                      std::ranges::any_of(roles, [&](Role role) {
                        return is_signature_of_staff(*block, role, world);
                      });
             });
}

void apply_archived(const body::DocumentArchived& event, const EventContext&, WorldChange& world) {
  ArchiveEntry& doc = world.edit<ArchiveEntry>(archive_key("doc", view_of(event.doc_id())));
  doc.subject = text_of(event.volume_id());
  doc.confidential = event.confidential();
}

void decide_requested(const body::DocumentBorrowRequested& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  if (*date_of(event.due()) < day_of_fact(context, world)) {
    decision.refuse_schema("due", "归还日期早于申请日", "due before the day of the request");
  }
}

void apply_requested(const body::DocumentBorrowRequested& event,
                     const EventContext&,
                     WorldChange& world) {
  ArchiveEntry& loan = world.edit<ArchiveEntry>(archive_key("borrow", view_of(event.borrow_id())));
  loan.subject = text_of(event.doc_id());
  loan.holder = text_of(event.borrower());
  loan.due = date_of(event.due());
}

// Nobody consents to a loan of his own.
void decide_approved(const body::DocumentBorrowApproved& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const auto loan = world.get<ArchiveEntry>(archive_key("borrow", view_of(event.borrow_id())));
  if (!signed_by_another(event.signatures(), superiors, loan.holder, world)) {
    decision.refuse(borrow_rule,
                    {fact("missing_signature", "superior"), fact("borrower", loan.holder)});
  }
  const auto doc = world.get<ArchiveEntry>(archive_key("doc", loan.subject));
  if (doc.confidential &&
      !signed_by_another(event.signatures(), permission_holders, loan.holder, world)) {
    decision.refuse(
        confidential_rule,
        {fact("missing_signature", "STAFF:PM / STAFF:CL"), fact("doc_id", loan.subject)});
  }
}

// The record of a loan and of its end: that document, signed for by the borrower.
template <class Body>
void decide_moved(const Body& event, const EventContext&, const World& world, Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const auto* loan = world.find<ArchiveEntry>(archive_key("borrow", view_of(event.borrow_id())));
  if (loan == nullptr) {
    return;  // the machine of loans refuses
  }
  if (loan->subject != view_of(event.doc_id())) {
    decision.refuse_schema("doc_id", "不是申请借阅的文件", "not the document that was asked for");
  }
  if (!signed_by_member(event.signatures(), loan->holder, world)) {
    decision.refuse(borrow_rule,
                    {fact("missing_signature", "borrower"), fact("borrower", loan->holder)});
  }
}

void decide_custodian(const body::CustodianHandedOver& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  const std::string_view from = view_of(event.from());
  const std::string_view to = view_of(event.to());
  if (from == to || !staff_has_role(world, to, Role::arc)) {
    decision.refuse_schema("to", "接收人须为另一名档案员", "the receiver is another archivist");
  }
  const auto* keeper = world.find<ArchiveEntry>(custodian);
  if (keeper != nullptr && keeper->holder != from) {
    decision.refuse_schema("from", "移交人不是现任保管人", "the archive is kept by somebody else");
  }
  for (const std::string_view who : {from, to}) {
    if (!signed_by_member(event.signatures(), who, world)) {
      decision.refuse(confidential_rule, {fact("missing_signature", who)});
    }
  }
}

void apply_custodian(const body::CustodianHandedOver& event,
                     const EventContext&,
                     WorldChange& world) {
  world.edit<ArchiveEntry>(custodian).holder = text_of(event.to());
}

void decide_backup(const body::BackupTaken& event,
                   const EventContext& context,
                   const World&,
                   Decision& decision) {
  check_digest("dig", *event.dig(), decision);
  if (event.root() == nullptr) {
    if (event.size() != 0) {
      decision.refuse_schema("root", "写明条数须同时写明根", "a size needs its root");
    }
    return;
  }
  check_digest("root", *event.root(), decision);
  if (event.size() == 0 || event.size() > number(context.index)) {
    decision.refuse_schema(
        "size", "条数须不超过本卷现有记录数", "not a number of records that the ledger has");
  }
}

constexpr std::array handlers{
    plain("ArchiveVolumeOpened"),
    event<body::DocumentArchived, decide_nothing<body::DocumentArchived>, apply_archived>(
        "DocumentArchived"),
    plain("DocumentVoided"),
    event<body::DocumentBorrowRequested, decide_requested, apply_requested>(
        "DocumentBorrowRequested"),
    event<body::DocumentBorrowApproved,
          decide_approved,
          apply_nothing<body::DocumentBorrowApproved>>("DocumentBorrowApproved"),
    event<body::DocumentBorrowed,
          decide_moved<body::DocumentBorrowed>,
          apply_nothing<body::DocumentBorrowed>>("DocumentBorrowed"),
    event<body::DocumentReturned,
          decide_moved<body::DocumentReturned>,
          apply_nothing<body::DocumentReturned>>("DocumentReturned"),
    event<body::CustodianHandedOver, decide_custodian, apply_custodian>("CustodianHandedOver"),
    event<body::BackupTaken, decide_backup, apply_nothing<body::BackupTaken>>("BackupTaken"),
};

}  // namespace

std::span<const EventHandler> loan_handlers() {
  return handlers;
}

}  // namespace juanzong::archives
