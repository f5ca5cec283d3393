// SPDX-License-Identifier: Apache-2.0
// Chinese labels of the fields that forms of money, decoration and handover have most; a
// translation for readers, no part of any proof. Other fields go by their names in the schema.
#pragma once

#include <string>
#include <string_view>

namespace juanzong::evidence {

// "金额 amount_fen"; the name alone where there is no label.
[[nodiscard]] std::string field_label(std::string_view name);

}  // namespace juanzong::evidence
