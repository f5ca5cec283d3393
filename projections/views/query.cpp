// SPDX-License-Identifier: Apache-2.0
// The table of views: arguments that each takes, roles that may ask (visibility matrix of the
// domain: money is not for guards, engineers and archivists). Resolves the moment once for all.
#include "projections/views/query.h"

#include "events/log/record.h"

#include "projections/views/key_figures.h"
#include "projections/views/release_figures.h"
#include "projections/views/views.h"
#include "projections/views/visibility.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace juanzong {
namespace {

constexpr std::string_view file_roles = "CSA CSM PM CAS SECM ARC KEY QD CL AUD";
constexpr std::string_view transfer_roles = "CSA CSM PM CAS ARC KEY CL AUD";
// H-PRV-10: the garage fee collector sees the register's fields and his own takings.
constexpr std::string_view garage_roles = "CSA CSM PM CAS GFC CL AUD";
constexpr std::string_view takings_roles = "CSA CSM PM CAS GFC FIN CL AUD";
constexpr std::string_view occupancy_roles = "CSA CSM PM CAS SECM CL AUD";
// Plain registers of the project's office work: customers stand in them as random ids only.
constexpr std::string_view register_roles = "CSA CSM PS PM ARC CL MDM QD MR AUD";
// As the machines of the archive, the equipment and the conferences say who may list their cases.
constexpr std::string_view archive_roles = "CSA CSM PS PM ARC CL MDM QD AUD";
constexpr std::string_view equipment_roles = "CSA CSM PS PM ENG ENGM SECM CL MDM QD AUD";
constexpr std::string_view conference_roles = "CSA CSM PS PM ENV CONF CL MDM AUD";
constexpr std::string_view patrol_roles = "CSA CSM PS PM QD CL AUD";
// Whoever patrols the sites of decorations or answers for them.
constexpr std::string_view site_roles = "CSA CSM PM CAS ENG ENGM SEC SECM CL AUD";
constexpr std::string_view privacy_roles = "PM ARC CL AUD";
// Statistics of the service: counts and case numbers, nobody's words.
constexpr std::string_view quality_roles = "CSA CSM PS PM CL MDM QD MR TOP AUD";
constexpr std::string_view repair_roles = "CSA CSM PS PM CAS ENG ENGM CL MDM QD MR FIN TOP AUD";
constexpr std::string_view contract_roles = "CSM PM ARC CL MDM FIN TOP AUD";
constexpr std::string_view office_roles = "CSA CSM PM CAS KEY ENV MKT CL AUD";
// Assessments of people stand in it: heads, head office, the auditor.
constexpr std::string_view inspection_roles = "CSM PS PM ENGM SECM AREA CL MDM QD MR HR TOP AUD";
constexpr std::string_view survey_roles = "CSA CSM PS PM ENGM SECM AREA CL MDM QD MR TOP AUD";
constexpr std::string_view goods_roles = "CSM PM ENG ENGM ENV WH CL MDM QD FIN PUR AUD";
constexpr std::string_view supplier_roles = "CSM PM PS ENG ENGM SECM ENV WH CL MDM QD FIN PUR AUD";
// What one member of staff did and signed: heads and those who examine them.
constexpr std::string_view staff_roles = "CSM PM CL MDM QD MR HR TOP AUD";
// Whoever may see the forms of every procedure of the project.
constexpr std::string_view signature_roles = "CSA CSM PM CL AUD";
constexpr std::string_view all_roles =
    "CSA CSM PS PM CAS CLK GFC ARC KEY ENG ENGM SEC SECM ENV AREA CONF WH CL MDM QD MR FIN HR MKT "
    "PUR TOP AUD SYS ADM";

struct ViewRow {
  ViewInfo info;
  std::string_view en;
  std::string_view names;  // of the arguments, between single spaces
  Result<Report> (*run)(const ViewContext& context);
};

constexpr std::array table{
    ViewRow{{"archive",
             "文件借阅登记",
             "[--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             archive_roles},
            "Register of loans of the archive",
            " date as_of limit cursor ",
            view_archive},
    ViewRow{{"arrears",
             "欠费明细",
             "[--unit U] [--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             money_roles},
            "Arrears",
            " unit date as_of limit cursor ",
            view_arrears},
    ViewRow{{"badge",
             "工作牌追溯",
             "--arg badge=B | --person S [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             staff_roles},
            "Traceability by badge",
            " badge person as_of limit cursor ",
            view_badge},
    ViewRow{{"case", "案卷", "--case C [--as-of INDEX|DATE]", all_roles},
            "One case",
            " case as_of ",
            view_case},
    ViewRow{{"cases",
             "案卷清单",
             "--arg kind=K [--unit U] [--arg state=S] [--as-of INDEX|DATE] [--limit N] "
             "[--cursor C]",
             all_roles},
            "Register of cases",
            " kind unit state as_of limit cursor ",
            view_cases},
    ViewRow{{"complaint_statistics",
             "投诉统计",
             "[--month YYYY-MM] [--date DATE] [--as-of INDEX|DATE]",
             quality_roles},
            "Complaint statistics",
            " month date as_of ",
            view_complaint_statistics},
    ViewRow{{"conferences",
             "会务接待一览",
             "[--month YYYY-MM] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             conference_roles},
            "Conferences received",
            " month as_of limit cursor ",
            view_conferences},
    ViewRow{{"contracts",
             "合同清单",
             "[--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             contract_roles},
            "List of management contracts",
            " date as_of limit cursor ",
            view_contracts},
    ViewRow{{"deadlines",
             "时限看板",
             "[--unit U] [--rule D] [--state S] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             all_roles},
            "Board of deadlines",
            " unit rule state as_of limit cursor ",
            view_deadlines},
    ViewRow{{"decorations",
             "装修掌控表",
             "[--unit U] [--month YYYY-MM] [--date DATE] [--as-of INDEX|DATE] [--limit N] "
             "[--cursor C]",
             site_roles},
            "Control board of decorations",
            " unit month date as_of limit cursor ",
            view_decorations},
    ViewRow{{"department_report",
             "部门日、周汇报表",
             "[--date DATE] [--as-of INDEX|DATE]",
             quality_roles},
            "Daily and weekly report of departments",
            " date as_of ",
            view_department_report},
    ViewRow{{"deposit",
             "押金余额与应退明细",
             "--deposit D [--date DATE] [--as-of INDEX|DATE]",
             money_roles},
            "Deposit balance and refund entitlement",
            " deposit date as_of ",
            view_deposit},
    ViewRow{{"deposits",
             "押金一览",
             "[--month YYYY-MM] [--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             money_roles},
            "Deposits of the project",
            " month date as_of limit cursor ",
            view_deposits},
    ViewRow{{"equipment",
             "设备台账",
             "[--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             equipment_roles},
            "Ledger of equipment",
            " date as_of limit cursor ",
            view_equipment},
    ViewRow{{"handovers",
             "房屋交接汇总报表",
             "[--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             file_roles},
            "Handover summary",
            " date as_of limit cursor ",
            view_handovers},
    ViewRow{{"inspections",
             "检查登记",
             "[--month YYYY-MM] [--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             inspection_roles},
            "Register of inspections",
            " month date as_of limit cursor ",
            view_inspections},
    ViewRow{{"key",
             "钥匙档案",
             "--arg key=K [--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             key_roles},
            "File of a key",
            " key date as_of limit cursor ",
            view_key},
    ViewRow{
        {"keys",
         "钥匙委托管理清册",
         "[--unit U] [--arg state=S] [--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
         key_roles},
        "Register of keys",
        " unit state date as_of limit cursor ",
        view_keys},
    ViewRow{{"ledger",
             "账户余额",
             "[--account A] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             money_roles},
            "Ledger of accounts",
            " account as_of limit cursor ",
            view_ledger},
    ViewRow{{"log_head", "卷宗末端", "[--as-of INDEX|DATE]", all_roles},
            "Head of the log",
            " as_of ",
            view_log_head},
    ViewRow{{"notices",
             "发文登记",
             "[--case NOTICE] [--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             register_roles},
            "Register of notices",
            " case date as_of limit cursor ",
            view_notices},
    ViewRow{{"occupancy",
             "月度物业动态信息表",
             "--month YYYY-MM [--as-of INDEX|DATE]",
             occupancy_roles},
            "Monthly occupancy dynamics",
            " month as_of ",
            view_occupancy},
    ViewRow{{"office_clients",
             "办公客户",
             "[--unit U] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             office_roles},
            "Office clients",
            " unit as_of limit cursor ",
            view_office_clients},
    ViewRow{{"owner_file",
             "业主档案",
             "--unit U [--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             file_roles},
            "Owner file",
            " unit date as_of limit cursor ",
            view_owner_file},
    ViewRow{{"owner_info",
             "业主信息查阅与提供登记",
             "[--unit U] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             privacy_roles},
            "Register of owner information viewed and disclosed",
            " unit as_of limit cursor ",
            view_owner_info},
    ViewRow{{"parking",
             "车位租用一览",
             "[--unit U] [--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             money_roles},
            "Parking rentals",
            " unit date as_of limit cursor ",
            view_parking},
    ViewRow{{"parking_register",
             "月租办理记录",
             "[--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             garage_roles},
            "Register of monthly parking",
            " date as_of limit cursor ",
            view_parking_register},
    ViewRow{{"parking_takings",
             "临停收费统计",
             "[--month YYYY-MM] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             takings_roles},
            "Takings of temporary parking",
            " month as_of limit cursor ",
            view_parking_takings},
    ViewRow{{"patrols", "楼宇巡视一览", "[--date DATE] [--as-of INDEX|DATE]", patrol_roles},
            "Building patrols of a day",
            " date as_of ",
            view_patrols},
    ViewRow{{"policy", "项目参数", "[--date DATE] [--as-of INDEX|DATE]", all_roles},
            "Policy in force",
            " date as_of ",
            view_policy},
    ViewRow{{"receipts",
             "收据登记",
             "[--book B] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             money_roles},
            "Register of receipts",
            " book as_of limit cursor ",
            view_receipts},
    ViewRow{{"release",
             "放行条档案",
             "--arg slip=S [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             release_roles},
            "File of a release slip",
            " slip as_of limit cursor ",
            view_release},
    ViewRow{{"releases",
             "物品放行登记",
             "[--unit U] [--arg carrier=P] [--date DATE] [--as-of INDEX|DATE] [--limit N] "
             "[--cursor C]",
             release_roles},
            "Register of goods releases",
            " unit carrier date as_of limit cursor ",
            view_releases},
    ViewRow{{"repair_statistics",
             "维修统计",
             "[--month YYYY-MM] [--date DATE] [--as-of INDEX|DATE]",
             repair_roles},
            "Repair statistics",
            " month date as_of ",
            view_repair_statistics},
    ViewRow{{"rooms_to_let",
             "待租房间",
             "[--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             office_roles},
            "Rooms to let",
            " date as_of limit cursor ",
            view_rooms_to_let},
    ViewRow{{"signatures",
             "签名台账",
             "--case C | --unit U [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             signature_roles},
            "Ledger of signatures",
            " case unit as_of limit cursor ",
            view_signatures},
    ViewRow{{"stock",
             "库存账",
             "[--arg item=I] [--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             goods_roles},
            "Stock book",
            " item date as_of limit cursor ",
            view_stock},
    ViewRow{{"suppliers",
             "外包单位",
             "[--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             supplier_roles},
            "Suppliers",
            " date as_of limit cursor ",
            view_suppliers},
    ViewRow{{"survey_results",
             "满意度调查统计",
             "[--case ROUND] [--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             survey_roles},
            "Results of surveys",
            " case date as_of limit cursor ",
            view_survey_results},
    ViewRow{{"tenancies",
             "租赁登记",
             "[--date DATE] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             file_roles},
            "Register of tenancies",
            " date as_of limit cursor ",
            view_tenancies},
    ViewRow{{"transfers",
             "业主转让一览",
             "[--unit U] [--as-of INDEX|DATE] [--limit N] [--cursor C]",
             transfer_roles},
            "Ownership transfers",
            " unit as_of limit cursor ",
            view_transfers},
    ViewRow{{"units", "房屋一览", "[--as-of INDEX|DATE] [--limit N] [--cursor C]", file_roles},
            "Units",
            " as_of limit cursor ",
            view_units},
    ViewRow{{"visit_quotas", "访问统计", "[--month YYYY-MM] [--as-of INDEX|DATE]", quality_roles},
            "Visit quotas",
            " month as_of ",
            view_visit_quotas},
};

bool takes(const ViewRow& row, std::string_view name) {
  return !name.empty() && name.find(' ') == std::string_view::npos &&
         row.names.find(" " + std::string(name) + " ") != std::string_view::npos;
}

std::string_view argument_of(const QueryArguments& arguments, std::string_view name) {
  const auto found = arguments.find(name);
  return found == arguments.end() ? std::string_view{} : std::string_view(found->second);
}

// The last record that counts: an index of the ledger, or the last one recorded before the end of
// a civil day.
Result<RecordIndex> last_counted(const QuerySource& source,
                                 const LedgerHead& head,
                                 std::string_view as_of) {
  if (as_of.empty()) {
    return RecordIndex{head.size() - 1};
  }
  if (const auto day = parse_date(as_of)) {
    const RecordIndex last = source.records.last_of_day(*day);
    return last == no_index ? Result<RecordIndex>(fail(ErrorCode::query_invalid, "as_of")) : last;
  }
  std::uint64_t index = 0;
  const auto [end, error] = std::from_chars(as_of.data(), as_of.data() + as_of.size(), index);
  if (error != std::errc{} || end != as_of.data() + as_of.size() || index >= head.size()) {
    return fail(ErrorCode::query_invalid, "as_of");
  }
  return RecordIndex{index};
}

Result<AsOf> as_of_record(const QuerySource& source, const LedgerHead& head, RecordIndex upto) {
  const Result<Bytes> bytes = source.records.record(upto);
  if (!bytes) {
    return fail(bytes.error());
  }
  const Result<RecordView> record = parse_record(*bytes);
  if (!record) {
    return fail(record.error());
  }
  const Result<crypto::Digest> root = source.records.root(number(upto) + 1);
  if (!root) {
    return fail(root.error());
  }
  return AsOf{head.name, head.origin, number(upto) + 1, *root, record->recorded_at};
}

Result<ViewMoment> resolve_moment(const QuerySource& source, const QueryArguments& arguments) {
  const Result<LedgerHead> head = source.records.head();
  if (!head) {
    return fail(head.error());
  }
  if (head->size() == 0) {
    return fail(ErrorCode::not_found, "record 0");
  }
  const std::string_view as_of = argument_of(arguments, "as_of");
  const Result<RecordIndex> upto = last_counted(source, *head, as_of);
  if (!upto) {
    return fail(upto.error());
  }
  const std::string_view date = argument_of(arguments, "date");
  const auto day = date.empty() ? head->zone.date_of(source.now) : parse_date(date);
  if (!day) {
    return fail(ErrorCode::query_invalid, "date");
  }
  Result<AsOf> rests_on = as_of_record(source, *head, *upto);
  if (!rests_on) {
    return fail(rests_on.error());
  }
  return ViewMoment{*std::move(rests_on), head->zone, *upto, !as_of.empty(), *day};
}

}  // namespace

Result<Report> run_query(const QuerySource& source,
                         std::string_view view,
                         const QueryArguments& arguments) {
  const auto* row =
      std::ranges::find_if(table, [view](const ViewRow& each) { return each.info.name == view; });
  if (row == table.end()) {
    return fail(ErrorCode::not_found, "view");
  }
  if (!source.roles.intersects(roles_from_codes(row->info.roles).value_or(RoleSet{}))) {
    return fail(ErrorCode::not_permitted, std::string(view));
  }
  for (const auto& [name, value] : arguments) {
    if (!takes(*row, name)) {
      return fail(ErrorCode::query_invalid, "unknown argument");
    }
  }
  Result<ViewMoment> moment = resolve_moment(source, arguments);
  if (!moment) {
    return fail(moment.error());
  }
  Result<Report> report = row->run(ViewContext(source, arguments, *std::move(moment)));
  if (report) {
    report->view = row->info.name;
    report->zh = row->info.zh;
    report->en = row->en;
  }
  return report;
}

std::vector<ViewInfo> views() {
  std::vector<ViewInfo> list;
  for (const ViewRow& row : table) {
    list.push_back(row.info);
  }
  return list;
}

}  // namespace juanzong
