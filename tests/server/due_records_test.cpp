// SPDX-License-Identifier: Apache-2.0
// Breaches of deadlines are stated by the server, once each and in order: before requests of a
// later stamp, without any request, and for the time in which it did not run.
#include "events/procedures/json_body.h"

#include "tests/server/served_ledger.h"

#include <thread>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;

class DueRecords : public ServedLedger {
 protected:
  // The minutes are due three days later, at midnight.
  void hold_meeting(const std::string& id) {
    const std::string at = to_rfc3339(clock_.now());
    const std::string body = R"({"meeting_id":")" + id +
                             R"(","kind":"DEPT_WEEKLY","convenor":"S-ADM","attendees":["S-ADM"],)" +
                             R"("begun":")" + at + R"(","ended":")" + at + R"(","agenda":"x"})";
    const CatalogueEntry* entry = catalogue().find("MeetingHeld");
    BodyCodec codec(catalogue());
    const auto made = codec.from_json(*entry, body, {});
    ASSERT_TRUE(made.has_value()) << to_text(made.error());
    const OwnStatement statements[] = {{"MeetingHeld", made->body}};
    const crypto::PrivateKey* signers[] = {&founder_};
    // The machine that the writer owns is not ours to ask: a fold of the journal knows the chain.
    DerivedRows rows(make_memory_row_store());
    LedgerSet set(rows, catalogue());
    ASSERT_TRUE(set.catch_up(
                       *inner_, [](std::uint64_t) {}, [] {})
                    .has_value());
    auto request = make_own_request(*set.find("served"), signers, statements, clock_.now());
    ASSERT_TRUE(request.has_value()) << to_text(request.error());
    std::promise<AppendResult> answer;
    WriteTask task{"served",
                   std::make_unique<AdmittedRequest>(*std::move(request)),
                   [&answer](AppendResult result) { answer.set_value(std::move(result)); }};
    ASSERT_TRUE(writer_->push(task));
    const AppendResult result = answer.get_future().get();
    EXPECT_NE(std::get_if<AppendReceipt>(&result), nullptr);
  }
  void pass(std::int64_t seconds) {
    clock_.set(UnixMicros{clock_.now().value + seconds * micros_per_second});
  }
  // Waits for the writer's own look at the clock, at most some seconds.
  std::vector<std::string> events_with_a_breach() {
    std::vector<std::string> names = events();
    for (int i = 0; i < 100 && std::ranges::count(names, "SlaBreached") == 0; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      names = events();
    }
    return names;
  }
  // Without the closes of the days that pass.
  static std::vector<std::string> after_opening(std::vector<std::string> names) {
    names.erase(names.begin(), names.begin() + 6);
    std::erase(names, "DayClosed");
    return names;
  }
};

constexpr std::int64_t four_days = 4 * 86'400;

TEST_F(DueRecords, AreStatedWithoutAnyRequest) {
  open({});
  hold_meeting("M-1");
  pass(four_days);
  EXPECT_THAT(after_opening(events_with_a_breach()), ElementsAre("MeetingHeld", "SlaBreached"));
  EXPECT_EQ(fatal_, 0);
}

TEST_F(DueRecords, ComeBeforeTheNextRequestAndOnlyOnce) {
  open({});
  hold_meeting("M-1");
  hold_meeting("M-2");
  pass(four_days);
  hold_meeting("M-3");
  hold_meeting("M-4");
  EXPECT_THAT(after_opening(events()),
              ElementsAre("MeetingHeld",
                          "MeetingHeld",
                          "SlaBreached",
                          "SlaBreached",
                          "MeetingHeld",
                          "MeetingHeld"));
}

TEST_F(DueRecords, OfTheTimeInWhichTheServerWasDownAreStatedWhenItIsUp) {
  open({});
  hold_meeting("M-1");
  pass(four_days);
  reopen();
  EXPECT_THAT(after_opening(events_with_a_breach()), ElementsAre("MeetingHeld", "SlaBreached"));
}

// Three days and what clocks may differ: at the last instant nothing is late yet.
TEST_F(DueRecords, WaitAsLongAsClocksMayDiffer) {
  clock_.set(*parse_instant("2025-01-06T23:50:00+08:00"));
  open({});
  hold_meeting("M-1");
  clock_.set(*parse_instant("2025-01-10T00:05:00+08:00"));
  hold_meeting("M-2");
  clock_.set(*parse_instant("2025-01-10T00:05:01+08:00"));
  hold_meeting("M-3");
  EXPECT_THAT(after_opening(events()),
              ElementsAre("MeetingHeld", "MeetingHeld", "SlaBreached", "MeetingHeld"));
}

}  // namespace
}  // namespace juanzong::testing
