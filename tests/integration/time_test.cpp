// SPDX-License-Identifier: Apache-2.0
// The clock of the machine may jump; the time that records carry never falls.
#include "tests/integration/site.h"

namespace juanzong::testing {
namespace {

UnixMicros recorded_at(const AppendReply& reply) {
  EXPECT_EQ(outcome_of(reply), "");
  const auto* appended = std::get_if<message::Appended>(&reply);
  return appended == nullptr ? UnixMicros{} : appended->recorded_at;
}

TEST(RecordedAt, NeverFalls) {
  Site site({.clock = "2025-01-02T08:00:00+08:00"});
  site.start();
  const Desk desk = site.founder();
  const auto append = [&desk] {
    return recorded_at(desk.submitter->submit(staff_line(fresh_name())));
  };
  EXPECT_EQ(append(), parse_instant("2025-01-02T08:00:00+08:00"));
  site.set_clock("2045-06-01T08:00:00+08:00");
  const auto far_ahead = parse_instant("2045-06-01T08:00:00+08:00");
  EXPECT_EQ(append(), far_ahead);
  site.set_clock("2045-06-01T07:55:00+08:00");
  EXPECT_EQ(append(), far_ahead);
  // What was signed to be valid until long before the last record comes too late.
  for (const char* past : {"2025-01-03T08:00:00+08:00", "1999-01-01T00:00:00+08:00"}) {
    site.set_clock(past);
    EXPECT_EQ(outcome_of(desk.submitter->submit(staff_line(fresh_name()))), "request_expired");
  }
  // Nor over a restart.
  EXPECT_EQ(site.stop(), 0);
  site.set_clock("2045-06-01T07:59:00+08:00");
  site.start();
  const Desk later = site.founder();
  EXPECT_EQ(recorded_at(later.submitter->submit(staff_line(fresh_name()))), far_ahead);
  EXPECT_EQ(site.stop(), 0);
  EXPECT_EQ(site.audit(), 0);
}

}  // namespace
}  // namespace juanzong::testing
