// SPDX-License-Identifier: Apache-2.0
#include "projections/state/assigned_codec.h"

#include "events/procedures/finished_body.h"
#include "events/schema/common_generated.h"

namespace juanzong {

Bytes encode_assigned(const AssignedValues& assigned) {
  if (assigned == AssignedValues{}) {
    return {};
  }
  flatbuffers::FlatBufferBuilder builder(128);
  flatbuffers::Offset<flatbuffers::String> receipt;
  flatbuffers::Offset<flatbuffers::String> not_before;
  if (!assigned.receipt_no.empty()) {
    receipt = builder.CreateString(assigned.receipt_no);
  }
  if (assigned.not_before) {
    not_before = builder.CreateString(to_text(*assigned.not_before));
  }
  return finished_body(builder, body::CreateAssigned(builder, receipt, not_before));
}

Result<AssignedValues> decode_assigned(ByteView bytes) {
  AssignedValues assigned;
  if (bytes.empty()) {
    return assigned;
  }
  // The table stands at any offset of the record: copy it to where its scalars are aligned.
  const Bytes aligned(bytes.begin(), bytes.end());
  flatbuffers::Verifier verifier(aligned.data(), aligned.size(), 4, 4);
  if (!verifier.VerifyBuffer<body::Assigned>(nullptr)) {
    return fail(ErrorCode::corruption, "assigned");
  }
  const auto& table = *flatbuffers::GetRoot<body::Assigned>(aligned.data());
  assigned.receipt_no = text_of(table.receipt_no());
  assigned.not_before = date_of(table.not_before());
  if (encode_assigned(assigned) != aligned) {
    return fail(ErrorCode::corruption, "assigned");
  }
  return assigned;
}

}  // namespace juanzong
