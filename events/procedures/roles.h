// SPDX-License-Identifier: Apache-2.0
// Roles (岗位). Codes are those of docs/glossary.md; a set of roles is a bit mask, so that "may
// append" is one AND. Numbers are permanent: role sets stand in derived state.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

enum class Role : std::uint8_t {
  csa,
  csm,
  ps,
  pm,
  cas,
  clk,
  gfc,
  arc,
  key,
  eng,
  engm,
  sec,
  secm,
  env,
  area,
  conf,
  wh,
  cl,
  mdm,
  qd,
  mr,
  fin,
  hr,
  mkt,
  pur,
  top,
  aud,
  sys,
  adm,
};

inline constexpr std::size_t role_count = 29;

struct RoleSet {
  std::uint64_t bits = 0;
  bool operator==(const RoleSet&) const = default;
  [[nodiscard]] bool has(Role role) const {
    return (bits >> static_cast<unsigned>(role) & 1U) != 0;
  }
  [[nodiscard]] bool intersects(RoleSet other) const { return (bits & other.bits) != 0; }
  void add(Role role) { bits |= std::uint64_t{1} << static_cast<unsigned>(role); }
  template <class Ar>
  void visit(Ar& ar) {
    ar(bits);
  }
};

// "CSA", "ENGM" …; nullopt for anything else.
[[nodiscard]] std::optional<Role> role_from_code(std::string_view code);
[[nodiscard]] std::string_view code_of(Role role);
[[nodiscard]] std::string_view zh_of(Role role);
// Codes separated by single spaces; nullopt if one is unknown.
[[nodiscard]] std::optional<RoleSet> roles_from_codes(std::string_view codes);
[[nodiscard]] std::string to_text(RoleSet roles);

}  // namespace juanzong
