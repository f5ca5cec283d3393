// SPDX-License-Identifier: Apache-2.0
#include "tools/catalogue/procedure_sources.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

// PX has no clause: what every procedure needs and no seed document speaks of.
constexpr std::array sources{
    ProcedureSource{"P01", "房屋交接", "House handover", "S0§1"},
    ProcedureSource{"P02", "办理装修", "Decoration", "S0§2"},
    ProcedureSource{"P03", "客户入住", "Customer move-in", "S0§3"},
    ProcedureSource{"P04", "物品放行", "Goods release", "S0§4; also §20, S4§5.1"},
    ProcedureSource{"P05", "客户来电来访", "Calls and visits received", "S0§5"},
    ProcedureSource{"P06", "客户需求、建议受理", "Requests and suggestions", "S0§6"},
    ProcedureSource{"P07", "客户投诉", "Complaints", "S0§7; S3/003"},
    ProcedureSource{"P08", "回访", "Return visits", "S0§8; S3/003; S3/009"},
    ProcedureSource{"P09", "访问客户", "Customer visits", "S0§9"},
    ProcedureSource{"P10", "楼宇巡视", "Building patrol", "S0§10"},
    ProcedureSource{"P11", "满意度调查", "Satisfaction survey", "S0§11; S3/009§四; S3/003"},
    ProcedureSource{"P12", "资料档案", "Records and archives", "S0§12; S2·1§2"},
    ProcedureSource{"P13", "报修", "Repair requests", "S0§13"},
    ProcedureSource{"P14", "前台/总台", "Front-desk services", "S0§14"},
    ProcedureSource{"P15", "通知发文", "Notices", "S0§15"},
    ProcedureSource{"P16", "例会/会议", "Meetings", "S0§16; S3/003"},
    ProcedureSource{"P17", "车位租用", "Parking", "S0§17"},
    ProcedureSource{"P18", "排班考勤", "Rosters and attendance", "S0§18"},
    ProcedureSource{"P19", "社区文化活动", "Community activities", "S0§19"},
    ProcedureSource{"P20", "租户退租", "Tenant move-out", "S0§20"},
    ProcedureSource{"P21", "业主转让", "Ownership transfer", "S0§21"},
    ProcedureSource{"P22", "物业动态", "Occupancy dynamics", "S0§22, §10.1(2), §20.4"},
    ProcedureSource{"P23", "钥匙", "Keys", "S0§23, §1.7–8; S2·5§4"},
    ProcedureSource{"P24",
                    "服务提供过程的策划与确认",
                    "Planning and confirmation of service processes",
                    "S0·2§4.1, §4.4; S0·4§4.1"},
    ProcedureSource{"P25", "标识和可追溯性", "Identification and traceability", "S0·2§4.5"},
    ProcedureSource{"P26",
                    "采购、仓库",
                    "Purchasing inspection and warehouse",
                    "S0·2§4.5.3, §4.6; S0·4§4.2.2, §4.3; S3/009§三; S2·5"},
    ProcedureSource{"P27", "服务质量检查", "Inspection regime", "S0·3§4.2; S0·4§4.2.3; S3/009§三"},
    ProcedureSource{"P28",
                    "不合格、纠正预防",
                    "Nonconformity and corrective measures",
                    "S0·4§4.2.3; S0·3§4.2.2; S3"},
    ProcedureSource{"P29",
                    "外部评价、评优、审核与管理评审",
                    "External evaluation, awards, audits, management review",
                    "S0·4§4.2.4; S3/009§四; S2·1§1.9, §3"},
    ProcedureSource{"P30",
                    "便民/有偿/特约服务",
                    "Paid, convenience and special services",
                    "S0·5; S3/009§六(二)"},
    ProcedureSource{"P31",
                    "收费、财务",
                    "Fees, dunning, accounts and finance",
                    "S1§三.3; S0·2§4.1.5, §4.2.8; S2·3.8, .11"},
    ProcedureSource{"P32",
                    "安保巡逻",
                    "Security patrol, hazard inspection, monitoring",
                    "S1§三.4.1–2; S0·2§4.2.7; S4§5.2"},
    ProcedureSource{"P33",
                    "应急",
                    "Emergencies",
                    "S1§三.4.3–4; S0·2§4.2.9; S4§1.2, §3.2; S3/003 六3; S0§5.2, §6.1"},
    ProcedureSource{
        "P34", "出入控制", "Access control", "S4§5.1; S0§14.7; S3/001§五.2; S0§17; S0·2§4.2.7"},
    ProcedureSource{"P35",
                    "设施设备、房屋本体",
                    "Facilities and buildings",
                    "S4§3.1–3.2; S1§三.2.1; S0·2§4.2.4; S3/009"},
    ProcedureSource{"P36", "外包", "Outsourcing", "S4§3.3; S0·4§4.2.2.3; S3/009§六(二)3"},
    ProcedureSource{
        "P37", "清洁保洁", "Cleaning and waste", "S4§4.1; S0·2§4.2.5; S2·2; S2·4; S2·5"},
    ProcedureSource{"P38", "绿化", "Greening", "S4§4.2; S0·2§4.2.5; S2·5"},
    ProcedureSource{"P39", "公共秩序、宠物", "Public-area order and pets", "S4§4.3; S0§14.9"},
    ProcedureSource{"P40", "会务接待", "Conference reception", "S2·2"},
    ProcedureSource{"P41", "写字楼入驻", "Office move-in", "S2·5§4"},
    ProcedureSource{"P42", "写字楼退租", "Office lease termination", "S2·5§4"},
    ProcedureSource{"P43", "内部沟通", "Internal communication", "S3/003"},
    ProcedureSource{
        "P44", "与客户沟通、关怀", "Communication with customers", "S3/003; S4§2; S3/009§六"},
    ProcedureSource{
        "P45", "服务模式、礼仪", "Service model and conduct", "S3/001; S3/002; S3/004; S0§5, §14"},
    ProcedureSource{"P46", "物业管理委托合同", "Property-management contracts", "S2·1§2.10–2.14"},
    ProcedureSource{"P47",
                    "管理职责、计划、培训、考核",
                    "Management duties, planning, training, appraisal",
                    "S2·1§1; S2·3; S2·4; S2·5§1; S1§六; S0·2§4.4c"},
    ProcedureSource{"P48", "样板房、空置房", "Show flats and vacant units", "S2·3.6; S2·2; S2·5"},
    ProcedureSource{"PX", "系统事件", "Cross-cutting system events", "—"},
};

}  // namespace

std::span<const ProcedureSource> procedure_sources() {
  return sources;
}

std::string_view seed_code(std::string_view code) {
  return code.substr(0, code.find('-'));
}

std::string_view clauses_of(std::string_view code) {
  const auto* found = std::ranges::find(sources, seed_code(code), &ProcedureSource::code);
  return found == sources.end() ? std::string_view{} : found->clauses;
}

}  // namespace juanzong
