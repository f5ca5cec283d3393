// SPDX-License-Identifier: Apache-2.0
// The bytes of a table that our own code builds, not a client.
#pragma once

#include "crypto/byte_view.h"

#include <flatbuffers/flatbuffers.h>

namespace juanzong {

template <class Table>
[[nodiscard]] Bytes finished_body(flatbuffers::FlatBufferBuilder& builder,
                                  flatbuffers::Offset<Table> root) {
  builder.Finish(root);
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

}  // namespace juanzong
