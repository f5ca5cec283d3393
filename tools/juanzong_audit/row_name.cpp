// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/row_name.h"

#include "projections/engine/row_keys.h"

#include <algorithm>
#include <array>

namespace juanzong::audit {
namespace {

struct TableName {
  Table table;
  std::string_view zh;
  std::string_view en;
};

constexpr std::array<TableName, 14> tables{{
    {Table::position, "日志位置", "position"},
    {Table::ledger_head, "卷宗头", "ledger_head"},
    {Table::locator, "记录位置", "locator"},
    {Table::openings, "保险库位置", "openings"},
    {Table::stream_head, "案卷头", "stream_head"},
    {Table::stream_block, "案卷索引", "stream_block"},
    {Table::request, "请求索引", "request"},
    {Table::tile, "树的指纹", "tile"},
    {Table::state, "业务状态", "state"},
    {Table::posting, "过账明细", "posting"},
    {Table::account, "账户余额", "account"},
    {Table::list, "清单", "list"},
    {Table::day, "日期索引", "day"},
    {Table::record_type, "事项类型索引", "record_type"},
}};

struct StateName {
  StateKind kind;
  std::string_view name;
};

// As in events/procedures/world.h; one that is not here is named by its number.
constexpr StateName states[] = {
    {StateKind::ledger_settings, "ledger_settings"},
    {StateKind::policy, "policy"},
    {StateKind::calendar, "calendar"},
    {StateKind::staff, "staff"},
    {StateKind::badge, "badge"},
    {StateKind::actor_key, "actor_key"},
    {StateKind::contractor, "contractor"},
    {StateKind::unit, "unit"},
    {StateKind::person, "person"},
    {StateKind::charge, "charge"},
    {StateKind::payment, "payment"},
    {StateKind::receipt_book, "receipt_book"},
    {StateKind::open_charges, "open_charges"},
    {StateKind::deposit, "deposit"},
    {StateKind::account, "account"},
    {StateKind::handover, "handover"},
    {StateKind::decoration, "decoration"},
    {StateKind::tenancy, "tenancy"},
    {StateKind::census, "census"},
    {StateKind::move_out, "move_out"},
    {StateKind::entry, "entry"},
    {StateKind::safety_papers, "safety_papers"},
    {StateKind::move_in, "move_in"},
    {StateKind::key, "key"},
    {StateKind::register_no, "register_no"},
    {StateKind::release_slip, "release_slip"},
    {StateKind::clearance, "clearance"},
    {StateKind::transfer, "transfer"},
    {StateKind::parking_rental, "parking_rental"},
    {StateKind::parking_card, "parking_card"},
    {StateKind::parking_stop, "parking_stop"},
    {StateKind::notice, "notice"},
    {StateKind::notice_receipt, "notice_receipt"},
    {StateKind::contracts, "contracts"},
    {StateKind::office_let, "office_let"},
    {StateKind::operation, "operation"},
    {StateKind::obligation, "obligation"},
    {StateKind::case_file, "case_file"},
    {StateKind::complaint, "complaint"},
    {StateKind::return_visit, "return_visit"},
    {StateKind::repair, "repair"},
    {StateKind::survey, "survey"},
    {StateKind::inspection, "inspection"},
    {StateKind::nonconformity, "nonconformity"},
    {StateKind::archive, "archive"},
    {StateKind::stock, "stock"},
    {StateKind::paid_service, "paid_service"},
    {StateKind::roster, "roster"},
    {StateKind::equipment, "equipment"},
    {StateKind::access_pass, "access_pass"},
    {StateKind::conference, "conference"},
    {StateKind::vacant_unit, "vacant_unit"},
    {StateKind::due_hours, "due_hours"},
    {StateKind::due_hour, "due_hour"},
    {StateKind::duty, "duty"},
    {StateKind::desk_item, "desk_item"},
    {StateKind::roll, "roll"},
    {StateKind::signed_record, "signed_record"},
    {StateKind::denial, "denial"},
    {StateKind::late_signature, "late_signature"},
};

std::string name_of(StateKind kind) {
  const auto* const found = std::ranges::find(states, kind, &StateName::kind);
  return found == std::end(states) ? std::to_string(static_cast<int>(kind))
                                   : std::string(found->name);
}

// Within its table, from what stands behind table and ledger.
std::string kind_in(Table table, std::string_view rest) {
  if (rest.empty()) {
    return {};
  }
  if (table == Table::state) {
    return name_of(static_cast<StateKind>(rest.front()));
  }
  if (table == Table::posting || table == Table::account) {
    return static_cast<PostingView>(rest.front()) == PostingView::money ? "money" : "occupancy";
  }
  return table == Table::list ? std::string(rest.substr(0, rest.find('\0'))) : std::string();
}

}  // namespace

RowName name_of_row(std::string_view key) {
  constexpr std::size_t prefix = 3;  // table and ledger
  const auto table = static_cast<Table>(key.empty() ? '\0' : key.front());
  const auto* const found = std::ranges::find(tables, table, &TableName::table);
  const std::string unknown = std::to_string(static_cast<int>(table));
  RowName name{"表 " + (found == tables.end() ? unknown : std::string(found->zh)),
               "table " + (found == tables.end() ? unknown : std::string(found->en))};
  const std::string kind = kind_in(table, key.size() > prefix ? key.substr(prefix) : "");
  if (!kind.empty()) {
    name.zh += "(" + kind + ")";
    name.en += " (" + kind + ")";
  }
  return name;
}

}  // namespace juanzong::audit
