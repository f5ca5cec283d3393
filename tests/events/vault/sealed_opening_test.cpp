// SPDX-License-Identifier: Apache-2.0
#include "events/vault/sealed_opening.h"

#include "tests/support/mutations.h"
#include "tests/support/secret_keys.h"

#include <gtest/gtest.h>

namespace juanzong {
namespace {

using testing::secret;

OpeningPlace place() {
  OpeningPlace where;
  where.ledger.bytes.fill(1);
  where.index = RecordIndex{77};
  where.subject.bytes.fill(2);
  where.path = "name";
  return where;
}

OpenedValue value() {
  OpenedValue opened;
  opened.salt.fill(9);
  opened.value = {1, 2, 3};
  return opened;
}

TEST(SealedOpening, OpensUnderItsKeyAndPlaceOnly) {
  const Bytes sealed = seal_opening(secret(5), place(), value());
  EXPECT_EQ(sealed.size(), 32U + 3 + 28);
  const auto opened = open_opening(secret(5), place(), sealed);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->salt, value().salt);
  EXPECT_EQ(opened->value, value().value);
  EXPECT_FALSE(open_opening(secret(6), place(), sealed));
  OpeningPlace other = place();
  other.ledger.bytes[0] ^= 1;
  EXPECT_FALSE(open_opening(secret(5), other, sealed));
  other = place();
  other.index = RecordIndex{78};
  EXPECT_FALSE(open_opening(secret(5), other, sealed));
  other = place();
  other.subject.bytes[0] ^= 1;
  EXPECT_FALSE(open_opening(secret(5), other, sealed));
  other = place();
  other.path = "phone";
  EXPECT_FALSE(open_opening(secret(5), other, sealed));
}

TEST(SealedOpening, IsNeverTwiceTheSameAndNeverDamaged) {
  const Bytes sealed = seal_opening(secret(5), place(), value());
  EXPECT_NE(seal_opening(secret(5), place(), value()), sealed);
  testing::for_each_mutation(sealed, [](const Bytes& mutated, std::size_t at) {
    ASSERT_FALSE(open_opening(secret(5), place(), mutated)) << at;
  });
}

TEST(SealedOpening, AnEmptyValueHasItsSaltStill) {
  OpenedValue empty = value();
  empty.value.clear();
  const auto opened = open_opening(secret(5), place(), seal_opening(secret(5), place(), empty));
  ASSERT_TRUE(opened);
  EXPECT_TRUE(opened->value.empty());
}

}  // namespace
}  // namespace juanzong
