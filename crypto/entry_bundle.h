// SPDX-License-Identifier: Apache-2.0
// Entry bundles of C2SP tlog-tiles: the entries of one tile, each behind its length.
//
//   u16 length, big-endian; entry      for every entry, in order
#pragma once

#include "crypto/byte_view.h"

#include <string>

namespace juanzong::crypto {

// An entry is at most 65,535 bytes.
inline void append_to_bundle(std::string& bundle, ByteView entry) {
  bundle.push_back(static_cast<char>(entry.size() >> 8U));
  bundle.push_back(static_cast<char>(entry.size() & 0xFFU));
  bundle.append(text_of(entry));
}

}  // namespace juanzong::crypto
