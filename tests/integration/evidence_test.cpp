// SPDX-License-Identifier: Apache-2.0
// `juanzong evidence` on a real server and on its data directory, and the package judged by the
// program and by verify.sh.
#include "crypto/hex.h"
#include "crypto/key_file.h"
#include "crypto/sha256.h"

#include "server/pipeline/clock.h"

#include "tools/evidence/manifest.h"
#include "tools/evidence/package_io.h"
#include "tools/evidence/package_names.h"

#include "tests/integration/site.h"
#include "tests/tools/commands.h"
#include "tests/tools/evidence_script.h"

#include <gmock/gmock.h>

#include <filesystem>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string owner = "0195f000000070008000000000001001";

std::string roster_line() {
  return R"({"type":"OwnerRosterImported","body":{"roster_id":"R-1","roster_digest":{"subject":")" +
         owner + R"(","text":"清册"},"developer":"DEV-1","entries":[{"unit":"3-1-1202","owner":")" +
         owner + R"(","owner_name":{"subject":")" + owner +
         R"(","value":"陈静"},"phone":{"subject":")" + owner +
         R"(","value":"13812341234"},"contract_no":"GF-1"}]}})";
}

// The command dates its requests by the machine's clock, which the server's must not contradict.
std::string days_ago(int days) {
  return to_rfc3339({make_system_clock()->now().value - days * micros_per_day});
}

class EvidenceSite : public ::testing::Test {
 protected:
  EvidenceSite() {
    site_.start();
    archivist_ = site_.hire("S-ARC", "ARC");
    submit(archivist_,
           R"({"type":"UnitRegistered","body":{"unit":"3-1-1202","building":"3","entrance":"1",)"
           R"("floor":12,"number":"1202"}})");
    submit(archivist_, roster_line());
    clerk_ = site_.hire("S-CSA", "CSA");
    site_.set_clock(days_ago(0));
    submit(site_.founder(), staff_line(fresh_name()));  // and before it, the day before is closed
  }
  static void submit(const Desk& desk, const std::string& line) {
    EXPECT_EQ(outcome_of(desk.submitter->submit(line)), "");
  }
  std::string key_file(const Desk& desk, const std::string& name) const {
    const std::filesystem::path file = folder_.path() / name;
    EXPECT_FALSE(crypto::write_private_key(file, *desk.keys.front()).has_value());
    return file.string();
  }
  std::string out() const { return (folder_.path() / "case.zip").string(); }
  std::vector<std::string> through_server(const std::string& key) const {
    return {"evidence",
            "--server",
            "127.0.0.1:" + std::to_string(site_.server().port()),
            "--cert",
            (site_.data() / "keys" / "tls.cert.pem").string(),
            "--key",
            key,
            "--stream",
            "unit:3-1-1202",
            "--out",
            out()};
  }
  void expect_good(const std::string& package) const {
    const Ran shown = run({"verify", package, "--vkey", site_.verifier_key()});
    EXPECT_EQ(shown.exit_code, 0) << shown.err;
    EXPECT_THAT(shown.out, HasSubstr("all 2 records of unit:3-1-1202 up to the end of "));
    const ScriptAnswer answer = EvidenceScript::run(package, {"--vkey", site_.verifier_key()});
    EXPECT_EQ(answer.exit_code, 0) << answer.text;
  }
  static std::string text(const evidence::PackageFiles& files, std::string_view name) {
    return std::string(text_of(ByteView(files.at(std::string(name)))));
  }
  Site site_{{.clock = days_ago(1)}};
  TemporaryFolder folder_;
  Desk archivist_;
  Desk clerk_;
};

TEST_F(EvidenceSite, FromFilesItDisclosesWhatIsNamedAndSaysThatNothingWasRecorded) {
  const std::string key = key_file(archivist_, "arc.key");
  EXPECT_EQ(site_.stop(), 0);
  std::vector<std::string> words{"evidence",
                                 "--data",
                                 site_.data().string(),
                                 "--stream",
                                 "unit:3-1-1202",
                                 "--as",
                                 "S-ARC",
                                 "--key",
                                 key,
                                 "--open",
                                 "entries[0].owner_name",
                                 "--open",
                                 "roster_digest",
                                 "--attachments",
                                 "--out",
                                 out()};
  const Ran made = run(words);
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(made.err, HasSubstr("nothing was put on record"));
  expect_good(out());
  const auto files = evidence::read_package(out());
  ASSERT_TRUE(files.has_value());
  const std::string page = text(*files, evidence::names::rendering_text);
  EXPECT_THAT(page, HasSubstr("陈静(已披露 disclosed)"));
  EXPECT_THAT(page, Not(HasSubstr("13812341234")));
  EXPECT_EQ(
      text(*files, evidence::names::attachment(crypto::sha256(bytes_of(std::string_view("清册"))))),
      "清册");
  EXPECT_THAT(text(*files, evidence::names::procedure), HasSubstr("nothing was recorded"));
  EXPECT_EQ(run(words).exit_code, 1) << "a package is never overwritten";
  words[12] = "entries[0].nothing";
  words.back() += ".2";
  EXPECT_EQ(run(words).exit_code, 1);
  words[12] = "phone";
  words[6] = "S-CSA";
  EXPECT_THAT(run(words).err, HasSubstr("the key belongs to S-ARC"));
}

TEST_F(EvidenceSite, ThroughAServerThePackageIsPutOnRecordFirst) {
  std::vector<std::string> words = through_server(key_file(archivist_, "arc.key"));
  EXPECT_EQ(run(words).exit_code, 1) << "what for, and about whom, is missing";
  words.insert(words.end(), {"--purpose", "诉讼", "--subject", owner});
  const Ran made = run(words);
  ASSERT_EQ(made.exit_code, 0) << made.err;
  expect_good(out());
  const auto files = evidence::read_package(out());
  ASSERT_TRUE(files.has_value());
  const auto exports = archivist_.client->read_stream("audit", StreamVersion{1}, 10);
  ASSERT_TRUE(exports.has_value() && exports->records.size() == 1);
  const crypto::Digest manifest = crypto::sha256(files->at(std::string(evidence::manifest_name)));
  EXPECT_FALSE(std::ranges::search(exports->records.front(), manifest.view()).empty());
  // Whoever may not export gets no file.
  std::filesystem::remove(out());
  words[6] = key_file(clerk_, "csa.key");
  EXPECT_NE(run(words).exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(out()));
  EXPECT_EQ(site_.stop(), 0);
  EXPECT_EQ(site_.audit(), 0);
}

}  // namespace
}  // namespace juanzong::testing
