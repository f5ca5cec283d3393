// SPDX-License-Identifier: Apache-2.0
#include "projections/views/decoration_figures.h"

#include "events/procedures/decoration/decoration_generated.h"

namespace juanzong {
namespace {

constexpr std::string_view answer_limit = "D-DEC-1";

void add_patrol(DecorationRecords& found,
                const ViewContext& context,
                const RecordView& record,
                const body::DecorationPatrolRecorded& patrol) {
  const auto department = static_cast<std::size_t>(patrol.dept());
  if (department >= 1 && department <= patrolling_departments) {
    const CivilDate day = context.zone().date_of(record.statement.occurred_at);
    found.patrols[day][department - 1].push_back(record.index);
  }
}

// Approved for a time that touches the business date.
bool is_in_force(const ViewContext& context, const body::HotWorkApproved& approval) {
  const CivilDate from = context.zone().date_of(*parse_instant(view_of(approval.from_at())));
  const CivilDate to = context.zone().date_of(*parse_instant(view_of(approval.to_at())));
  return from <= context.date() && context.date() <= to;
}

void add_record(DecorationRecords& found, const ViewContext& context, const RecordView& record) {
  const CatalogueEntry* entry = context.event_of(record);
  const std::string_view event = entry == nullptr ? std::string_view{} : entry->descriptor.name;
  const std::uint8_t* bytes = record.statement.body.data();
  if (event == "DecorationPermitIssued") {
    const auto& permit = *flatbuffers::GetRoot<body::DecorationPermitIssued>(bytes);
    found.permit_no = view_of(permit.permit_no());
    found.permit_until = date_of(permit.valid_to());
    found.permits.push_back(record.index);
  } else if (event == "HotWorkApproved") {
    if (is_in_force(context, *flatbuffers::GetRoot<body::HotWorkApproved>(bytes))) {
      found.hot_works.push_back(record.index);
    }
  } else if (event == "DecorationVerbalWarningGiven") {
    found.warnings.push_back(record.index);
  } else if (event == "DecorationPatrolRecorded") {
    add_patrol(
        found, context, record, *flatbuffers::GetRoot<body::DecorationPatrolRecorded>(bytes));
  }
}

}  // namespace

Result<DecorationFigures> decoration_figures(const ViewContext& context, const std::string& id) {
  const std::string stream = "deco:" + id;
  // A case stays with its unit.
  const std::string unit = context.newest().get<DecorationCase>(id).unit;
  const Result<const World*> world = context.case_world(unit, stream);
  if (!world) {
    return fail(world.error());
  }
  DecorationFigures figures;
  figures.id = id;
  figures.deco = (*world)->get<DecorationCase>(id);
  if (figures.deco.stage == DecorationStage::none) {
    return figures;
  }
  figures.stage = stage_of(**world, id, figures.deco);
  figures.notice = (*world)->get<ObligationState>(obligation_key(answer_limit, stream));
  for (const std::string& charge : (*world)->get<OpenChargesState>(stream).assessed) {
    figures.charges.push_back((*world)->get<ChargeState>(charge));
  }
  for (const std::string& deposit : figures.deco.deposits) {
    Result<DepositFigures> of_deposit = deposit_figures(context, deposit);
    if (!of_deposit) {
      return fail(of_deposit.error());
    }
    figures.deposits.emplace_back(deposit, *std::move(of_deposit));
  }
  return figures;
}

DecorationFees fees_of(const DecorationFigures& figures, CivilMonth month) {
  DecorationFees fees;
  for (const ChargeState& charge : figures.charges) {
    if (charge.reversed || month_of(charge.assessed_on) != month) {
      continue;
    }
    fees.assessed += charge.amount;
    fees.collected += charge.amount - charge.open();
    fees.records.push_back(charge.assessed);
  }
  return fees;
}

Result<DecorationRecords> decoration_records(const ViewContext& context, const std::string& id) {
  DecorationRecords found;
  for (const RecordIndex index : context.stream("deco:" + id)) {
    const Result<StoredRecord> stored = context.record(index);
    if (!stored) {
      return fail(stored.error());
    }
    add_record(found, context, stored->view);
  }
  return found;
}

}  // namespace juanzong
