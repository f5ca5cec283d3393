// SPDX-License-Identifier: Apache-2.0
// The text under which the state of a key is found, without an allocation.
#pragma once

#include "crypto/hex.h"

#include "events/model/ids.h"

#include <array>
#include <string_view>

namespace juanzong {

// The hexadecimal key id.
class KeyName {
 public:
  explicit KeyName(const KeyId& id) { crypto::hex_encode(id.view(), text_.data()); }
  operator std::string_view() const { return {text_.data(), text_.size()}; }  // NOLINT: its text

 private:
  std::array<char, 2 * sizeof(KeyId)> text_;
};

}  // namespace juanzong
