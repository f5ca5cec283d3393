// SPDX-License-Identifier: Apache-2.0
// What a day is closed with, against a model that reads every record: at each day, from rows of
// that evening and from rows of much later.
#include "projections/state/day_close.h"

#include "crypto/merkle_tree.h"

#include "events/log/journal_source.h"
#include "events/log/record.h"
#include "events/log/stream_heads.h"

#include "projections/state/log_rows.h"

#include "tests/support/day_closes.h"
#include "tests/support/view_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

struct Model {
  std::vector<Bytes> records;
  std::vector<RecordView> views;
  explicit Model(TestLedger& ledger) {
    JournalSource source(ledger.journal(), std::nullopt);
    RecordBlock block;
    EXPECT_TRUE(source.next(SIZE_MAX, block).has_value());
    for (const ByteView record : block.records) {
      records.emplace_back(record.begin(), record.end());
    }
    for (const Bytes& record : records) {
      views.push_back(*parse_record(record));
    }
  }
  std::map<std::string, StreamHead> heads(std::uint64_t size) const {
    std::map<std::string, StreamHead> heads;
    for (std::uint64_t i = 0; i < size; ++i) {
      for (const StreamView& stream : views[i].statement.streams) {
        StreamHead& head = heads[std::string(stream.name)];
        head = {StreamVersion{number(head.version) + 1}, RecordIndex{i}};
      }
    }
    return heads;
  }
  DayFacts facts(CivilDate day, const CivilZone& zone) const {
    DayFacts facts;
    facts.day = day;
    std::vector<crypto::Digest> leaves;
    for (std::size_t i = 0; i < views.size(); ++i) {
      if (zone.date_of(views[i].recorded_at) <= day) {
        facts.size = i + 1;
        leaves.push_back(crypto::leaf_hash(records[i]));
      }
    }
    facts.root = crypto::root_of(leaves);
    leaves.clear();
    for (const auto& [name, head] : heads(facts.size)) {
      leaves.push_back(named_head_leaf({name, head.version, head.last}));
    }
    facts.streams = leaves.size();
    facts.streams_root = crypto::root_of(leaves);
    return facts;
  }
};

class DayCloseTest : public ::testing::Test {
 protected:
  std::optional<DayFacts> facts(std::string_view day, std::uint64_t most = UINT64_MAX) {
    return day_facts(
        t.ledger.rows(), t.ledger.machine().ordinal(), *parse_date(day), std::nullopt, most);
  }
  const CivilZone& zone() { return t.ledger.machine().head().zone; }
  ViewLedger t{true};
};

TEST_F(DayCloseTest, AgreesWithAModelThatReadsEveryRecord) {
  std::map<std::string, std::optional<DayFacts>> of_the_evening;
  int room = 100;
  for (const auto* day : {"2025-01-03", "2025-01-04", "2025-01-06", "2025-01-07"}) {
    t.on(day);
    for (int i = 0; i < 40; ++i) {
      t.register_unit("3-1-" + std::to_string(++room));
    }
    of_the_evening[day] = facts(day);
  }
  const Model model(t.ledger);
  ASSERT_GT(number(model.heads(model.views.size()).begin()->second.version), 0U);
  for (const auto& [day, then] : of_the_evening) {
    ASSERT_TRUE(then.has_value());
    DayFacts expected = model.facts(*parse_date(day), zone());
    EXPECT_EQ(*then, expected) << day;
    EXPECT_EQ(facts(day), then) << "the same from later rows";
  }
  EXPECT_EQ(facts("2025-01-05")->size, facts("2025-01-04")->size) << "a day without records";
  EXPECT_EQ(facts("2024-12-31"), std::nullopt) << "before the first record";
  EXPECT_EQ(facts("2025-01-07", 100), std::nullopt) << "more streams than that";
}

// Streams of more than one block of indexes, at every size around their bounds.
TEST_F(DayCloseTest, HeadsAsOfEverySize) {
  t.on("2025-01-03");
  for (int i = 0; i < 150; ++i) {
    t.given("HR", "StaffRoleChanged", R"({"staff":"S-HR","roles":"HR"})");
  }
  const Model model(t.ledger);
  const DerivedRows::Snapshot rows(t.ledger.rows());
  const LogRows log(rows, t.ledger.machine().ordinal());
  for (std::uint64_t size = 0; size <= model.views.size(); ++size) {
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> expected;
    for (const auto& [name, head] : model.heads(size)) {
      expected[name] = {number(head.version), number(head.last)};
    }
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> found;
    std::string after;
    do {
      after = log.scan_heads(after, size, 2, [&](std::string_view name, const StreamHead& head) {
        found[std::string(name)] = {number(head.version), number(head.last)};
      });
    } while (!after.empty());
    ASSERT_EQ(found, expected) << size;
  }
}

TEST_F(DayCloseTest, TotalsAreOfTheDayAndSumToZero) {
  t.on("2025-01-03").register_unit("4-2-1501");
  t.given("CAS",
          "ChargeAssessed",
          charge_json({"CH-1", 42'000, "PROPERTY_FEE", "2025-06-30", "", "4-2-1501"}));
  t.on("2025-01-04");
  t.given("CAS", "PaymentReceived", payment_json("P-1", "CH-1", 10'000, "", "4-2-1501"));
  EXPECT_THAT(facts("2025-01-03")->totals,
              ElementsAre(Pair("income", Fen{-42'000}), Pair("receivable", Fen{42'000})));
  EXPECT_THAT(facts("2025-01-04")->totals,
              ElementsAre(Pair("cash", Fen{10'000}),
                          Pair("income", Fen{-42'000}),
                          Pair("receivable", Fen{32'000})));
}

TEST_F(DayCloseTest, IsStatedAndReadBack) {
  t.on("2025-01-04").register_unit("4-2-1501");
  const auto closed = facts("2025-01-03");
  ASSERT_TRUE(closed.has_value());
  EXPECT_EQ(read_day(day_statement(*closed).body), *closed);
}

TEST_F(DayCloseTest, DaysFollowOneAnother) {
  t.on("2025-01-03").register_unit("4-2-1501");
  const auto open = [this] { return first_open_day(t.ledger.machine(), t.ledger.rows()); };
  EXPECT_EQ(open(), parse_date("2025-01-01")) << "the day of record 0";
  t.given("SYS", "DayClosed", day_closed_json(*facts("2025-01-01")));
  EXPECT_EQ(open(), parse_date("2025-01-02"));
}

}  // namespace
}  // namespace juanzong::testing
