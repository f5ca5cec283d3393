// SPDX-License-Identifier: Apache-2.0
// Signatures and attachments (签名、附件, PX): late signatures, denials and what was decided about
// them, files of a case, and what an auditor's replay found. The states that others ask are in
// events/procedures/signature_disputes.h.
#pragma once

#include "events/procedures/procedure.h"

#include <span>

namespace juanzong {

[[nodiscard]] const Procedure& signature_disputes_procedure();

// Parts of the procedure, by what they are about.
[[nodiscard]] std::span<const EventHandler> signature_dispute_handlers();
[[nodiscard]] std::span<const EventHandler> evidence_handlers();

inline constexpr Rule signature_there_rule{
    "H-SIG-1",
    "PX, SC9",
    "所指记录须在本记录之前,且有该签名",
    "the record lies before this one and has that signature"};
inline constexpr Rule signature_streams_rule{
    "H-SIG-2",
    "PX, SC9",
    "须登记在原记录的全部案卷中,不得只登记其一",
    "it stands in every stream of the record that it speaks of"};
inline constexpr Rule denier_rule{
    "H-SIG-3",
    "PX, SC9",
    "异议须由签名人提出,或由客服主管凭其签名或证据代为登记",
    "the signer denies it himself, or the customer-centre head enters it with his signature or "
    "with evidence"};
inline constexpr Rule judge_rule{"H-SIG-4",
                                 "PX",
                                 "异议双方不得裁定本案",
                                 "whose signature it is, or who denies it, does not decide"};

}  // namespace juanzong
