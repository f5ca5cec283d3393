// SPDX-License-Identifier: Apache-2.0
// Attacks on the vault: whoever has the disk, and even the vault's key, cannot put another value in
// the place of the one that was committed to, nor make one disappear without an erasure.
#include "crypto/hex.h"

#include "events/vault/blob_store.h"
#include "events/vault/sealed_opening.h"

#include "tests/attacks/attacked_data.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace juanzong::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class VaultAttack : public AttackedData {
 protected:
  using Change = std::function<void(std::vector<SealedOpening>&, std::size_t)>;

  // Does something to the openings of the batch in which the target stands, at its place there.
  void attack(const Change& change) {
    rewrite_log([&](LedgerBatch& batch) {
      const auto found = std::ranges::find(batch.openings, target_);
      if (found != batch.openings.end()) {
        change(batch.openings, static_cast<std::size_t>(found - batch.openings.begin()));
      }
    });
    fs::remove_all(data_ / "derived");
    write_derived();
  }
  void expect_found(const std::string& kind, const Audited& audited) const {
    EXPECT_EQ(audited.exit_code, 2);
    EXPECT_EQ(audited.kind(), kind);
    EXPECT_EQ(audited.index(), static_cast<std::int64_t>(number(target_.index)));
    EXPECT_THAT(audited.en(), HasSubstr(target_.path)) << "the field is named";
    EXPECT_EQ(audited.actor(), "S-ADM");
  }
  const SealedOpening target_ = openings_.at(1);
};

TEST_F(VaultAttack, NothingIsFoundWhereNothingWasDone) {
  const Audited sound = judged();
  EXPECT_EQ(sound.exit_code, 0) << sound.json;
  for (const char* check : {"openings", "attachments", "salts", "derived", "rules"}) {
    EXPECT_EQ(sound.state_of(check), "passed") << check;
  }
  const auto& vault = sound.json.at("vault");
  EXPECT_EQ(vault.at("openings").to_number<std::size_t>(), openings_.size());
  EXPECT_EQ(vault.at("attachments").to_number<int>(), 1);
  EXPECT_EQ(vault.at("erased").to_number<int>(), 0);
}

TEST_F(VaultAttack, AnAlteredOpeningDoesNotOpen) {
  attack([](auto& openings, std::size_t at) { openings[at].sealed.back() ^= 1; });
  expect_found("opening_damaged", judged());
}

// By somebody who has the vault's key and seals another value properly.
TEST_F(VaultAttack, AnotherValueIsNotTheOneCommittedTo) {
  const auto key = keys()->find({ledger_id_of(TestLedger::origin), target_.subject});
  const OpeningPlace place{
      ledger_.machine().head().id, target_.index, target_.subject, target_.path};
  auto opened = open_opening(*key, place, target_.sealed);
  ASSERT_TRUE(opened.has_value());
  opened->value.back() ^= 1;
  attack([&](auto& openings, std::size_t at) {
    openings[at].sealed = seal_opening(*key, place, *opened);
  });
  const Audited audited = judged();
  expect_found("opening_differs", audited);
  EXPECT_THAT(audited.en(), ::testing::Not(HasSubstr(std::string(text_of(opened->value)))));
}

TEST_F(VaultAttack, AMissingOpeningIsNamedUnlessThePersonWasErased) {
  attack([](auto& openings, std::size_t at) {
    openings.erase(openings.begin() + static_cast<std::ptrdiff_t>(at));
  });
  expect_found("opening_missing", judged());
  ASSERT_TRUE(keys()->erase({ledger_id_of(TestLedger::origin), target_.subject}));
  const Audited erased = judged();
  EXPECT_EQ(erased.exit_code, 0) << erased.json;
  EXPECT_EQ(erased.json.at("vault").at("erased").to_number<int>(), 1);
}

TEST_F(VaultAttack, AnOpeningTooManyIsNamed) {
  attack([](auto& openings, std::size_t at) {
    openings.insert(openings.begin() + static_cast<std::ptrdiff_t>(at), openings[at]);
    openings[at].path += "x";
  });
  expect_found("opening_extra", judged());
}

TEST_F(VaultAttack, KeysOfPeopleThatVanishedAreNamed) {
  fs::remove(data_ / "vault" / "person_keys");
  const std::string kek = read_all(data_ / "keys" / "vault.kek");
  crypto::SecretKey key;
  std::ranges::copy(bytes_of(kek), key.writable().begin());
  ASSERT_TRUE(PersonKeys::create(data_ / "vault" / "person_keys", std::move(key)));
  const Audited audited = judged();
  EXPECT_EQ(audited.kind(), "person_key_missing");
  EXPECT_EQ(audited.index(), static_cast<std::int64_t>(number(openings_.front().index)));
}

TEST_F(VaultAttack, AttachmentsAreThereAndAreTheOnes) {
  const std::string content = read_all(blob_);
  fs::remove(blob_);
  EXPECT_EQ(judged().kind(), "attachment_missing");
  std::string flipped = content;
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 1);
  write_all(blob_, flipped);
  const Audited audited = judged();
  EXPECT_EQ(audited.kind(), "attachment_damaged");
  EXPECT_EQ(audited.state_of("attachments"), "failed");
  EXPECT_EQ(audited.state_of("chain"), "not_finished");
}

// Sealed properly, by somebody with the vault's key, but another file.
TEST_F(VaultAttack, AnAttachmentThatWasReplacedIsNamed) {
  BlobId blob;
  std::ranges::copy(*crypto::hex_decode(blob_.filename().string()), blob.bytes.begin());
  fs::remove(blob_);
  ASSERT_TRUE(BlobStore(data_ / "blobs")
                  .store(blob,
                         *keys()->find({ledger_id_of(TestLedger::origin), person(3)}),
                         bytes_of("another file")));
  const Audited audited = judged();
  EXPECT_EQ(audited.kind(), "attachment_differs");
  EXPECT_EQ(audited.actor(), "S-CSA");
}

TEST_F(VaultAttack, WithoutTheKeyTheReportSaysWhatItDidNotCheck) {
  const std::string kek = read_all(data_ / "keys" / "vault.kek");
  fs::remove(data_ / "keys" / "vault.kek");
  const Audited without = judged();
  EXPECT_EQ(without.exit_code, 0) << without.json;
  EXPECT_EQ(without.state_of("openings"), "not_checked");
  write_all(path("kek"), kek);
  EXPECT_EQ(judged({"--kek", path("kek")}).state_of("openings"), "passed");
  write_all(path("kek"), std::string(kek.size(), 'x'));
  const Audited wrong = judged({"--kek", path("kek")});
  EXPECT_EQ(wrong.exit_code, 1);
  EXPECT_THAT(wrong.err, HasSubstr("wrong key-encryption key"));
}

}  // namespace
}  // namespace juanzong::testing
