// SPDX-License-Identifier: Apache-2.0
// Log before reveal, against the real server: what it shows of a person, and what is on record
// when the answer arrives.
#include "events/log/record.h"

#include "tests/integration/scenario_site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view name = "何静";
constexpr std::string_view unit = "1-3-0101";

class Looks : public ScenarioTest {
 protected:
  Looks() {
    begin("sc13");
    play_to();
  }

  Result<std::string> file(const std::string& role, const boost::json::object& more = {}) {
    boost::json::object arguments = more;
    arguments["unit"] = unit;
    return player->client_of(role)->query("owner_file", boost::json::serialize(arguments));
  }
  std::vector<boost::json::object> on_record(std::string_view event) {
    return rows_where(ask("owner_info", {{"unit", unit}}), "records", "event", event);
  }
  void approve(std::string_view fields) {
    const std::string line =
        R"({"at":"2025-07-10T10:00:00+08:00","as":"ARC","zh":"批准查阅",)"
        R"("type":"OwnerFileViewApproved","body":)"
        R"({"view_id":"Q-1","unit":"1-3-0101","person":"P-1801","viewer":"S-CSA","purpose":)"
        R"({"private":"核对","of":"P-1801"},"fields":[)" +
        std::string(fields) +
        R"(],"valid_until":"2025-07-10T18:00:00+08:00","signatures":["STAFF ARC"]}})";
    const auto steps = parse_scenario(line);
    ASSERT_TRUE(steps.has_value()) << to_text(steps.error());
    ASSERT_TRUE(player->play(*steps));
  }
};

TEST_F(Looks, WithoutAPurposeNothingIsShownAndNothingRecorded) {
  const Result<std::string> masked = file("CSA");
  ASSERT_TRUE(masked.has_value()) << to_text(masked.error());
  EXPECT_THAT(*masked, HasSubstr("何**"));
  EXPECT_THAT(*masked, Not(HasSubstr(std::string(name))));
  EXPECT_THAT(on_record("OwnerFileAccessed"), IsEmpty());
}

TEST_F(Looks, InARunningCaseTheLookIsOnRecordWhenTheAnswerArrives) {
  const Result<std::string> shown = file("CSA", {{"case_ref", "charge:FEE-1-3-0101"}});
  ASSERT_TRUE(shown.has_value()) << to_text(shown.error());
  EXPECT_THAT(*shown, HasSubstr(std::string(name)));
  EXPECT_THAT(on_record("OwnerFileAccessed"), SizeIs(1));
  close();
}

TEST_F(Looks, AnApprovalOutOfItsScopeShowsNothing) {
  approve(R"("NAME")");
  const Result<std::string> refused = file("CSA", {{"view_id", "Q-1"}});
  ASSERT_FALSE(refused.has_value()) << "the phone was not approved";
  EXPECT_EQ(refused.error().code, ErrorCode::not_permitted);
  EXPECT_THAT(refused.error().detail, HasSubstr("H-PRV-2"));
  EXPECT_THAT(on_record("OwnerFileAccessed"), IsEmpty());
  EXPECT_FALSE(file("ARC", {{"view_id", "Q-1"}}).has_value()) << "approved for another viewer";
  EXPECT_FALSE(file("CSA", {{"view_id", "Q-2"}}).has_value()) << "there is no such approval";
}

TEST_F(Looks, UnderAnApprovalWhatItNamesIsShown) {
  approve(R"("NAME","PHONE")");
  const Result<std::string> shown = file("CSA", {{"view_id", "Q-1"}});
  ASSERT_TRUE(shown.has_value()) << to_text(shown.error());
  EXPECT_THAT(*shown, HasSubstr(std::string(name)));
  EXPECT_THAT(*shown, HasSubstr("13812340000"));
  EXPECT_THAT(on_record("OwnerFileAccessed"), SizeIs(1));
  close();
}

// The newest record is the look at the paper; its parts are one look.
TEST_F(Looks, AnAttachmentIsALookAsWell) {
  Client& archivist = *player->client_of("ARC");
  const auto records = archivist.read_stream("unit:" + std::string(unit), StreamVersion{1}, 100);
  ASSERT_TRUE(records.has_value());
  std::optional<RecordIndex> filed;
  for (const Bytes& bytes : records->records) {
    const RecordView record = *parse_record(bytes);
    if (record.statement.type == catalogue().find("OwnerDocumentsCollected")->descriptor.type) {
      filed = record.index;
    }
  }
  ASSERT_TRUE(filed.has_value());
  const auto refused = archivist.attachment(*filed, "id_copy");
  ASSERT_FALSE(refused.has_value()) << "a copy of a document needs an approval";
  EXPECT_THAT(refused.error().detail, HasSubstr("H-PRV-2"));
  const std::uint64_t before = archivist.read_records(RecordIndex{0}, 1)->tree_size;
  const auto form = archivist.attachment(RecordIndex{number(*filed) + 1}, "form");
  ASSERT_TRUE(form.has_value()) << to_text(form.error());
  const auto after = archivist.read_records(RecordIndex{before}, 10);
  ASSERT_TRUE(after.has_value());
  ASSERT_EQ(after->records.size(), 1U);
  EXPECT_EQ(parse_record(after->records.front())->statement.type,
            catalogue().find("RecordViewed")->descriptor.type);
  close();
}

}  // namespace
}  // namespace juanzong::testing
