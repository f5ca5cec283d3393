// SPDX-License-Identifier: Apache-2.0
#include "projections/views/deposit_signatures.h"

#include "events/procedures/decoration/decoration_generated.h"
#include "events/procedures/signatures.h"

#include "projections/views/labels.h"

#include <algorithm>
#include <functional>

namespace juanzong {
namespace {

struct WantedSignature {
  body::Capacity capacity;
  std::string_view code;
  std::string_view zh;
};

constexpr WantedSignature owner{body::Capacity::OWNER, "OWNER", "业主"};
constexpr WantedSignature contractor{body::Capacity::CONTRACTOR, "CONTRACTOR", "装修单位"};
constexpr WantedSignature manager{body::Capacity::STAFF, "PM", "项目经理"};

struct SignedStep {
  CellCode label;
  std::optional<RecordIndex> record;
  std::vector<WantedSignature> wanted;
  const SignatureList* (*list)(const std::uint8_t* body);
};

template <class Body>
const SignatureList* signatures_in(const std::uint8_t* bytes) {
  return flatbuffers::GetRoot<Body>(bytes)->signatures();
}

std::vector<SignedStep> steps_of(const DepositFigures& figures) {
  const DepositState& deposit = figures.deposit;
  std::vector<SignedStep> steps;
  if (deposit.request && deposit.request->by_contractor) {
    const bool names_request =
        deposit.owner_word && deposit.owner_word->consents && !owner_consent_missing(deposit);
    steps.push_back(
        {{"OWNER_CONSENT", "业主同意退还"},
         names_request ? std::optional<RecordIndex>(deposit.owner_word->index) : std::nullopt,
         {owner},
         signatures_in<body::DepositRefundOwnerConsented>});
  }
  std::vector<WantedSignature> parties{owner};
  if (!figures.deco.contractor.empty()) {
    parties.push_back(contractor);
  }
  parties.push_back(manager);
  const auto& inspection = deposit.inspection;
  const auto& approval = deposit.approval;
  steps.push_back({{"INSPECTION", "退款验收"},
                   inspection ? std::optional<RecordIndex>(inspection->index) : std::nullopt,
                   std::move(parties),
                   signatures_in<body::DepositRefundInspected>});
  steps.push_back({{"APPROVAL", "退还同意"},
                   approval ? std::optional<RecordIndex>(approval->index) : std::nullopt,
                   {manager},
                   signatures_in<body::DepositRefundApproved>});
  return steps;
}

bool is_wanted(const body::SignatureBlock& block, const WantedSignature& wanted) {
  const body::Capacity capacity = block.capacity();
  switch (wanted.capacity) {
    case body::Capacity::STAFF:
      return capacity == body::Capacity::STAFF && view_of(block.staff_role()) == wanted.code;
    case body::Capacity::OWNER:
      return capacity == body::Capacity::OWNER || capacity == body::Capacity::OWNER_AGENT;
    default:
      return capacity == body::Capacity::CONTRACTOR || capacity == body::Capacity::CONTRACTOR_AGENT;
  }
}

const body::SignatureBlock* find_block(const SignatureList* list, const WantedSignature& wanted) {
  for (std::uint32_t i = 0; list != nullptr && i < list->size(); ++i) {
    if (is_wanted(*list->Get(i), wanted)) {
      return list->Get(i);
    }
  }
  return nullptr;
}

void add_row(TableBuilder& table,
             const SignedStep& step,
             const WantedSignature& wanted,
             const body::SignatureBlock* block) {
  table.row()
      .add(step.label)
      .add(cell_code(wanted.code, wanted.zh))
      .add(block != nullptr, block != nullptr ? records_of(step.record) : Records{});
  if (block == nullptr) {
    table.add({}).add({}).add({});
    return;
  }
  table.add(cell_text(view_of(block->signer())))
      .add(signing_label(static_cast<std::uint8_t>(block->method())))
      .add(cell_maybe(parse_instant(view_of(block->signed_at()))));
}

}  // namespace

Result<ReportTable> deposit_signatures(const ViewContext& context, const DepositFigures& figures) {
  TableBuilder table("signatures",
                     "签名",
                     {{"step", "步骤"},
                      {"capacity", "身份"},
                      {"present", "已签"},
                      {"signer", "签名人"},
                      {"method", "方式"},
                      {"signed_at", "时间"}});
  for (const SignedStep& step : steps_of(figures)) {
    StoredRecord stored;
    if (step.record) {
      Result<StoredRecord> found = context.record(*step.record);
      if (!found) {
        return fail(found.error());
      }
      stored = *std::move(found);
    }
    const SignatureList* list =
        step.record ? step.list(stored.view.statement.body.data()) : nullptr;
    for (const WantedSignature& wanted : step.wanted) {
      add_row(table, step, wanted, find_block(list, wanted));
    }
  }
  return table.take();
}

}  // namespace juanzong
