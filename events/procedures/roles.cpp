// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/roles.h"

#include <array>

namespace juanzong {
namespace {

struct Row {
  std::string_view code;
  std::string_view zh;
};

// In the order of the enumeration.
constexpr std::array<Row, role_count> rows{{
    {"CSA", "客户助理"},       {"CSM", "客户中心主管"},  {"PS", "项目主管"},
    {"PM", "项目经理"},        {"CAS", "收银员"},        {"CLK", "文员"},
    {"GFC", "车库收费员"},     {"ARC", "档案员"},        {"KEY", "钥匙管理员"},
    {"ENG", "工程部"},         {"ENGM", "工程部负责人"}, {"SEC", "保安"},
    {"SECM", "保安部负责人"},  {"ENV", "环境部"},        {"AREA", "区域负责人"},
    {"CONF", "会务人员"},      {"WH", "仓库保管员"},     {"CL", "公司领导"},
    {"MDM", "公司管理部经理"}, {"QD", "品质部"},         {"MR", "管理者代表"},
    {"FIN", "财务部"},         {"HR", "行政人事部"},     {"MKT", "营销部"},
    {"PUR", "采购员"},         {"TOP", "最高管理者"},    {"AUD", "审计"},
    {"SYS", "系统"},           {"ADM", "系统管理员"},
}};

}  // namespace

std::optional<Role> role_from_code(std::string_view code) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].code == code) {
      return static_cast<Role>(i);
    }
  }
  return std::nullopt;
}

std::string_view code_of(Role role) {
  return rows[static_cast<std::size_t>(role)].code;
}

std::string_view zh_of(Role role) {
  return rows[static_cast<std::size_t>(role)].zh;
}

std::optional<RoleSet> roles_from_codes(std::string_view codes) {
  RoleSet roles;
  while (!codes.empty()) {
    const std::size_t space = codes.find(' ');
    const auto role = role_from_code(codes.substr(0, space));
    if (!role) {
      return std::nullopt;
    }
    roles.add(*role);
    codes.remove_prefix(space == std::string_view::npos ? codes.size() : space + 1);
  }
  return roles;
}

std::string to_text(RoleSet roles) {
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (roles.has(static_cast<Role>(i))) {
      text.append(text.empty() ? "" : " ").append(rows[i].code);
    }
  }
  return text;
}

}  // namespace juanzong
