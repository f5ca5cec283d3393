// SPDX-License-Identifier: Apache-2.0
#include "tools/evidence/field_labels.h"

#include <algorithm>
#include <array>
#include <utility>

namespace juanzong::evidence {
namespace {

// Ascending by name.
constexpr auto labels = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"accepted_on", "验收合格日"},
    {"agreement_clause", "协议条款"},
    {"agreement_version", "协议版本"},
    {"amount_fen", "金额"},
    {"answer", "答复"},
    {"applied_fen", "抵扣金额"},
    {"area_cm2", "面积(平方厘米)"},
    {"at", "时间"},
    {"authority", "授权"},
    {"book", "账册"},
    {"building", "幢"},
    {"calc", "计算依据"},
    {"capacity", "身份"},
    {"case_ref", "所属案卷"},
    {"channel", "方式"},
    {"charge_id", "应收编号"},
    {"charges", "应收"},
    {"citation", "依据"},
    {"company", "单位"},
    {"condition", "状况"},
    {"contract_no", "合同号"},
    {"contractor", "装修单位"},
    {"custody", "密钥保管"},
    {"decision", "决定"},
    {"deco_id", "装修编号"},
    {"department", "部门"},
    {"deposit_fen", "押金金额"},
    {"deposit_id", "押金编号"},
    {"drawings", "图纸"},
    {"due", "到期日"},
    {"effective", "生效日"},
    {"entrance", "单元"},
    {"evidence", "证据"},
    {"facts", "事实"},
    {"floor", "楼层"},
    {"form", "表单"},
    {"handed_over_on", "交接日"},
    {"id_checked", "证件核对"},
    {"image", "签名图像"},
    {"index", "序号"},
    {"item", "项目"},
    {"items", "项目"},
    {"key", "参数"},
    {"key_id", "密钥编号"},
    {"kind", "种类"},
    {"method", "方式"},
    {"name", "名称"},
    {"net_fen", "净额"},
    {"notified_at", "通知时间"},
    {"number", "房号"},
    {"owner", "业主"},
    {"party", "当事人"},
    {"party_kind", "当事人类别"},
    {"payee", "收款人"},
    {"payer", "付款人"},
    {"payer_capacity", "付款人身份"},
    {"payment_id", "收款编号"},
    {"penalties", "违约金"},
    {"period_from", "期间起"},
    {"period_to", "期间止"},
    {"permit_no", "进场证号"},
    {"planned_end", "计划完工"},
    {"planned_start", "计划开工"},
    {"policy_ver", "参数版本"},
    {"principal", "负责人"},
    {"proposed_penalty_fen", "拟收违约金"},
    {"public_key", "公钥"},
    {"purpose", "款项"},
    {"reached", "已联系上"},
    {"reason", "理由"},
    {"rectify_by", "整改期限"},
    {"remarks", "备注"},
    {"requester", "申请人"},
    {"result", "结果"},
    {"roles", "角色"},
    {"rule_ref", "所违条款"},
    {"scan", "扫描件"},
    {"scope", "装修内容"},
    {"severity", "严重程度"},
    {"side", "审批方"},
    {"signatures", "签名"},
    {"signed_at", "签署时间"},
    {"signed_digest", "所签内容"},
    {"signer", "签名人"},
    {"staff", "员工"},
    {"staff_role", "签署角色"},
    {"tariff_ver", "收费标准版本"},
    {"title", "标题"},
    {"total_fen", "合计"},
    {"unit", "房屋"},
    {"utilities", "水电气"},
    {"valid_from", "有效期起"},
    {"valid_to", "有效期止"},
    {"value", "值"},
    {"values", "参数"},
    {"verified_by", "核实人"},
    {"version", "版本"},
    {"violation_id", "违章编号"},
    {"witness", "见证人"},
});
static_assert(std::ranges::is_sorted(labels, {}, [](const auto& row) { return row.first; }));

}  // namespace

std::string field_label(std::string_view name) {
  const auto found =
      std::ranges::lower_bound(labels, name, {}, [](const auto& row) { return row.first; });
  return found == labels.end() || found->first != name
             ? std::string(name)
             : std::string(found->second) + " " + std::string(name);
}

}  // namespace juanzong::evidence
