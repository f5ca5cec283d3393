// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/signature_disputes/signature_disputes.h"

#include "events/procedures/joined_handlers.h"
#include "events/procedures/signature_disputes.h"
#include "events/procedures/signature_disputes/signature_disputes_schema.h"

#include <array>

namespace juanzong {
namespace {

constexpr std::array rules{signature_there_rule, signature_streams_rule, denier_rule, judge_rule};

constexpr std::array states{state_type<SignatureDisputeState>("signature_dispute"),
                            state_type<LateSignaturesState>("late_signatures")};

}  // namespace

const Procedure& signature_disputes_procedure() {
  static const auto handlers = joined_handlers({signature_dispute_handlers(), evidence_handlers()});
  static const Procedure procedure{.code = "PX-S",
                                   .name = "signature_disputes",
                                   .zh = "签名与附件",
                                   .en = "Signatures and attachments",
                                   .schema = signature_disputes_schema,
                                   .handlers = handlers,
                                   .rules = rules,
                                   .states = states};
  return procedure;
}

}  // namespace juanzong
