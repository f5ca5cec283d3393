// SPDX-License-Identifier: Apache-2.0
// Amounts in capital words (金额大写), as on cheques and receipts: 人民币壹仟陆佰壹拾叁元陆角整.
// Rules: 《支付结算办法》, annex 1 (正确填写票据和结算凭证的基本规定) — 整 after 元 or 角, none
// after 分; one 零 for any run of zeros inside the figure, also across 万 and 亿 and before 分.
#pragma once

#include "events/model/money.h"

#include <string>

namespace juanzong::evidence {

// |amount| ≤ 10^15 fen, as admission bounds it. Below zero: "负" before the words.
[[nodiscard]] std::string capital_amount(Fen amount);

}  // namespace juanzong::evidence
