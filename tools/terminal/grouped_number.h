// SPDX-License-Identifier: Apache-2.0
// Numbers as people read them: "1,234,567". Amounts: to_text(Fen) of events/model/money.h.
#pragma once

#include <cstdint>
#include <string>

namespace juanzong::terminal {

[[nodiscard]] std::string grouped(std::uint64_t number);
[[nodiscard]] std::string grouped(std::int64_t number);

}  // namespace juanzong::terminal
