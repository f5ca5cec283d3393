// SPDX-License-Identifier: Apache-2.0
// Weak salts: a value under a salt that can be guessed can be guessed itself. What is plainly no
// random salt is not admitted; a salt that serves twice in a ledger is named by the audit.
#include "tests/attacks/attacked_data.h"
#include "tests/support/secret_keys.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <iterator>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

std::string refusal_of(TestLedger& ledger, const SignedRequest& request) {
  const auto admitted = ledger.admit(request, {ledger.actor("ADM").key.public_key()});
  return admitted ? "" : to_text(admitted.error());
}

TEST(WeakSalt, OfZerosOrUsedTwiceInARequestIsNotAdmitted) {
  TestLedger ledger;
  const SignedRequest good =
      ledger.make_request(ledger.actor("ADM"), {hire("ONE", 1), hire("TWO", 2)});
  ASSERT_EQ(good.openings.size(), 2U);
  EXPECT_EQ(refusal_of(ledger, good), "");

  SignedRequest zeros = good;
  zeros.openings[1].salt = {};
  EXPECT_THAT(refusal_of(ledger, zeros), HasSubstr("weak salt"));
  SignedRequest twice = good;
  twice.openings[1].salt = twice.openings[0].salt;
  EXPECT_THAT(refusal_of(ledger, twice), HasSubstr("weak salt"));
}

// Across requests only the vault knows.
TEST(WeakSalt, UsedTwiceInALedgerIsNamedByTheAudit) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "vault");
  write_all(folder.path() / "kek", std::string(32, '\7'));
  const auto keys = PersonKeys::create(folder.path() / "vault" / "person_keys", secret(7));
  ASSERT_TRUE((*keys)->ensure(ledger_id_of(TestLedger::origin), {person(1)}));
  TestLedger ledger;
  ledger.repeat_salts();
  std::vector<SealedOpening> openings;
  for (const char* code : {"ONE", "TWO"}) {
    TestActor& founder = ledger.actor("ADM");
    const SignedRequest request = ledger.make_request(founder, {hire(code, 1)});
    const AppendResult result = ledger.submit(founder, request);
    ASSERT_TRUE(std::holds_alternative<AppendReceipt>(result));
    openings.push_back(sealed(**keys,
                              ledger.machine().head().id,
                              std::get<AppendReceipt>(result).first,
                              person(1),
                              request.openings.front()));
  }
  write_log(ledger.journal(), folder.path(), [&](LedgerBatch& batch) {
    std::ranges::copy_if(openings, std::back_inserter(batch.openings), [&](const auto& opening) {
      return opening.index == batch.first;
    });
  });
  const Audited audited = audit(folder.path(), {"--kek", (folder.path() / "kek").string()});
  EXPECT_EQ(audited.kind(), "weak_salt");
  EXPECT_EQ(audited.index(), static_cast<std::int64_t>(number(openings[1].index)));
  EXPECT_EQ(audited.actor(), "S-ADM");
  EXPECT_EQ(audited.state_of("salts"), "failed");
}

}  // namespace
}  // namespace juanzong::testing
