// SPDX-License-Identifier: Apache-2.0
// Requests for erasure: where each stands and by when it is answered; as of then.
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string visitor = person_id(7001);
const std::string other = person_id(7002);

std::string requested(std::string_view id, const std::string& person) {
  return json({text("erasure_id", id),
               text("person", person),
               text("scope", "WHOLE_PERSON"),
               signatures({signature("CUSTOMER", person)})});
}

TEST(ErasuresView, ShowsStageDueDayAndHoldsAsOfThen) {
  ViewLedger t;
  t.on("2025-03-03");
  t.given("CSA", "ErasureRequested", requested("X-1", visitor));
  const RecordIndex second = t.given("CSA", "ErasureRequested", requested("X-2", other));
  t.given("ARC",
          "LegalHoldPlaced",
          json({text("hold_id", "H-1"),
                text("person", visitor),
                R"("reason":)" + sealed(visitor, "诉讼")}));
  t.given("ARC",
          "ErasureRefused",
          json({text("erasure_id", "X-1"), text("person", visitor), text("ground", "LEGAL_HOLD")}));
  const auto report = t.query("erasures", {}, "ARC");
  EXPECT_EQ(report.at("waiting"), 1);
  EXPECT_THAT(column(report, "erasures", "stage"), ElementsAre("REFUSED", "REQUESTED"));
  EXPECT_THAT(column(report, "erasures", "holds"), ElementsAre("H-1", "null"));
  EXPECT_THAT(column(report, "erasures", "requested_by"), ElementsAre("S-CSA", "S-CSA"));
  EXPECT_THAT(column(report, "erasures", "due").front(), HasSubstr("2025-04-03T00:00:00"));
  const auto then = t.query("erasures", {{"as_of", std::to_string(number(second) - 1)}}, "ARC");
  EXPECT_THAT(column(then, "erasures", "stage"), ElementsAre("REQUESTED"));
  EXPECT_THAT(column(then, "erasures", "holds"), ElementsAre("null"));
  EXPECT_EQ(t.refusal("erasures", {}, "CSA"), "not_permitted");
}

}  // namespace
}  // namespace juanzong::testing
