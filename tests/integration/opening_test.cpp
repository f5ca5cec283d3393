// SPDX-License-Identifier: Apache-2.0
// What a server puts on record when it opens a ledger, and what people do about its key and clock.
#include "crypto/key_file.h"

#include "server/data/ledger_keys.h"

#include "tools/client/registration.h"
#include "tools/juanzong/server_key.h"

#include "tests/integration/site.h"

#include <gmock/gmock.h>

#include <fstream>

namespace juanzong::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Names of the events from `first` on.
std::vector<std::string> events_from(const Desk& desk, std::uint64_t first) {
  std::vector<std::string> names;
  const auto page = desk.client->read_records(RecordIndex{first}, 100);
  EXPECT_TRUE(page.has_value());
  for (const Bytes& bytes : page->records) {
    const auto record = parse_record(bytes);
    names.push_back(catalogue().find(record->statement.type)->descriptor.name);
  }
  return names;
}

fs::path newest_wal(const fs::path& log) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(log)) {
    if (entry.path().extension() == ".log") {
      files.push_back(entry.path());
    }
  }
  return *std::ranges::max_element(files);
}

int run_juanzong(const std::vector<std::string>& arguments) {
  const auto program = find_program("juanzong");
  EXPECT_TRUE(program.has_value());
  return run_program(*program, arguments);
}

// One request whose frame fills several blocks of the write-ahead log.
std::string many_staff_line(int count) {
  std::string line;
  for (int i = 0; i < count; ++i) {
    line += (i == 0 ? "[" : ",") + staff_line(fresh_name());
  }
  return line + "]";
}

// As a power cut leaves it that came in the middle of the last write, before the anchor: a page of
// it never reached the disk.
void tear_last_write(const fs::path& wal, std::size_t from_end) {
  std::fstream file(wal, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(-static_cast<std::streamoff>(from_end), std::ios::end);
  file << std::string(4'096, '\0');
}

TEST(Opening, ATornTailIsCutOffOnceAndStandsOnRecord) {
  Site site;
  site.start();
  {
    const Desk desk = site.founder();
    EXPECT_EQ(events_from(desk, 5), std::vector<std::string>{"RulesActivated"});
    EXPECT_EQ(outcome_of(desk.submitter->submit(staff_line(fresh_name()))), "");
    const fs::path anchor = site.data() / "anchor";
    fs::copy_file(anchor, anchor.string() + ".old");
    EXPECT_EQ(outcome_of(desk.submitter->submit(many_staff_line(600))), "");
    site.kill();
    fs::rename(anchor.string() + ".old", anchor);
  }
  tear_last_write(newest_wal(site.data() / "log"), 150'000);
  site.start();
  EXPECT_THAT(site.said(), HasSubstr("torn_tail_cut_off"));
  EXPECT_THAT(events_from(site.founder(), 6), ElementsAre("StaffRegistered", "RecoveryPerformed"));
  EXPECT_EQ(site.stop(), 0);
  site.start();
  EXPECT_EQ(events_from(site.founder(), 6).size(), 2U) << "said once";
  EXPECT_EQ(site.stop(), 0);
  EXPECT_EQ(site.audit(), 0);
}

TEST(Opening, TheServersKeyIsNeededReplacedAndNoLogin) {
  Site site;
  const fs::path file = key_files_of_first(DataPaths(site.data())).server_key;
  const auto old_key = load_key(file);
  site.start();
  const auto login = Client::connect(site.client_options({*old_key}, ""));
  ASSERT_FALSE(login.has_value());
  EXPECT_EQ(login.error().code, ErrorCode::not_permitted) << to_text(login.error());
  const cli::NewServerKey wanted{site.data(), "", site.data() / "keys" / "founder.key", site.now()};
  EXPECT_EQ(cli::replace_server_key(wanted).error().code, ErrorCode::already_running);
  EXPECT_EQ(site.stop(), 0);
  fs::remove(file);
  EXPECT_THAT(site.refused().text, HasSubstr("server.key"));
  const auto replaced = cli::replace_server_key(wanted);
  ASSERT_TRUE(replaced.has_value()) << to_text(replaced.error());
  EXPECT_EQ(*replaced, file);
  site.start();
  EXPECT_EQ(events_from(site.founder(), 6), std::vector<std::string>{"ActorKeyRegistered"});
  EXPECT_EQ(site.stop(), 0);
  // The key before it says nothing any more.
  fs::rename(file, file.string() + ".next");
  ASSERT_FALSE(crypto::write_private_key(file, **old_key).has_value());
  EXPECT_THAT(site.refused().text, HasSubstr("server-key"));
  // A crash between the record and the file: doing it again finds the key.
  EXPECT_EQ(*cli::replace_server_key(wanted), file);
  site.start();
  EXPECT_EQ(events_from(site.founder(), 6).size(), 1U);
  EXPECT_EQ(site.stop(), 0);
  EXPECT_EQ(site.audit(), 0);
}

TEST(Opening, TwoPeopleCorrectAClockThatWasAhead) {
  Site site({.clock = "2025-01-02T08:00:00+08:00"});
  site.start();
  const fs::path key = site.data().parent_path() / "leader.key";
  {
    const auto leader = std::make_shared<const crypto::PrivateKey>(crypto::PrivateKey::generate());
    ASSERT_FALSE(crypto::write_private_key(key, *leader).has_value());
    const Desk both = site.desk({site.founder().keys.front(), leader});
    EXPECT_EQ(outcome_of(both.submitter->submit(
                  registration_line({"S-CL", "OFFICE", "B-CL", "CL"}, leader->public_key()))),
              "");
  }
  site.set_clock("2095-06-01T08:00:00+08:00");
  const RecordIndex wrong = index_of(site.founder().submitter->submit(staff_line(fresh_name())));
  site.set_clock("2025-01-02T09:00:00+08:00");
  EXPECT_EQ(outcome_of(site.founder().submitter->submit(staff_line(fresh_name()))),
            "request_expired");
  const auto correct = [&](const std::string& second_key) {
    return run_juanzong({"clock",
                         "correct",
                         "--json",
                         "--server",
                         "127.0.0.1:" + std::to_string(site.server().port()),
                         "--cert",
                         (site.data() / "keys" / "tls.cert.pem").string(),
                         "--key",
                         (site.data() / "keys" / "founder.key").string(),
                         "--second-key",
                         second_key,
                         "--true-time",
                         "2025-01-02T09:00:00+08:00",
                         "--wrong-from",
                         std::to_string(number(wrong)),
                         "--fault",
                         "BOOT_CLOCK"});
  };
  EXPECT_NE(correct((site.data() / "keys" / "founder.key").string()), 0) << "one person twice";
  EXPECT_EQ(correct(key.string()), 0);
  const AppendReply after = site.founder().submitter->submit(staff_line(fresh_name()));
  EXPECT_EQ(std::get<message::Appended>(after).recorded_at, site.now());
  EXPECT_EQ(site.stop(), 0);
  EXPECT_EQ(site.audit(), 0);
}

}  // namespace
}  // namespace juanzong::testing
