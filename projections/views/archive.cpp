// SPDX-License-Identifier: Apache-2.0
// R14, the register of loans (文件借阅记录): which document is with whom, on whose consent, until
// when; how many documents there are, and who kept the archive since when.
#include "events/procedures/archives/archives.h"
#include "events/procedures/archives/archives_generated.h"

#include "projections/views/case_content.h"
#include "projections/views/signature_table.h"
#include "projections/views/views.h"

#include <array>

namespace juanzong {
namespace {

constexpr std::string_view loan_prefix = "borrow:";
constexpr std::string_view document_prefix = "doc:";

// The newest record of that event in the case, or none.
std::optional<RecordIndex> record_of(const ViewContext& context,
                                     const CaseFileState& file,
                                     std::string_view event) {
  const CatalogueEntry* entry = context.source().catalogue.find(event);
  const CaseMark* mark = entry == nullptr ? nullptr : find_mark(file, entry->descriptor.type);
  return mark == nullptr ? std::nullopt : std::optional(mark->index);
}

template <class Body>
Result<std::optional<UnixMicros>> at_of(const ViewContext& context,
                                        const std::optional<RecordIndex>& index) {
  if (!index) {
    return std::optional<UnixMicros>();
  }
  const Result<StoredRecord> stored = context.record(*index);
  if (!stored) {
    return fail(stored.error());
  }
  const auto* body = flatbuffers::GetRoot<Body>(stored->view.statement.body.data());
  return parse_instant(view_of(body->at()));
}

bool is_overdue(const CaseFileState& file, const ArchiveEntry& loan, CivilDate on) {
  return file.stage == static_cast<std::uint8_t>(DocumentLoan::borrowed) && loan.due &&
         *loan.due < on;
}

Outcome add_loan(TableBuilder& table,
                 const ViewContext& context,
                 const CaseMachine& machine,
                 const World& world,
                 const std::string& stream) {
  const auto file = world.get<CaseFileState>(stream);
  const auto loan = world.get<ArchiveEntry>(stream);
  const auto doc = world.get<ArchiveEntry>(archive_key("doc", loan.subject));
  const auto approved = record_of(context, file, "DocumentBorrowApproved");
  const auto lent = record_of(context, file, "DocumentBorrowed");
  const auto returned = record_of(context, file, "DocumentReturned");
  const Result<std::string> approved_by = signers_of(context, approved);
  const auto out_at = at_of<body::DocumentBorrowed>(context, lent);
  const auto back_at = at_of<body::DocumentReturned>(context, returned);
  if (!approved_by || !out_at || !back_at) {
    return fail(ErrorCode::not_found, stream);
  }
  table.row()
      .add(cell_text(stream.substr(loan_prefix.size())), {file.opened})
      .add(cell_text(loan.subject))
      .add(cell_text(doc.subject))
      .add(doc.confidential)
      .add(cell_text(loan.holder))
      .add(stage_label(machine, file.stage))
      .add(cell_text(*approved_by), records_of(approved))
      .add(cell_maybe(*out_at), records_of(lent))
      .add(cell_maybe(loan.due))
      .add(cell_maybe(*back_at), records_of(returned))
      .add(is_overdue(file, loan, context.date()));
  return Done{};
}

struct Counts {
  std::array<std::size_t, 4> documents{};  // by ArchivedDocument
  std::size_t overdue = 0;
};

// Those of the streams that there were at the moment.
std::vector<std::string> present(const std::vector<std::string>& streams, const World& world) {
  std::vector<std::string> found;
  for (const std::string& stream : streams) {
    const auto* file = world.find<CaseFileState>(stream);
    if (file != nullptr && file->stage != 0) {
      found.push_back(stream);
    }
  }
  return found;
}

Result<ReportTable> custodians(const ViewContext& context) {
  TableBuilder table(
      "custodians", "保管人交接", {{"at", "交接时间"}, {"from", "移交人"}, {"to", "接收人"}});
  for (const RecordIndex index : context.stream("archive")) {
    const Result<StoredRecord> stored = context.record(index);
    if (!stored) {
      return fail(stored.error());
    }
    const CatalogueEntry* entry = context.event_of(stored->view);
    if (entry != nullptr && entry->descriptor.name == "CustodianHandedOver") {
      const auto* body =
          flatbuffers::GetRoot<body::CustodianHandedOver>(stored->view.statement.body.data());
      table.row()
          .add(stored->view.statement.occurred_at, {index})
          .add(cell_text(view_of(body->from())))
          .add(cell_text(view_of(body->to())));
    }
  }
  return table.take();
}

std::vector<ReportColumn> columns() {
  return {{"borrow_id", "借阅编号"},
          {"doc_id", "文件"},
          {"volume_id", "卷宗"},
          {"confidential", "机密"},
          {"borrower", "借阅人"},
          {"stage", "状态"},
          {"approved_by", "同意人"},
          {"out_at", "借出"},
          {"due", "应还"},
          {"back_at", "归还"},
          {"overdue", "逾期"}};
}

Counts counts_of(const std::vector<std::string>& documents,
                 const std::vector<std::string>& loans,
                 const World& world,
                 CivilDate on) {
  Counts counts;
  for (const std::string& stream : documents) {
    ++counts.documents[world.get<CaseFileState>(stream).stage];
  }
  for (const std::string& stream : loans) {
    const bool overdue =
        is_overdue(world.get<CaseFileState>(stream), world.get<ArchiveEntry>(stream), on);
    counts.overdue += overdue ? 1 : 0;
  }
  return counts;
}

}  // namespace

Result<Report> view_archive(const ViewContext& context) {
  const Result<Page> page = context.page();
  const Result<const CaseMachine*> machine = machine_for(context, "borrow");
  if (!page || !machine) {
    return fail(page ? machine.error() : page.error());
  }
  const auto loan_streams = context.state_keys(StateKind::case_file, loan_prefix);
  const auto document_streams = context.state_keys(StateKind::case_file, document_prefix);
  std::vector<std::string> streams = loan_streams;
  streams.insert(streams.end(), document_streams.begin(), document_streams.end());
  const Result<const World*> world = context.world_of(streams);
  const Result<ReportTable> keepers = custodians(context);
  if (!world || !keepers) {
    return fail(world ? keepers.error() : world.error());
  }
  const auto loans = present(loan_streams, **world);
  const auto documents = present(document_streams, **world);
  const Counts counts = counts_of(documents, loans, **world, context.date());
  const PagedKeys part = page_of(loans, *page);
  TableBuilder table("loans", "借阅", columns());
  for (const std::string& stream : part.keys) {
    if (const Outcome added = add_loan(table, context, **machine, **world, stream); !added) {
      return fail(added.error());
    }
  }
  const auto in = [&counts](ArchivedDocument stage) {
    return cell_count(counts.documents[static_cast<std::size_t>(stage)]);
  };
  ReportBuilder out(context);
  out.fact("date", "计算日期", context.date())
      .fact("archived", "在档", in(ArchivedDocument::archived))
      .fact("lent", "借出", in(ArchivedDocument::lent))
      .fact("voided", "作废", in(ArchivedDocument::voided))
      .fact("loans", "借阅次数", cell_count(loans.size()))
      .fact("overdue", "逾期未还", cell_count(counts.overdue))
      .table(table)
      .table(*keepers)
      .next(part.next);
  return out.take();
}

}  // namespace juanzong
