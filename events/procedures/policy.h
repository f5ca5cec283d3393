// SPDX-License-Identifier: Apache-2.0
// Policy (项目参数): values adopted by records, versioned. A case is judged by the policy in force
// when it began, so every question names a civil date. Keys and defaults: docs/POLICY.md.
#pragma once

#include "events/procedures/world.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct PolicyVersion {
  std::uint32_t version = 0;
  CivilDate effective;
  RecordIndex adopted{};
  std::map<std::string, std::string> values;  // complete: earlier values carried over
  template <class Ar>
  void visit(Ar& ar) {
    ar(version, effective, adopted, values);
  }
};

struct PolicyState {
  static constexpr StateKind kind = StateKind::policy;
  std::vector<PolicyVersion> versions;  // ascending by effective date, then version
  template <class Ar>
  void visit(Ar& ar) {
    ar(versions);
  }
};

inline constexpr std::string_view policy_key = "policy";

// What a policy key means and which values it takes.
enum class PolicyKind : std::uint8_t { flag, count, amount_fen, text, choice };
struct PolicyParameter {
  std::string_view key;
  PolicyKind kind;
  std::string_view fallback;  // empty: must be set explicitly, refuse until then
  std::string_view zh;
  std::string_view choices = {};  // of a choice, separated by spaces
};
[[nodiscard]] const PolicyParameter* find_policy_parameter(std::string_view key);
[[nodiscard]] const std::vector<PolicyParameter>& policy_parameters();
[[nodiscard]] bool is_policy_value(const PolicyParameter& parameter, std::string_view value);

// The value in force on that date, else the default; nullopt where neither exists.
[[nodiscard]] std::optional<std::string> policy_text(const World& world,
                                                     std::string_view key,
                                                     CivilDate on);
[[nodiscard]] std::optional<bool> policy_flag(const World& world,
                                              std::string_view key,
                                              CivilDate on);
[[nodiscard]] std::optional<std::int64_t> policy_number(const World& world,
                                                        std::string_view key,
                                                        CivilDate on);
[[nodiscard]] std::optional<Fen> policy_amount(const World& world,
                                               std::string_view key,
                                               CivilDate on);
// The version in force on that date; 0: none was adopted yet.
[[nodiscard]] std::uint32_t policy_version(const World& world, CivilDate on);
// Whether, on that date, a request may come without a signature of its own (statement.signature).
[[nodiscard]] bool session_vouches(const World& world, CivilDate on);

}  // namespace juanzong
