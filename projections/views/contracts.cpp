// SPDX-License-Identifier: Apache-2.0
// The list of contracts (合同清单) with the standing of each on a day, and what is managed under
// them.
#include "events/procedures/contracts/contracts.h"

#include "events/procedures/contracts/contracts_generated.h"
#include "events/procedures/policy.h"

#include "projections/views/labels.h"
#include "projections/views/report_builder.h"
#include "projections/views/views.h"

#include <array>

namespace juanzong {
namespace {

CellValue counterparty_label(std::uint8_t counterparty) {
  constexpr std::array<std::string_view, 4> zh{"未注明", "开发公司", "业主委员会", "物业所有人"};
  return cell_code(body::EnumNameContractParty(static_cast<body::ContractParty>(counterparty)),
                   zh[std::min<std::size_t>(counterparty, zh.size() - 1)]);
}

CellValue property_kind_label(std::uint8_t kind) {
  constexpr std::array<std::string_view, 3> zh{"未接管", "新建物业", "原有物业"};
  return cell_code(body::EnumNamePropertyKind(static_cast<body::PropertyKind>(kind)),
                   zh[std::min<std::size_t>(kind, zh.size() - 1)]);
}

void add_contract(TableBuilder& table,
                  const std::string& id,
                  const ManagementContract& contract,
                  ContractStanding standing) {
  table.row()
      .add(cell_text(id), {contract.index})
      .add(cell_text(contract.property))
      .add(counterparty_label(contract.counterparty))
      .add(cell_text(contract.party))
      .add(contract.from)
      .add(contract.to)
      .add(contract.signed_on)
      .add(label_of(standing))
      .add(cell_text(contract.renews))
      .add(cell_text(contract.renewed_by))
      .add(contract.listed.has_value(), records_of(contract.listed))
      .add(cell_text(contract.kept_at));
}

ReportTable properties_of(const ContractsState& state) {
  TableBuilder table("properties",
                     "接管物业",
                     {{"property", "物业"},
                      {"kind", "种类"},
                      {"contract_id", "接管时合同"},
                      {"taken_over_on", "接管日期"},
                      {"has_committee", "已与业委会签约"}});
  for (const auto& [code, property] : state.properties) {
    table.row()
        .add(cell_text(code))
        .add(property_kind_label(property.property_kind))
        .add(cell_text(property.contract_id))
        .add(cell_maybe(property.taken_over_on), records_of(property.taken_over))
        .add(property.has_committee);
  }
  return table.take();
}

}  // namespace

Result<Report> view_contracts(const ViewContext& context) {
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const Result<const World*> world = context.world_of({std::string(contracts_key)});
  if (!world) {
    return fail(world.error());
  }
  const auto state = (*world)->get<ContractsState>(contracts_key);
  const auto remind = policy_number(**world, "contract.remind_days", context.date());
  std::array<std::size_t, 5> standings{};
  std::size_t unlisted = 0;
  std::vector<std::string> ids;
  const auto standing = [&](const ManagementContract& contract) {
    return standing_of(state, contract, context.date(), remind.value_or(0));
  };
  for (const auto& [id, contract] : state.contracts) {
    ids.push_back(id);
    ++standings[static_cast<std::size_t>(standing(contract))];
    unlisted += contract.listed ? 0 : 1;
  }
  const PagedKeys part = page_of(ids, *page);
  TableBuilder table("contracts",
                     "合同",
                     {{"contract_id", "合同编号"},
                      {"property", "物业"},
                      {"counterparty", "委托方"},
                      {"party", "委托方编号"},
                      {"from", "起"},
                      {"to", "止"},
                      {"signed_on", "签订"},
                      {"standing", "效力"},
                      {"renews", "续签自"},
                      {"renewed_by", "续签为"},
                      {"listed", "已列入清单"},
                      {"kept_at", "存放处"}});
  for (const std::string& id : part.keys) {
    const ManagementContract& contract = state.contracts.at(id);
    add_contract(table, id, contract, standing(contract));
  }
  const auto count = [&standings](ContractStanding which) {
    return cell_count(standings[static_cast<std::size_t>(which)]);
  };
  ReportBuilder out(context);
  out.fact("date", "计算日期", context.date())
      .fact("count", "合同数", cell_count(ids.size()))
      .fact("in_force", "有效", count(ContractStanding::in_force))
      .fact("expiring", "即将到期", count(ContractStanding::expiring))
      .fact("expired", "已到期", count(ContractStanding::expired))
      .fact("unlisted", "未列入清单", cell_count(unlisted))
      .table(table)
      .table(properties_of(state))
      .next(part.next);
  return out.take();
}

}  // namespace juanzong
