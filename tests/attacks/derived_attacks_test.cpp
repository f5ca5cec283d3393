// SPDX-License-Identifier: Apache-2.0
// Attacks on the derived rows, from which the server answers: a row edited in the store shows in a
// deep audit, by table and kind, without what stands in it.
#include "events/storage/row_store.h"

#include "projections/engine/row_keys.h"

#include "tests/attacks/attacked_data.h"
#include "tests/support/row_changes.h"

#include <gmock/gmock.h>

#include <optional>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class DerivedAttack : public AttackedData {
 protected:
  using Row = std::pair<std::string, std::string>;
  [[nodiscard]] Row first_row(std::string_view prefix) const {
    const auto store = open_row_store_read_only(data_ / "derived");
    const auto cursor = (*store)->seek(prefix);
    EXPECT_TRUE(cursor->valid() && cursor->key().starts_with(prefix));
    return {std::string(cursor->key()), std::string(cursor->value())};
  }
  void put(const std::string& key, const std::optional<std::string>& value) const {
    const auto store = open_row_store(data_ / "derived");
    ASSERT_TRUE(store.has_value());
    ASSERT_TRUE((*store)->write(row_batch({{key, value}}).rows()));
    ASSERT_TRUE((*store)->flush());
  }
  void expect_found(std::string_view words) const {
    const Audited audited = judged();
    EXPECT_EQ(audited.exit_code, 2);
    EXPECT_EQ(audited.kind(), "derived_row");
    EXPECT_THAT(audited.en(), HasSubstr(words));
    EXPECT_EQ(audited.state_of("derived"), "failed");
    EXPECT_EQ(judged({}).exit_code, 0) << "the records themselves are sound";
  }
};

std::string altered(std::string value) {
  value.back() = static_cast<char>(value.back() ^ 1);
  return value;
}

TEST_F(DerivedAttack, AStateThatWasEditedIsNamedByItsKindAlone) {
  const RowKey prefix = state_key(LedgerOrdinal{0}, StateKind::unit, "");
  const auto [key, value] = first_row(prefix);
  put(key, altered(value));
  expect_found("table state (unit) was altered");
  const std::string unit = key.substr(prefix.size());
  EXPECT_THAT(judged().en(), Not(HasSubstr(unit))) << "no key is shown";
}

TEST_F(DerivedAttack, ARowThatWasAddedOrRemovedIsNamed) {
  const auto [key, value] = first_row(KeyBuilder(Table::list, LedgerOrdinal{0}).take());
  put(key, std::nullopt);
  const std::string list = key.substr(3, key.find('\0', 3) - 3);
  expect_found("table list (" + list + ") is missing");
  put(key, value);
  EXPECT_EQ(judged().exit_code, 0);
  put(key + "x", value);
  expect_found("table list (" + list + ") was added");
}

// Rows that lie behind the log, as after a crash, are compared where they stand.
TEST_F(DerivedAttack, RowsBehindTheLogAreJudgedByTheFramesTheyStandFor) {
  std::filesystem::copy(data_ / "log", path("log-whole"), std::filesystem::copy_options::recursive);
  const std::string anchor = read_all(data_ / "anchor");
  rewrite_log([this](LedgerBatch& batch) {
    if (batch.first > openings_.back().index) {
      batch.records.clear();
    }
  });
  std::filesystem::remove_all(data_ / "derived");
  write_derived();
  std::filesystem::remove_all(data_ / "log");
  std::filesystem::rename(path("log-whole"), data_ / "log");
  write_all(data_ / "anchor", anchor);
  const Audited behind = judged();
  EXPECT_EQ(behind.exit_code, 0) << behind.json;
  EXPECT_EQ(behind.state_of("derived"), "passed");
  EXPECT_GT(behind.json.at("derived_rows").to_number<int>(), 10);
  const auto [key, value] = first_row(KeyBuilder(Table::request, LedgerOrdinal{0}).take());
  put(key, altered(value));
  expect_found("table request was altered");
}

// What the server rebuilds at its start needs no verdict: it is said why there is none.
TEST_F(DerivedAttack, RowsThatTheServerWouldNotTakeAreNotJudged) {
  const auto [key, value] = first_row(position_key());
  std::string behind = value;
  behind[0] = static_cast<char>(behind[0] - 1);  // the frame before, under this frame's tip
  put(key, behind);
  const Audited other_history = judged();
  EXPECT_EQ(other_history.exit_code, 0) << other_history.json;
  EXPECT_EQ(other_history.state_of("derived"), "not_checked");
  std::filesystem::remove_all(data_ / "derived");
  EXPECT_EQ(judged().state_of("derived"), "not_checked");
}

TEST_F(DerivedAttack, ADamagedTableEndsNothing) {
  for (const auto& entry : std::filesystem::directory_iterator(data_ / "derived")) {
    if (entry.path().extension() == ".sst") {
      std::string content = read_all(entry.path());
      for (std::size_t i = content.size() / 4; i < content.size() / 2; ++i) {
        content[i] = static_cast<char>(content[i] ^ 0x55);
      }
      write_all(entry.path(), content);
    }
  }
  const Audited audited = judged();
  EXPECT_EQ(audited.exit_code, 0) << audited.json;
  EXPECT_EQ(audited.state_of("derived"), "not_checked");
}

}  // namespace
}  // namespace juanzong::testing
