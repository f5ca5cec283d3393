// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/policy.h"

#include <algorithm>
#include <charconv>

namespace juanzong {
namespace {

constexpr std::string_view signature_key = "statement.signature";

bool is_word_of(std::string_view words, std::string_view word) {
  for (std::size_t at = 0; at <= words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    if (words.substr(at, end - at) == word) {
      return true;
    }
    at = end + 1;
  }
  return false;
}

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && end == text.data() + text.size() && value >= 0;
  return whole ? std::optional<std::int64_t>(value) : std::nullopt;
}

using Parameters = std::vector<PolicyParameter>;

// The table, in the order of its keys; in parts because functions are short here.
Parameters parameters_a_to_c() {
  return {
      {"activity.announce_days", PolicyKind::count, "7", "活动提前公告天数"},
      {"archive.bulk_days", PolicyKind::count, "31", "批量查看批准的最长天数"},
      {"archive.bulk_people", PolicyKind::count, "20", "一小时内可查看个人信息的人数"},
      {"archive.view_h", PolicyKind::count, "24", "业主档案查阅批准时限(小时)"},
      {"calendar.name", PolicyKind::text, "CN", "节假日历名称"},
      {"calendar.office_hours",
       PolicyKind::text,
       "08:30-12:20 13:30-17:10",
       "办公时间(半日时限按此计算)"},
      {"clock.max_skew_s", PolicyKind::count, "300", "时钟允许偏差(秒)"},
      {"complaint.escalate_min", PolicyKind::count, "10", "重大、重要投诉上报时限(分钟)"},
      {"complaint.escalate_unsolved_d", PolicyKind::count, "7", "有效投诉未解决提示升级(天)"},
      {"complaint.forward_min", PolicyKind::count, "10", "投诉转报时限(分钟)"},
      {"complaint.important_h", PolicyKind::count, "24", "重要投诉处理时限(小时)"},
      {"complaint.major_answer_d", PolicyKind::count, "2", "重大投诉明确答复时限(天)"},
      {"complaint.major_group_size", PolicyKind::count, "5", "同一事件投诉人数达到即属重大"},
      {"complaint.major_solve_d", PolicyKind::count, "15", "重大投诉解决时限(天)"},
      {"complaint.minor_h", PolicyKind::count, "4", "轻微投诉处理时限(办公小时)"},
      {"complaint.minor_overtime_approver",
       PolicyKind::choice,
       "CSM",
       "轻微投诉超时批准人",
       "CSM PM"},
      {"conference.prepare_min", PolicyKind::count, "30", "会务接待提前准备(分钟)"},
      {"conference.round_min", PolicyKind::count, "15", "会务入场服务间隔(分钟)"},
      {"conference.tea_min", PolicyKind::count, "5", "会务上茶时限(分钟)"},
      {"contact.escalate_min", PolicyKind::count, "10", "紧急来电来访上报时限(分钟)"},
      {"contract.remind_days", PolicyKind::count, "60", "合同到期提醒天数"},
  };
}

Parameters parameters_d_to_o() {
  return {
      {"deco.approval_working_days", PolicyKind::count, "1", "装修审批时限(工作日)"},
      {"deco.hotwork_approvers", PolicyKind::text, "ENGM SECM", "动火审批人"},
      {"deco.self_work", PolicyKind::flag, "false", "允许业主自行施工"},
      {"deposit.deco.day_after", PolicyKind::flag, "true", "满期次日起可退"},
      {"deposit.deco.holiday_extends", PolicyKind::flag, "false", "期满遇节假日顺延"},
      {"deposit.deco.notify_working_days", PolicyKind::count, "5", "退押金通知时限(工作日)"},
      {"deposit.deco.permitted", PolicyKind::flag, "", "当地允许收取装修押金"},
      {"deposit.deco.wait_months", PolicyKind::count, "3", "竣工验收后等待月数"},
      {"doc_return_s", PolicyKind::count, "25", "接过证件至送还时限(秒)"},
      {"fee.reversal_limit_fen", PolicyKind::amount_fen, "100000", "冲销须经理签字的限额"},
      {"goods.arrears_scope",
       PolicyKind::choice,
       "MOVER",
       "搬出欠费范围:MOVER 搬出人 或 UNIT 全户",
       "MOVER UNIT"},
      {"goods.phone_consent_substitutes_signature",
       PolicyKind::flag,
       "true",
       "电话同意可代替放行条签字"},
      {"goods.tenant_temporary_needs_owner", PolicyKind::flag, "false", "租户临时携物须业主同意"},
      {"handover.fee_before_key", PolicyKind::flag, "true", "交清费用后交钥匙"},
      {"handover.prepay_months", PolicyKind::count, "6", "预收物管费月数"},
      {"inspection.assess_week_per_person", PolicyKind::count, "2", "每周每人书面考评次数"},
      {"inspection.night_month", PolicyKind::count, "4", "每月夜间查岗次数"},
      {"inspection.spot_year", PolicyKind::count, "4", "每年抽检次数"},
      {"meeting.minutes_days", PolicyKind::count, "3", "会议纪要发出时限(天)"},
      {"nonconform.complaints", PolicyKind::count, "3", "同一过程月投诉限额(以上)"},
      {"nonconform.limit", PolicyKind::count, "5", "同一过程月不合格项限额(超过)"},
      {"nonconform.plan_day", PolicyKind::count, "5", "纠正措施上交日"},
      {"nonconform.sheet_day", PolicyKind::count, "26", "检验单上交日"},
      {"occupancy.census_day", PolicyKind::count, "30", "每月普查截止日"},
      {"occupancy.table_day", PolicyKind::count, "3", "次月制表截止日"},
      {"office.clean_h", PolicyKind::count, "24", "退租房间打扫时限(小时)"},
  };
}

// Duties of the calendar (duties.h): none is owed before the project takes it on.
Parameters duties_a_to_i() {
  return {
      {"duty.department_report",
       PolicyKind::flag,
       "false",
       "承担职责:每周填报《部门日、周汇报表》"},
      {"duty.department_month", PolicyKind::flag, "false", "承担职责:每月上报部门月报"},
      {"duty.customer_forum", PolicyKind::flag, "false", "承担职责:每半年召开客户代表恳谈会"},
      {"duty.committee_talk", PolicyKind::flag, "false", "承担职责:每月与业委会或客户代表沟通"},
      {"duty.annual_plan", PolicyKind::flag, "false", "承担职责:每年制定部门工作计划"},
      {"duty.activity_held", PolicyKind::flag, "false", "承担职责:重点项目每两个月举办一次活动"},
      {"duty.activity_plan", PolicyKind::flag, "false", "承担职责:每年制定社区文化活动安排"},
      {"duty.arrears_report", PolicyKind::flag, "false", "承担职责:每月上报重大欠费"},
      {"duty.board_meeting", PolicyKind::flag, "false", "承担职责:每半年召开董事会"},
      {"duty.deco_patrol",
       PolicyKind::flag,
       "false",
       "承担职责:客服、工程、护卫每日巡视每个装修现场"},
      {"duty.department_exchange", PolicyKind::flag, "false", "承担职责:每月召开部门交流会"},
      {"duty.director_forum", PolicyKind::flag, "false", "承担职责:每两个月召开主任论坛"},
      {"duty.external_audit", PolicyKind::flag, "false", "承担职责:每年接受外部审核"},
      {"duty.inspection_analysis",
       PolicyKind::flag,
       "false",
       "承担职责:每月 26 日前发布上月检验汇总分析"},
      {"duty.inspection_annual", PolicyKind::flag, "false", "承担职责:每年进行年度评比"},
      {"duty.inspection_assess",
       PolicyKind::flag,
       "false",
       "承担职责:每周对每名员工书面考评不少于 2 次"},
      {"duty.inspection_daily", PolicyKind::flag, "false", "承担职责:每日检查各责任区域"},
      {"duty.inspection_monthly", PolicyKind::flag, "false", "承担职责:每月进行管理状态检查"},
      {"duty.inspection_night", PolicyKind::flag, "false", "承担职责:每月夜间查岗不少于 4 次"},
      {"duty.inspection_quarterly", PolicyKind::flag, "false", "承担职责:每季度评估物业状态"},
      {"duty.inspection_spot", PolicyKind::flag, "false", "承担职责:每年抽检不少于 4 次"},
      {"duty.inspection_utility", PolicyKind::flag, "false", "承担职责:每半年上报水电指标"},
  };
}

Parameters duties_i_to_z() {
  return {
      {"duty.staff_needs", PolicyKind::flag, "false", "承担职责:每年普查员工需求"},
      {"duty.roster", PolicyKind::flag, "false", "承担职责:每月初编制排班表"},
      {"duty.inspection_weekly", PolicyKind::flag, "false", "承担职责:每周检查各责任区域"},
      {"duty.leader_morning", PolicyKind::flag, "false", "承担职责:每周一、周四召开领导晨会"},
      {"duty.management_review", PolicyKind::flag, "false", "承担职责:每年进行管理评审"},
      {"duty.occupancy_census",
       PolicyKind::flag,
       "false",
       "承担职责:每月 30 日前完成各楼栋单元的物业动态普查"},
      {"duty.occupancy_table",
       PolicyKind::flag,
       "false",
       "承担职责:次月 3 日前编制《月度物业动态信息表》"},
      {"duty.parking_register",
       PolicyKind::flag,
       "false",
       "承担职责:每周更新日把月租办理记录交车库收费员"},
      {"duty.patrol_daily",
       PolicyKind::flag,
       "false",
       "承担职责:客户助理每日巡视楼宇一次,公共区域齐全并抽查楼层"},
      {"duty.president_meeting",
       PolicyKind::flag,
       "false",
       "承担职责:每月前 3 个工作日召开总裁办公会"},
      {"duty.repair_month_fee", PolicyKind::flag, "false", "承担职责:每月最后一日录入当月维修费"},
      {"duty.repair_not_returned",
       PolicyKind::flag,
       "false",
       "承担职责:当日 17 时前维修单返回,否则列入未返回维修单报告"},
      {"duty.request_summary", PolicyKind::flag, "false", "承担职责:每周五 17 时前汇总受理事项"},
      {"duty.staff_meeting", PolicyKind::flag, "false", "承担职责:每月召开员工大会"},
      {"duty.survey_quality", PolicyKind::flag, "false", "承担职责:品质部每半年开展满意度调查"},
      {"duty.survey_round", PolicyKind::flag, "false", "承担职责:每年一月、七月开展满意度调查"},
      {"duty.visit_assistant",
       PolicyKind::flag,
       "false",
       "承担职责:每名客户助理每月访问客户不少于 20 人"},
      {"duty.visit_department", PolicyKind::flag, "false", "承担职责:部门每月访问客户不少于 10 人"},
      {"duty.visit_quality", PolicyKind::flag, "false", "承担职责:品质部每月回访"},
      {"duty.visit_sample", PolicyKind::flag, "false", "承担职责:品质部每周抽样回访维修单"},
      {"duty.warehouse_inspection", PolicyKind::flag, "false", "承担职责:每月检查仓库"},
      {"duty.weekly_meeting", PolicyKind::flag, "false", "承担职责:部门每周召开例会"},
  };
}

Parameters parameters_p_to_z() {
  return {
      {"parking.card_deposit_fen", PolicyKind::amount_fen, "5000", "月租卡押金"},
      {"parking.lost_card_refund", PolicyKind::flag, "false", "挂失卡可退押金"},
      {"parking.month_fen", PolicyKind::amount_fen, "10000", "车位月租标准"},
      {"parking.refund_before_expiry", PolicyKind::flag, "false", "月租未到期可退押金"},
      {"parking.share_day",
       PolicyKind::choice,
       "MONDAY",
       "月租记录每周更新日",
       "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY"},
      {"parking.temp.day_cap_fen", PolicyKind::amount_fen, "600", "临停每日封顶"},
      {"parking.temp.first_fen", PolicyKind::amount_fen, "200", "临停首段收费"},
      {"parking.temp.first_min", PolicyKind::count, "120", "临停首段分钟数"},
      {"parking.temp.hour_fen", PolicyKind::amount_fen, "100", "临停续时每小时收费"},
      {"patrol.csa_per_day", PolicyKind::count, "1", "客户助理每日巡视次数"},
      {"patrol.floors", PolicyKind::count, "5", "每次巡视抽查楼层数"},
      {"patrol.forward_min", PolicyKind::count, "30", "巡视问题转报时限(分钟)"},
      {"patrol.verify_days", PolicyKind::count, "1", "巡视问题核实时限(发现日之后的天数)"},
      {"penalty.deco.permitted", PolicyKind::flag, "", "当地允许收取装修违约金"},
      {"personal_data.answer_days", PolicyKind::count, "30", "个人信息删除申请答复时限(天)"},
      {"personal_data.cooling_days", PolicyKind::count, "7", "个人信息删除冷静期(天)"},
      {"personal_data.retention_days",
       PolicyKind::count,
       "1095",
       "最后一项关系终止后个人信息保存期(天)"},
      {"phone.rings", PolicyKind::count, "3", "电话铃响几声内接听"},
      {"release.watch", PolicyKind::count, "3", "频繁临时放行提示(次/户)"},
      {"release.watch_days", PolicyKind::count, "7", "频繁临时放行提示的天数"},
      {"repair.claim_min", PolicyKind::count, "30", "维修单领取时限(分钟)"},
      {"repair.claim_urgent_min", PolicyKind::count, "10", "紧急维修单领取时限(分钟)"},
      {"repair.dispatch_min", PolicyKind::count, "10", "报修通知工程部时限(分钟)"},
      {"request.escalate_min", PolicyKind::count, "10", "紧急需求上报时限(分钟)"},
      {"request.forward_min", PolicyKind::count, "10", "需求转报时限(分钟)"},
      {"request.reply_h", PolicyKind::count, "24", "需求回复时限(小时)"},
      {"returnvisit.attempts", PolicyKind::count, "3", "回访未能联系的次数"},
      {"returnvisit.company_sample", PolicyKind::count, "20", "公司每周抽样回访维修单(%)"},
      {"returnvisit.complaint_h", PolicyKind::count, "24", "投诉回访时限(小时)"},
      {"returnvisit.rework_h", PolicyKind::count, "24", "返修特殊回访时限(小时)"},
      {signature_key,
       PolicyKind::choice,
       "required",
       "请求签名:required 或 session",
       "required session"},
      {"survey.distribute_days", PolicyKind::count, "3", "调查表发放时限(天)"},
      {"survey.letter_days", PolicyKind::count, "14", "回收后公开答复时限(天)"},
      {"survey.recover_days", PolicyKind::count, "10", "调查表回收时限(天)"},
      {"survey.s0.min_distribution_bp", PolicyKind::count, "6000", "项目调查最低发放率(万分比)"},
      {"survey.s0.min_recovery_bp", PolicyKind::count, "5000", "项目调查最低回收率(万分比)"},
      {"survey.s3.min_distribution_bp", PolicyKind::count, "3000", "品质部调查最低发放率(万分比)"},
      {"survey.s3.min_distribution_old_bp",
       PolicyKind::count,
       "1500",
       "入伙五年以上最低发放率(万分比)"},
      {"survey.s3.min_recovery_bp", PolicyKind::count, "7500", "品质部调查最低回收率(万分比)"},
      {"survey.submit_days", PolicyKind::count, "5", "公开信张贴后递交时限(天)"},
      {"survey.tally_days", PolicyKind::count, "3", "回收后统计时限(天)"},
      {"tariff.deco.deposit_fen", PolicyKind::amount_fen, "", "装修押金标准"},
      {"tariff.deco.pass_fen", PolicyKind::amount_fen, "", "出入证收费标准"},
      {"tariff.deco.waste_removal_fen", PolicyKind::amount_fen, "", "清运费标准"},
      {"violation.owner_call_attempts", PolicyKind::count, "3", "违章通知业主未接次数"},
      {"visit.csa_month", PolicyKind::count, "20", "客户助理每月访问客户数"},
      {"visit.dept_month", PolicyKind::count, "10", "部门每月访问客户数"},
  };
}

Parameters all_parameters() {
  Parameters all = parameters_a_to_c();
  for (const Parameters& part :
       {parameters_d_to_o(), duties_a_to_i(), duties_i_to_z(), parameters_p_to_z()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  std::ranges::sort(all, {}, &PolicyParameter::key);
  return all;
}

}  // namespace

const std::vector<PolicyParameter>& policy_parameters() {
  static const Parameters parameters = all_parameters();
  return parameters;
}

const PolicyParameter* find_policy_parameter(std::string_view key) {
  const auto& all = policy_parameters();
  const auto found = std::ranges::lower_bound(all, key, {}, &PolicyParameter::key);
  return found != all.end() && found->key == key ? &*found : nullptr;
}

bool is_policy_value(const PolicyParameter& parameter, std::string_view value) {
  switch (parameter.kind) {
    case PolicyKind::flag:
      return value == "true" || value == "false";
    case PolicyKind::count:
    case PolicyKind::amount_fen:
      return parse_number(value).has_value();
    case PolicyKind::text:
      return !value.empty() && value.size() <= 64;
    case PolicyKind::choice:
      return is_word_of(parameter.choices, value);
  }
  return false;
}

std::optional<std::string> policy_text(const World& world, std::string_view key, CivilDate on) {
  const auto* state = world.find<PolicyState>(policy_key);
  if (state != nullptr) {
    // The newest version whose date has come.
    for (auto version = state->versions.rbegin(); version != state->versions.rend(); ++version) {
      const auto found = version->values.find(std::string(key));
      if (version->effective <= on && found != version->values.end()) {
        return found->second;
      }
    }
  }
  const PolicyParameter* parameter = find_policy_parameter(key);
  if (parameter == nullptr || parameter->fallback.empty()) {
    return std::nullopt;
  }
  return std::string(parameter->fallback);
}

std::optional<bool> policy_flag(const World& world, std::string_view key, CivilDate on) {
  const auto text = policy_text(world, key, on);
  return text ? std::optional<bool>(*text == "true") : std::nullopt;
}

std::optional<std::int64_t> policy_number(const World& world, std::string_view key, CivilDate on) {
  const auto text = policy_text(world, key, on);
  return text ? parse_number(*text) : std::nullopt;
}

std::optional<Fen> policy_amount(const World& world, std::string_view key, CivilDate on) {
  const auto number = policy_number(world, key, on);
  return number ? std::optional<Fen>(Fen{*number}) : std::nullopt;
}

std::uint32_t policy_version(const World& world, CivilDate on) {
  std::uint32_t version = 0;
  for (const PolicyVersion& each : world.get<PolicyState>(policy_key).versions) {
    version = each.effective <= on ? each.version : version;
  }
  return version;
}

bool session_vouches(const World& world, CivilDate on) {
  return policy_text(world, signature_key, on) == "session";
}

}  // namespace juanzong
