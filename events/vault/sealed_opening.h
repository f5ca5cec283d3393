// SPDX-License-Identifier: Apache-2.0
// Sealing of openings: AES-256-GCM under the subject's key; associated data are
// "juanzong/opening/v1\n" ‖ ledger 16 ‖ index u64 ‖ subject 16 ‖ path (u16 length), plain text is
// salt 32 ‖ value. GCM does not commit to its key; the commitment in the record does that.
#pragma once

#include "crypto/secret_bytes.h"

#include "events/log/frame.h"
#include "events/model/ids.h"

#include <array>
#include <optional>
#include <string_view>

namespace juanzong {

struct OpeningPlace {
  LedgerId ledger;
  RecordIndex index{};
  PersonId subject;
  std::string_view path;
};

struct OpenedValue {
  std::array<std::uint8_t, 32> salt{};
  Bytes value;
};

[[nodiscard]] Bytes seal_opening(const crypto::SecretKey& key,
                                 const OpeningPlace& place,
                                 const OpenedValue& opened);
[[nodiscard]] std::optional<OpenedValue> open_opening(const crypto::SecretKey& key,
                                                      const OpeningPlace& place,
                                                      ByteView sealed);

}  // namespace juanzong
