// SPDX-License-Identifier: Apache-2.0
// What the commands say of a server's answer: JSON keys and exit codes that programs rely on.
#include "tools/juanzong/append_reply.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::cli {
namespace {

using ::testing::HasSubstr;

TEST(AppendReply, SaysWhatWasRecorded) {
  message::Appended appended;
  appended.first = RecordIndex{17};
  appended.count = 2;
  appended.recorded_at = *parse_instant("2025-03-01T09:00:00+08:00");
  appended.leaves.resize(2);
  appended.assigned = {{"R-1", parse_date("2025-06-01")}, {}};
  const auto one = reply_json(appended, false).as_object();
  EXPECT_EQ(one.at("index"), 17);
  EXPECT_EQ(one.at("recorded_at"), "2025-03-01T01:00:00.000000Z");
  EXPECT_EQ(one.at("receipt_no"), "R-1");
  EXPECT_EQ(one.at("not_before"), "2025-06-01");
  const auto list = reply_json(appended, true).as_array();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[1].at("index"), 18);
  EXPECT_FALSE(list[1].as_object().contains("receipt_no"));
  EXPECT_EQ(exit_code_of(AppendReply(appended)), ExitCode::done);
}

TEST(AppendReply, QuotesTheRule) {
  message::Refused refused;
  refused.statement = 1;
  refused.refusals = {
      {"H-DEC-13", "未满三个月", "too early", "S0§2.18", {{"on", "x"}}, parse_date("2025-06-14")}};
  const auto out = reply_json(refused, true).as_object();
  const auto& refusal = out.at("refused").at(0);
  EXPECT_EQ(refusal.at("rule"), "H-DEC-13");
  EXPECT_EQ(refusal.at("clause"), "S0§2.18");
  EXPECT_EQ(refusal.at("facts").at(0).at("value"), "x");
  EXPECT_EQ(refusal.at("earliest"), "2025-06-14");
  EXPECT_EQ(out.at("statement"), 1);
  EXPECT_EQ(exit_code_of(AppendReply(refused)), ExitCode::refused);
  EXPECT_THAT(reply_text(refused), HasSubstr("statement 1: 拒绝 refused H-DEC-13"));
}

TEST(AppendReply, RanksOutcomes) {
  EXPECT_EQ(exit_code_of(AppendReply(Error{ErrorCode::outcome_unknown, ""})),
            ExitCode::outcome_unknown);
  EXPECT_EQ(exit_code_of(AppendReply(Error{ErrorCode::busy, ""})), ExitCode::environment);
  EXPECT_EQ(worse_of(ExitCode::refused, ExitCode::environment), ExitCode::environment);
  EXPECT_EQ(worse_of(ExitCode::outcome_unknown, ExitCode::environment), ExitCode::outcome_unknown);
  EXPECT_EQ(worse_of(ExitCode::done, ExitCode::refused), ExitCode::refused);
  const auto out = reply_json(Error{ErrorCode::busy, "queue"}, true).as_object();
  EXPECT_EQ(out.at("error").at("code"), "busy");
  EXPECT_EQ(out.at("error").at("detail"), "queue");
}

}  // namespace
}  // namespace juanzong::cli
