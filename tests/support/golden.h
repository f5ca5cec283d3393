// SPDX-License-Identifier: Apache-2.0
// Golden bytes: tests/golden/NAME.golden, hexadecimal, written by tests/golden/assemble.py, which
// shares no code with what is tested.
#pragma once

#include "crypto/byte_view.h"
#include "crypto/hex.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace juanzong::testing {

inline Bytes golden(const std::string& name) {
  std::ifstream file(std::string(JUANZONG_SOURCE_DIR "/tests/golden/") + name + ".golden");
  std::string text;
  for (std::string line; std::getline(file, line);) {
    text += line;
  }
  const auto bytes = crypto::hex_decode(text);
  EXPECT_TRUE(bytes && !bytes->empty()) << name;
  return bytes.value_or(Bytes{});
}

}  // namespace juanzong::testing
