// SPDX-License-Identifier: Apache-2.0
// SC6: the answer to a request is lost, and it is sent again. Keys are handed out once, receipts
// are numbered without a hole or a double.
#include "tests/integration/scenario_site.h"

namespace juanzong::testing {
namespace {

message::Appended appended(const AppendReply& reply) {
  EXPECT_EQ(outcome_of(reply), "");
  const auto* receipt = std::get_if<message::Appended>(&reply);
  return receipt == nullptr ? message::Appended{} : *receipt;
}

class LostAnswer : public ScenarioTest {
 protected:
  LostAnswer() {
    begin("sc6");
    play_to("领取钥匙");
    clerk = site.hire("S-CSA6", "CSA").keys;
    cashier = site.hire("S-CAS6", "CAS").keys;
  }
  // A connection that is cut as soon as the request is on its way.
  void send_and_cut(const SigningKeys& keys, const DraftRequest& draft) {
    const Desk cut = site.desk(keys);
    cut.client->append_async(draft.request, draft.keys, [](const AppendReply&) {});
  }
  std::uint64_t version_of(const std::string& stream) {
    const auto read = site.founder().client->read_stream(stream, StreamVersion{1}, 1);
    return read ? read->stream_version : 0;
  }
  std::uint64_t log_length() {
    return figure(ask("log_head", {}).at("as_of").as_object(), "tree_size");
  }
  static std::string receipt_of(const message::Appended& reply) {
    return reply.assigned.empty() ? "" : reply.assigned.front().receipt_no;
  }

  SigningKeys clerk;
  SigningKeys cashier;
};

TEST_F(LostAnswer, KeysAreHandedOutOnceHoweverOftenTheyAreSent) {
  const ScenarioStep step = take_step();
  site.set_clock(step.at);
  const DraftRequest draft = site.desk(clerk).sign(line_of(step));
  send_and_cut(clerk, draft);
  site.set_clock("2025-09-29T16:58:25+08:00");
  const message::Appended again = appended(site.desk(clerk).send(draft));
  const std::uint64_t length = log_length();
  const message::Appended third = appended(site.desk(clerk).send(draft));
  EXPECT_TRUE(third.repeated);
  EXPECT_EQ(third.first, again.first);
  EXPECT_EQ(third.leaves, again.leaves);
  EXPECT_EQ(log_length(), length);
  play_to("收款");  // the impatient clerk enters it again: refused
  const std::uint64_t version = version_of("key:K-1");
  boost::json::object two_keys = boost::json::parse(line_of(step)).as_object();
  two_keys["request_id"] = to_text(draft.header.request_id);
  two_keys["body"].as_object()["key_no"].as_array().pop_back();
  const Desk desk = site.desk(clerk);
  EXPECT_EQ(outcome_of(desk.send(desk.sign(boost::json::serialize(two_keys)))),
            "request_id_reused");
  EXPECT_EQ(version_of("key:K-1"), version);
  const auto keys = rows_where(ask("keys", {}), "keys", "state", "WITH_OWNER");
  EXPECT_EQ(keys.size(), 3U);
  close();
}

TEST_F(LostAnswer, ReceiptsHaveNoHoleAndNoDoubleWhenTheServerDies) {
  static_cast<void>(take_step());
  static_cast<void>(take_step());
  const ScenarioStep step = take_step();
  site.set_clock(step.at);
  // Recorded, then killed before the cashier saw the answer.
  const DraftRequest recorded = site.desk(cashier).sign(line_of(step));
  const message::Appended first = appended(site.desk(cashier).send(recorded));
  EXPECT_EQ(receipt_of(first), "A-000002") << "after the half year's";
  site.kill();
  site.start();
  const message::Appended repeated = appended(site.desk(cashier).send(recorded));
  EXPECT_TRUE(repeated.repeated);
  EXPECT_EQ(repeated.leaves, first.leaves);
  EXPECT_EQ(receipt_of(repeated), "A-000002");
  // Killed before it reached the server: appended once when it is sent again.
  std::string advance = line_of(step);
  advance.replace(advance.find("PAY-61"), 6, "PAY-62");
  const std::string share = R"({"charge_id":"CH-6","amount_fen":5920})";
  advance.erase(advance.find(share), share.size());
  const DraftRequest lost = site.desk(cashier).sign(advance);
  site.kill();
  site.start();
  const message::Appended second = appended(site.desk(cashier).send(lost));
  EXPECT_FALSE(second.repeated);
  EXPECT_EQ(receipt_of(second), "A-000003");
  EXPECT_TRUE(appended(site.desk(cashier).send(lost)).repeated);
  close();
}

}  // namespace
}  // namespace juanzong::testing
