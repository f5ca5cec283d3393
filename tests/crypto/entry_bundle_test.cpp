// SPDX-License-Identifier: Apache-2.0
#include "crypto/entry_bundle.h"

#include <gtest/gtest.h>

namespace juanzong::crypto {
namespace {

TEST(EntryBundle, PutsTheLengthBeforeEachEntry) {
  std::string bundle;
  append_to_bundle(bundle, bytes_of("ab"));
  append_to_bundle(bundle, {});
  EXPECT_EQ(bundle, std::string("\0\2ab\0\0", 6));
  bundle.clear();
  append_to_bundle(bundle, Bytes(0x1234, 'x'));
  EXPECT_EQ(bundle.substr(0, 3), "\x12\x34x");
  EXPECT_EQ(bundle.size(), 2U + 0x1234U);
}

}  // namespace
}  // namespace juanzong::crypto
