// SPDX-License-Identifier: Apache-2.0
#include "projections/views/signature_status.h"

#include "events/procedures/signature_disputes.h"
#include "events/procedures/signature_disputes/signature_disputes_generated.h"

#include <algorithm>

namespace juanzong {
namespace {

std::ptrdiff_t count_until(const std::vector<RecordIndex>& ascending, RecordIndex upto) {
  return std::ranges::upper_bound(ascending, upto) - ascending.begin();
}

// What a decision leaves of a standing; a withdrawn denial leaves it as it was before.
SignatureStanding after(const StoredRecord& decision, SignatureStanding before) {
  const auto& body =
      *flatbuffers::GetRoot<body::SignatureDisputeResolved>(decision.view.statement.body.data());
  switch (body.result()) {
    case body::DisputeResult::DENIAL_UPHELD:
      return SignatureStanding::denied;
    case body::DisputeResult::SIGNATURE_CONFIRMED:
      return SignatureStanding::confirmed;
    default:
      return before;
  }
}

// Denials and decisions alternate: one may be open at a time.
SignatureStanding standing_then(const ViewContext& context, const SignatureDisputeState& state) {
  const std::ptrdiff_t denied = count_until(state.disputed, context.upto());
  const std::ptrdiff_t decided = count_until(state.resolved, context.upto());
  if (denied > decided) {
    return SignatureStanding::disputed;
  }
  SignatureStanding standing = SignatureStanding::valid;
  for (std::ptrdiff_t i = 0; i < decided; ++i) {
    const Result<StoredRecord> decision =
        context.record(state.resolved[static_cast<std::size_t>(i)]);
    if (decision) {
      standing = after(*decision, standing);
    }
  }
  return standing;
}

}  // namespace

CellCode signature_status(const ViewContext& context, const SignatureRef& signature) {
  const auto* state = context.newest().find<SignatureDisputeState>(
      signature_key(signature.record, signature.place));
  const SignatureStanding standing =
      state == nullptr ? SignatureStanding::valid : standing_then(context, *state);
  return {std::string(code_of(standing)), std::string(zh_of(standing))};
}

}  // namespace juanzong
