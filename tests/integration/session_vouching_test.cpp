// SPDX-License-Identifier: Apache-2.0
// Requests without a signature against the real server, while the policy comes and goes.
#include "tests/integration/site.h"
#include "tests/support/signature_policy.h"

#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

std::string unit_line(int number) {
  const std::string room = std::to_string(100 + number);
  return R"({"type":"UnitRegistered","body":{"unit":"1-1-)" + room +
         R"(","building":"1","entrance":"1","floor":1,"number":")" + room + R"("}})";
}

std::string policy_line(int version, std::string_view value) {
  return R"({"type":"PolicyAdopted","body":)" + signature_policy(version, "2020-01-01", value) +
         "}";
}

class SessionVouching : public ::testing::Test {
 protected:
  SessionVouching() { site.start(); }

  // Unsigned, on the connection of `desk` and at the end of the chain of `key`.
  static std::string by_session(const Desk& desk, const crypto::PublicKey& key, int unit) {
    EXPECT_TRUE(desk.client->reconnect().has_value());
    Result<DraftRequest> draft = desk.builder->build(unit_line(unit));
    EXPECT_TRUE(draft.has_value());
    const message::LoggedIn facts = desk.client->facts();
    place_draft(*draft, {facts.key_seq, facts.last_request}, key);
    return outcome_of(desk.send(*draft));
  }
  static std::string by_session(const Desk& desk, int unit) {
    return by_session(desk, desk.keys.front()->public_key(), unit);
  }

  Site site;
};

TEST_F(SessionVouching, FollowsThePolicyAndPassesTheAudit) {
  const Desk manager = site.hire("S-PM", "PM");
  const Desk archive = site.hire("S-ARC", "ARC");
  EXPECT_EQ(by_session(archive, 1), "signature_required");
  EXPECT_EQ(outcome_of(manager.submitter->submit(policy_line(1, "session"))), "");
  EXPECT_EQ(by_session(archive, 1), "");
  EXPECT_EQ(by_session(archive, 1), "H-REG-1");
  EXPECT_EQ(by_session(archive, manager.keys.front()->public_key(), 2), "not_permitted");
  Submitter submitter(*archive.client,
                      *archive.builder,
                      archive.keys,
                      std::chrono::seconds(20),
                      Authentication::session);
  EXPECT_EQ(outcome_of(submitter.submit(unit_line(2))), "");
  EXPECT_EQ(outcome_of(submitter.submit(unit_line(3))), "");
  EXPECT_EQ(outcome_of(archive.submitter->submit(unit_line(4))), "") << "signed, in the same chain";
  EXPECT_EQ(outcome_of(manager.submitter->submit(policy_line(2, "required"))), "");
  EXPECT_EQ(by_session(archive, 5), "signature_required");
  EXPECT_EQ(site.stop(), 0);
  EXPECT_EQ(site.audit(), 0);
}

TEST_F(SessionVouching, ARepeatAfterARestartGivesTheFirstReceipt) {
  const Desk manager = site.hire("S-PM", "PM");
  const Desk archive = site.hire("S-ARC", "ARC");
  EXPECT_EQ(outcome_of(manager.submitter->submit(policy_line(1, "session"))), "");
  Result<DraftRequest> draft = archive.builder->build(unit_line(1));
  ASSERT_TRUE(draft.has_value());
  place_draft(*draft, {}, archive.keys.front()->public_key());
  const RecordIndex first = index_of(archive.send(*draft));
  site.kill();
  site.start();
  const Desk again = site.desk(archive.keys);
  const AppendReply reply = again.send(*draft);
  EXPECT_EQ(index_of(reply), first);
  EXPECT_TRUE(std::get<message::Appended>(reply).repeated);
}

}  // namespace
}  // namespace juanzong::testing
