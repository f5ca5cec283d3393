// SPDX-License-Identifier: Apache-2.0
// Cells of an owner roster as values. Each takes a narrow() text; nullopt: not such a value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

// A part of a unit's code: "3", "3栋", "1单元", "1202室" without their words.
[[nodiscard]] std::optional<std::string> unit_part(std::string_view text);
// "12", "12层", "-1"; never 0.
[[nodiscard]] std::optional<std::int32_t> floor_number(std::string_view text);
// Square metres, at most four decimals, as cm²: "89.5" is 895,000. Exact, no floating point.
[[nodiscard]] std::optional<std::int64_t> area_cm2(std::string_view text);
// A mobile ("138 0000 0000", "+86 …") or a landline with area code ("021-5555 0000"): its digits.
[[nodiscard]] std::optional<std::string> phone_number(std::string_view text);
// Letters, digits, '.', '_' and '-', at most 64.
[[nodiscard]] std::optional<std::string> contract_number(std::string_view text);

}  // namespace juanzong
