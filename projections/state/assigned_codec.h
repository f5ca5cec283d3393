// SPDX-License-Identifier: Apache-2.0
// What the server decided with a record, as bytes in it: empty, or the FlatBuffers table Assigned
// of common.fbs. The audit decides again and compares.
#pragma once

#include "events/model/result.h"
#include "events/procedures/procedure.h"

namespace juanzong {

[[nodiscard]] Bytes encode_assigned(const AssignedValues& assigned);
// corruption unless the bytes are what encode_assigned writes.
[[nodiscard]] Result<AssignedValues> decode_assigned(ByteView bytes);

}  // namespace juanzong
