// SPDX-License-Identifier: Apache-2.0
// What the files of this folder share: the rules of P15 and the guard of the stage. text_rules.cpp
// judges the text until it has its number, publication_rules.cpp what becomes of it afterwards.
#pragma once

#include "events/procedures/notices/notices.h"

#include <span>
#include <string_view>

namespace juanzong::notices {

inline constexpr Rule approval_rule{
    "H-NOT-1",
    "S0§15.2",
    "通知须经项目经理审批签阅、加盖项目中心印章并以项目中心名义发出",
    "a notice goes out only as the project manager approved it, "
    "sealed by and in the name of the project centre"};
inline constexpr Rule number_rule{
    "H-NOT-2", "S0§15.1(2)", "文号须统一且不得重复", "a document number is used once"};
inline constexpr Rule receipt_rule{"H-NOT-3",
                                   "S0§15.4(3)",
                                   "单独发文须送到客户手中并请客户签收",
                                   "a notice for one customer is signed for by that customer"};
inline constexpr Rule archive_rule{
    "H-NOT-4", "S0§15.5", "向外发出的通知须存档一份", "a copy of what goes out is kept"};

// What publication needs first: H-NOT-1 where the text waits for its approval, else STATE outside
// the stages from `first` to `last`.
void check_published_stage(const NoticeState& notice,
                           NoticeStage first,
                           NoticeStage last,
                           Decision& decision);

[[nodiscard]] std::span<const EventHandler> text_handlers();
[[nodiscard]] std::span<const EventHandler> publication_handlers();

}  // namespace juanzong::notices
