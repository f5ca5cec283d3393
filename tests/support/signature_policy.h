// SPDX-License-Identifier: Apache-2.0
// A policy that says whether requests need signatures, as the JSON body of PolicyAdopted.
#pragma once

#include "tests/support/rule_tester.h"

#include <string>
#include <string_view>

namespace juanzong::testing {

// `value`: "required" or "session".
inline std::string signature_policy(int version,
                                    std::string_view effective,
                                    std::string_view value) {
  return R"({"policy_ver":)" + std::to_string(version) + R"(,"effective":")" +
         std::string(effective) + R"(","values":[{"key":"statement.signature","value":")" +
         std::string(value) + "\"}]," + signatures({staff_signature("PM")}) + "}";
}

}  // namespace juanzong::testing
