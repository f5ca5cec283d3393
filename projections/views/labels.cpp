// SPDX-License-Identifier: Apache-2.0
#include "projections/views/labels.h"

#include "events/procedures/charges.h"
#include "events/procedures/notices/notices_generated.h"
#include "events/schema/common_generated.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

// The label with that number, the last one for numbers beyond.
template <std::size_t N>
std::string_view at(const std::array<std::string_view, N>& names, std::size_t number) {
  return names[std::min(number, N - 1)];
}

CellCode code(std::string_view code_text, std::string_view zh) {
  return {std::string(code_text), std::string(zh)};
}

constexpr std::array<std::string_view, 5> standings{
    "NOT_YET", "IN_FORCE", "EXPIRING", "EXPIRED", "RENEWED"};
constexpr std::array<std::string_view, 5> standings_zh{
    "未生效", "有效", "即将到期", "已到期", "已续签"};
constexpr std::array<std::string_view, deposit_stage_count> deposit_stages{
    "无", "持有", "等待期", "可退", "已验收", "已计算", "已同意", "已退还"};
constexpr std::array<std::string_view, decoration_stage_count> decoration_stages{"无",
                                                                                 "已申请",
                                                                                 "资料齐全",
                                                                                 "审批中",
                                                                                 "已批准",
                                                                                 "业主已确认",
                                                                                 "已签协议",
                                                                                 "费用已清",
                                                                                 "已发进场证",
                                                                                 "施工中",
                                                                                 "已申请验收",
                                                                                 "验收合格",
                                                                                 "未批准",
                                                                                 "已取消",
                                                                                 "已结案"};
constexpr std::array<std::string_view, 7> handover_stages{
    "未开始", "身份已核实", "手续齐全", "文件已签收", "钥匙已交付", "已交接", "未接收"};
constexpr std::array<std::string_view, 7> tenancy_stages{
    "无", "业主已同意", "已登记", "租住中", "退租中", "已结清", "已终止"};
constexpr std::array<std::string_view, parking_stage_count> parking_stages{
    "无", "资格已核实", "资料齐全", "已缴租金", "租用中", "已到期", "卡已退回", "已结束"};
constexpr std::array<std::string_view, 5> card_deposit_stages{
    "无", "持有", "卡已退回", "已挂失", "已退还"};
constexpr std::array<std::string_view, 8> transfer_stages{
    "无", "已申报", "已确认", "费用已清", "资料齐全", "已变更", "不予确认", "已失效"};
constexpr std::array<std::string_view, 6> notice_stages{
    "无", "已拟写", "已审批", "已发文", "张贴中", "已撤下"};
constexpr std::array<std::string_view, 6> subjects_zh{
    "未注明", "管理规约", "服务内容与标准", "收费项目与标准", "重要事项", "其他"};
constexpr std::array<std::string_view, 5> office_stages{
    "空闲", "已入驻", "退租中", "已退房", "待租"};
constexpr std::array<std::string_view, 5> key_fates{"无", "在客户处", "已收回", "已损坏", "已丢失"};
constexpr std::array<std::string_view, 5> papers{
    "-", "HANDOVER", "TENANT", "DECORATION_FIRE", "TRANSFER"};
constexpr std::array<std::string_view, 5> papers_zh{
    "-", "业主安全责任书", "租户安全责任书", "装修消防责任书", "转让安全责任书"};
constexpr std::array<std::string_view, 3> uses{"UNKNOWN", "RESIDENTIAL", "OFFICE"};
constexpr std::array<std::string_view, 3> uses_zh{"未注明", "住宅", "办公"};
constexpr std::array<std::string_view, 5> methods_zh{"未注明", "现金", "刷卡", "转账", "扫码"};
constexpr std::array<std::string_view, 6> signings_zh{
    "未注明", "纸面签名", "平板签名", "电子签章", "电话录音", "员工登录"};

constexpr std::array<std::string_view, key_stage_count> key_stages{
    "无", "未登记", "在管", "业主持有", "内部借出", "客户持有", "已丢失"};
constexpr std::array<std::string_view, 5> origins{
    "UNSPECIFIED", "DEVELOPER", "NOT_YET_HANDED_OVER", "ENTRUSTED", "RECTIFICATION"};
constexpr std::array<std::string_view, 5> origins_zh{
    "未注明", "开发商交付", "业主尚未接房", "委托托管", "留存整改"};
constexpr std::array<std::string_view, 6> checks_zh{
    "未注明", "身份证", "护照", "执照", "熟识", "未核实"};
constexpr std::array<std::string_view, 13> capacities_zh{"未注明",
                                                         "业主",
                                                         "业主代理人",
                                                         "租户",
                                                         "办公单位负责人",
                                                         "装修单位",
                                                         "装修单位代理人",
                                                         "携带人",
                                                         "客户",
                                                         "开发商",
                                                         "供方",
                                                         "业主委员会",
                                                         "员工"};

}  // namespace

CellCode label_of(ContractStanding standing) {
  const auto number = static_cast<std::size_t>(standing);
  return code(at(standings, number), at(standings_zh, number));
}

CellCode label_of(DepositStage stage) {
  return code(name_of(stage), at(deposit_stages, static_cast<std::size_t>(stage)));
}

CellCode label_of(DecorationStage stage) {
  return code(name_of(stage), at(decoration_stages, static_cast<std::size_t>(stage)));
}

CellCode label_of(HandoverStage stage) {
  return code(code_of(stage), at(handover_stages, static_cast<std::size_t>(stage)));
}

CellCode label_of(TenancyStage stage) {
  return code(code_of(stage), at(tenancy_stages, static_cast<std::size_t>(stage)));
}

CellCode label_of(ParkingStage stage) {
  return code(name_of(stage), at(parking_stages, static_cast<std::size_t>(stage)));
}

CellCode label_of(CardDepositStage stage) {
  return code(name_of(stage), at(card_deposit_stages, static_cast<std::size_t>(stage)));
}

CellCode label_of(TransferStage stage) {
  return code(code_of(stage), at(transfer_stages, static_cast<std::size_t>(stage)));
}

CellCode label_of(NoticeStage stage) {
  return code(code_of(stage), at(notice_stages, static_cast<std::size_t>(stage)));
}

CellCode notice_subject_label(std::uint8_t subject) {
  return code(body::EnumNameNoticeSubject(static_cast<body::NoticeSubject>(subject)),
              at(subjects_zh, subject));
}

CellCode label_of(KeyStage stage) {
  return code(name_of(stage), at(key_stages, static_cast<std::size_t>(stage)));
}

CellCode label_of(KeyOrigin origin) {
  const auto number = static_cast<std::size_t>(origin);
  return code(at(origins, number), at(origins_zh, number));
}

CellCode label_of(OfficeStage stage) {
  return code(code_of(stage), at(office_stages, static_cast<std::size_t>(stage)));
}

CellCode label_of(OfficeKeyFate fate) {
  return code(code_of(fate), at(key_fates, static_cast<std::size_t>(fate)));
}

CellCode label_of(SafetyPaper paper) {
  const auto number = static_cast<std::size_t>(paper);
  return code(at(papers, number), at(papers_zh, number));
}

CellCode label_of(UnitUsage use) {
  const auto number = static_cast<std::size_t>(use);
  return code(at(uses, number), at(uses_zh, number));
}

CellCode label_of(UnitCategory category) {
  return code(code_of(category), zh_of(category));
}

CellCode purpose_label(std::uint8_t purpose) {
  return code(purpose_code(purpose), purpose_zh(purpose));
}

CellCode method_label(std::uint8_t method) {
  return code(body::EnumNamePaymentMethod(static_cast<body::PaymentMethod>(method)),
              at(methods_zh, method));
}

CellCode signing_label(std::uint8_t method) {
  return code(body::EnumNameSignatureMethod(static_cast<body::SignatureMethod>(method)),
              at(signings_zh, method));
}

CellCode id_check_label(std::uint8_t check) {
  return code(body::EnumNameIdCheck(static_cast<body::IdCheck>(check)), at(checks_zh, check));
}

CellCode capacity_label(std::uint8_t capacity, std::string_view staff_role) {
  const auto role = role_from_code(staff_role);
  if (static_cast<body::Capacity>(capacity) == body::Capacity::STAFF && role) {
    return code(code_of(*role), zh_of(*role));
  }
  return code(body::EnumNameCapacity(static_cast<body::Capacity>(capacity)),
              at(capacities_zh, capacity));
}

CellCode event_label(const CatalogueEntry* entry) {
  return entry == nullptr ? code("UNKNOWN", "未知")
                          : code(entry->descriptor.name, entry->descriptor.zh);
}

const Rule* find_rule(const Catalogue& catalogue, std::string_view id) {
  for (const Procedure* procedure : catalogue.procedures()) {
    const auto found = std::ranges::find(procedure->rules, id, &Rule::id);
    if (found != procedure->rules.end()) {
      return &*found;
    }
  }
  return nullptr;
}

}  // namespace juanzong
