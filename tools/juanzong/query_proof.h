// SPDX-License-Identifier: Apache-2.0
// juanzong query --proof: the answer with what it rests on (projections/proofs/answer_proof.h).
#pragma once

#include "projections/proofs/answer_proof.h"

#include "tools/client/client.h"
#include "tools/juanzong/offline_ledger.h"

namespace juanzong::cli {

[[nodiscard]] Result<AnswerProof> prove_answer(const OfflineLedger& ledger,
                                               std::string_view view,
                                               const QueryArguments& arguments);
// If a day is closed meanwhile, it is tried again.
[[nodiscard]] Result<AnswerProof> prove_answer(Client& client,
                                               std::string_view view,
                                               const QueryArguments& arguments);

}  // namespace juanzong::cli
