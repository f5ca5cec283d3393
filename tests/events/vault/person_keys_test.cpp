// SPDX-License-Identifier: Apache-2.0
#include "events/vault/person_keys.h"

#include "crypto/sha256.h"

#include "events/storage/durable_file.h"

#include "tests/support/mutations.h"
#include "tests/support/secret_keys.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace juanzong {
namespace {

using testing::secret;

PersonId person(std::uint8_t byte) {
  PersonId id;
  id.bytes.fill(byte);
  return id;
}

const LedgerId ledger{{1, 2, 3}};

KeyOwner owner(std::uint8_t byte) {
  return {ledger, person(byte)};
}

class PersonKeyFile : public ::testing::Test {
 protected:
  std::filesystem::path file() const { return folder_.path() / "people"; }
  Result<std::unique_ptr<PersonKeys>> open(std::uint8_t kek = 1) const {
    return PersonKeys::open(file(), secret(kek));
  }
  Bytes content() const { return *read_file(file(), 1U << 20U); }
  static bool same(const std::optional<crypto::SecretKey>& a,
                   const std::optional<crypto::SecretKey>& b) {
    return a && b && crypto::constant_time_equal(a->view(), b->view());
  }

 private:
  testing::TemporaryFolder folder_;
};

TEST_F(PersonKeyFile, KeepsOneKeyPerPersonAcrossReopening) {
  const auto keys = PersonKeys::create(file(), secret(1));
  ASSERT_TRUE(keys);
  EXPECT_FALSE((*keys)->find(owner(1)));
  ASSERT_TRUE((*keys)->ensure(ledger, {person(2), person(1), person(2)}));
  EXPECT_FALSE(same((*keys)->find(owner(1)), (*keys)->find(owner(2))));
  const auto again = open();
  ASSERT_TRUE(again);
  EXPECT_TRUE(same((*again)->find(owner(1)), (*keys)->find(owner(1))));
  ASSERT_TRUE((*again)->ensure(ledger, {person(1), person(3)}));
  EXPECT_TRUE(same((*again)->find(owner(1)), (*keys)->find(owner(1))));
  EXPECT_TRUE((*again)->find(owner(3)));
  EXPECT_EQ(content().size(), 12U + 3 * (32 + 1 + 2 + 60) + 32);
}

TEST_F(PersonKeyFile, HasTheDocumentedLayout) {
  ASSERT_TRUE(PersonKeys::create(file(), secret(1)));
  Bytes expected{'J', 'Z', 'P', 'K', 2, 0, 0, 0, 0, 0, 0, 0};
  const crypto::Digest digest = crypto::sha256(expected);
  expected.insert(expected.end(), digest.bytes.begin(), digest.bytes.end());
  EXPECT_EQ(content(), expected);
}

TEST_F(PersonKeyFile, AnErasedPersonNeverHasAKeyAgain) {
  const auto keys = PersonKeys::create(file(), secret(1));
  ASSERT_TRUE((*keys)->ensure(ledger, {person(1), person(2)}));
  const Bytes before = content();
  ASSERT_TRUE((*keys)->erase(owner(1)));
  ASSERT_TRUE((*keys)->erase(owner(9)));  // erased before it had one
  EXPECT_TRUE((*keys)->is_erased(owner(1)) && (*keys)->is_erased(owner(9)));
  EXPECT_FALSE((*keys)->is_erased(owner(8))) << "never had one";
  EXPECT_FALSE((*keys)->find(owner(1)));
  EXPECT_TRUE((*keys)->find(owner(2)));
  EXPECT_EQ((*keys)->ensure(ledger, {person(3), person(1)}).error().code, ErrorCode::not_permitted);
  EXPECT_FALSE((*keys)->find(owner(3)));
  // The wrapped key of person 1 stood behind the 12 bytes of head and 35 of its entry.
  const Bytes after = content();
  const auto wrapped = before.begin() + 12 + 35;
  EXPECT_EQ(std::search(after.begin(), after.end(), wrapped, wrapped + 60), after.end());
  const auto again = open();
  ASSERT_TRUE(again);
  EXPECT_FALSE((*again)->find(owner(1)));
  EXPECT_FALSE((*again)->ensure(ledger, {person(1)}));
  EXPECT_FALSE((*again)->ensure(ledger, {person(9)}));
}

TEST_F(PersonKeyFile, EachLedgerHasAKeyOfItsOwnForAPerson) {
  const LedgerId other{{9}};
  const auto keys = PersonKeys::create(file(), secret(1));
  ASSERT_TRUE((*keys)->ensure(ledger, {person(1)}));
  EXPECT_FALSE((*keys)->find({other, person(1)}));
  ASSERT_TRUE((*keys)->ensure(other, {person(1)}));
  EXPECT_FALSE(same((*keys)->find(owner(1)), (*keys)->find({other, person(1)})));
  ASSERT_TRUE((*keys)->erase(owner(1)));
  const auto again = open();
  ASSERT_TRUE(again);
  EXPECT_TRUE((*again)->is_erased(owner(1)));
  EXPECT_FALSE((*again)->is_erased({other, person(1)}));
  EXPECT_TRUE((*again)->find({other, person(1)}));
}

// A crash while the file was replaced leaves a copy beside it, and the bytes of the file that was
// replaced stay on disk.
TEST_F(PersonKeyFile, NoCopyOfAnErasedKeyStaysBehind) {
  const auto keys = PersonKeys::create(file(), secret(1));
  ASSERT_TRUE((*keys)->ensure(ledger, {person(1)}));
  const std::filesystem::path unfinished = file().string() + ".new-Abc123";
  std::filesystem::copy_file(file(), unfinished);
  const std::filesystem::path link = file().string() + "-before";
  std::filesystem::create_hard_link(file(), link);
  ASSERT_TRUE((*keys)->erase(owner(1)));
  EXPECT_FALSE(std::filesystem::exists(unfinished));
  const Bytes before = *read_file(link, 1U << 20U);
  EXPECT_TRUE(std::ranges::all_of(before, [](std::uint8_t byte) { return byte == 0; }));
}

TEST_F(PersonKeyFile, EveryDamageIsRefused) {
  const auto keys = PersonKeys::create(file(), secret(1));
  ASSERT_TRUE((*keys)->ensure(ledger, {person(1)}));
  ASSERT_TRUE((*keys)->erase(owner(2)));
  testing::for_each_mutation(content(), [this](const Bytes& mutated, std::size_t at) {
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << text_of(mutated);
    const auto opened = open();
    ASSERT_FALSE(opened) << at;
    ASSERT_EQ(opened.error().code, ErrorCode::corruption) << at;
  });
}

TEST_F(PersonKeyFile, AWrongKeyEncryptionKeyIsNoticedAtOnce) {
  ASSERT_TRUE((*PersonKeys::create(file(), secret(1)))->ensure(ledger, {person(1)}));
  EXPECT_EQ(open(2).error().code, ErrorCode::environment);
  EXPECT_TRUE(open(1));
}

TEST_F(PersonKeyFile, IsNeitherOverwrittenNorInvented) {
  EXPECT_EQ(open().error().code, ErrorCode::not_found);
  ASSERT_TRUE(PersonKeys::create(file(), secret(1)));
  EXPECT_EQ(PersonKeys::create(file(), secret(1)).error().code, ErrorCode::not_permitted);
}

TEST_F(PersonKeyFile, AKeyThatCouldNotBeStoredIsNotHandedOut) {
  const auto keys = PersonKeys::create(file(), secret(1));
  ASSERT_TRUE((*keys)->ensure(ledger, {person(1)}));
  std::filesystem::remove_all(file().parent_path());
  EXPECT_FALSE((*keys)->ensure(ledger, {person(2)}));
  EXPECT_FALSE((*keys)->find(owner(2)));
  EXPECT_FALSE((*keys)->erase(owner(1)));
  EXPECT_TRUE((*keys)->find(owner(1)));
}

}  // namespace
}  // namespace juanzong
