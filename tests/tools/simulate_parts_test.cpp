// SPDX-License-Identifier: Apache-2.0
// The parts of the simulation: its random numbers, its agenda, its forms; and that neither a
// statement judged otherwise than expected nor a wrong book goes unnoticed.
#include "tools/juanzong/new_simulation.h"
#include "tools/simulate/fee_desk.h"
#include "tools/simulate/month_end.h"
#include "tools/simulate/scripts/scripts.h"
#include "tools/simulate/simulation.h"

#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

namespace juanzong::simulate {
namespace {

using ::testing::HasSubstr;

// From another implementation of splitmix64 and xoshiro256**.
TEST(SeededRandomTest, DrawsTheSameNumbersEverywhere) {
  SeededRandom first(7, 1);
  EXPECT_EQ(first.next(), 0x9c5c7575cd2893f7U);
  EXPECT_EQ(first.next(), 0x760c84b0e202d3edU);
  EXPECT_EQ(first.next(), 0xbd3ae2b2908af351U);
  SeededRandom second(7, 2);
  EXPECT_EQ(second.next(), 0x5e33b300c3172c69U) << "another stream";
}

TEST(SeededRandomTest, KeepsItsBounds) {
  SeededRandom random(1, 1);
  int lowest = 100;
  int highest = 0;
  for (int i = 0; i < 1'000; ++i) {
    const int drawn = random.between(3, 6);
    lowest = std::min(lowest, drawn);
    highest = std::max(highest, drawn);
  }
  EXPECT_EQ(lowest, 3);
  EXPECT_EQ(highest, 6);
  EXPECT_FALSE(random.percent(0));
  EXPECT_TRUE(random.percent(100));
}

TEST(AgendaTest, KeepsTheOrderOfTimeAndOfEntry) {
  Agenda agenda;
  std::string seen;
  agenda.at(UnixMicros{20}, [&seen] { seen += "b"; });
  agenda.at(UnixMicros{10}, [&seen] { seen += "a"; });
  agenda.at(UnixMicros{20}, [&seen] { seen += "c"; });
  EXPECT_FALSE(agenda.has_step_before(UnixMicros{10}));
  while (agenda.has_step_before(UnixMicros{21})) {
    agenda.take()();
  }
  EXPECT_EQ(seen, "abc");
}

TEST(FormTest, WritesTheFieldsOfABody) {
  EXPECT_EQ(Form("t").json(), "{}");
  EXPECT_EQ(Form("t").text("unit", "1-1-0101").number("floor", 1).flag("ok", true).json(),
            R"({"unit":"1-1-0101","floor":1,"ok":true})");
  EXPECT_EQ(Form("t").texts("list", {"a", "b"}).secret("name", "p", "x").json(),
            R"({"list":["a","b"],"name":{"subject":"p","value":"x"}})");
  EXPECT_THAT(Form("2025-01-01T00:00:00Z").by_staff("PM").json(),
              HasSubstr(R"("signer":"S-PM","staff_role":"PM","method":"STAFF_LOGIN")"));
}

// An estate of two units on its first morning.
class OfficeTest : public ::testing::Test {
 protected:
  OfficeTest() {
    const std::filesystem::path data = folder_.path() / "data";
    EXPECT_TRUE(cli::found_simulation(data, 5).has_value());
    Result<std::unique_ptr<Office>> opened = Office::open({data, 5, start_of_simulation()});
    EXPECT_TRUE(opened.has_value()) << (opened ? "" : to_text(opened.error()));
    office_ = std::move(*opened);
    town_ = std::make_unique<Town>(*office_, 5, 2);
    open_estate(*town_);
    office_->settle();
    EXPECT_FALSE(office_->trouble()) << to_text(office_->trouble().value_or(Error{}));
  }
  std::string patrol_json() {
    return town_->form()
        .text("patrol_no", "X-1")
        .text("route", "A")
        .raw("points", R"([{"point":"G","at":")" + office_->now_text() + "\"}]")
        .json();
  }
  // Of a hazard that nobody found.
  std::string rectified_json() {
    return town_->form()
        .text("hazard_id", "X-1")
        .text("measure", "m")
        .text("at", office_->now_text())
        .json();
  }
  MonthEnd month_end() {
    office_->settle();
    const Result<MonthEnd> end = check_month_end(*town_, month_of(town_->today()));
    EXPECT_TRUE(end.has_value()) << (end ? "" : to_text(end.error()));
    return end ? *end : MonthEnd{};
  }
  testing::TemporaryFolder folder_;
  std::unique_ptr<Office> office_;
  std::unique_ptr<Town> town_;
};

TEST_F(OfficeTest, AStatementThatShouldPassAndIsRefusedStopsEverything) {
  office_->must("SEC", "HazardRectified", rectified_json());
  office_->settle();
  ASSERT_TRUE(office_->trouble().has_value());
  EXPECT_THAT(office_->trouble()->detail, HasSubstr("HazardRectified (SEC, 2025-01-01"));
  const std::uint64_t before = office_->records();
  office_->must("SEC", "SecurityPatrolRecorded", patrol_json());
  office_->settle();
  EXPECT_EQ(office_->records(), before) << "dropped";
}

TEST_F(OfficeTest, AStatementThatShouldBeRefusedAndPassesStopsEverything) {
  office_->refused("SEC", "SecurityPatrolRecorded", patrol_json(), "SCHEMA");
  office_->settle();
  ASSERT_TRUE(office_->trouble().has_value());
  EXPECT_THAT(office_->trouble()->detail, HasSubstr("expected SCHEMA"));
}

TEST_F(OfficeTest, AnotherRuleThanExpectedStopsEverythingToo) {
  office_->refused("SEC", "HazardRectified", rectified_json(), "H-FEE-2");
  office_->settle();
  ASSERT_TRUE(office_->trouble().has_value());
  EXPECT_THAT(office_->trouble()->detail, HasSubstr("STATE_REFUSED"));
}

TEST_F(OfficeTest, AMonthWhoseBooksDifferIsNotBalanced) {
  Unit& unit = town_->units.front();
  NewCharge water;
  water.purpose = "WATER";
  water.fen = 4'200;
  water.calc = "24 吨";
  const std::string paid = assess(*town_, unit, water);
  pay(*town_, unit, {paid}, unit.owner.id);
  assess(*town_, unit, water);
  EXPECT_EQ(town_->books.cash, 4'200);
  EXPECT_EQ(town_->books.receivable, 4'200);
  EXPECT_TRUE(month_end().balanced()) << to_text(office_->trouble().value_or(Error{}));
  for (std::int64_t* book :
       {&town_->books.cash, &town_->books.receivable, &town_->books.deposits_held}) {
    *book += 1;
    EXPECT_FALSE(month_end().balanced());
    *book -= 1;
  }
}

TEST_F(OfficeTest, ACorrectedChargeIsOwedAsCorrected) {
  Unit& unit = town_->units.front();
  NewCharge water;
  water.purpose = "WATER";
  water.fen = 4'200;
  water.calc = "24 吨";
  const std::string wrong = assess(*town_, unit, water);
  const std::string right = correct_charge(*town_, unit, wrong, 3'000);
  EXPECT_EQ(owed(unit, unit.owner.id), 3'000);
  EXPECT_EQ(unit.open.back().id, right);
  EXPECT_TRUE(month_end().balanced());
  EXPECT_EQ(pay_all(*town_, unit, unit.owner.id), 3'000);
  EXPECT_TRUE(month_end().balanced());
  EXPECT_FALSE(office_->trouble()) << to_text(office_->trouble().value_or(Error{}));
}

}  // namespace
}  // namespace juanzong::simulate
