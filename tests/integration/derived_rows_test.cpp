// SPDX-License-Identifier: Apache-2.0
// DIR/derived is disposable: gone, damaged or of another ledger, it is computed again, and the
// answers are the same.
#include "tests/integration/site.h"

#include <algorithm>
#include <fstream>
#include <random>

namespace juanzong::testing {
namespace {

namespace fs = std::filesystem;

class DerivedFolder : public ::testing::Test {
 protected:
  DerivedFolder() : site({.clock = "2025-01-02T08:00:00+08:00"}) {
    site.start();
    reader = site.hire("S-CSM", "CSM").keys;
    fill(site, "1-1-");
    before = answers();
    EXPECT_EQ(site.stop(), 0);
  }

  static void fill(const Site& place, const std::string& entrance, int until = 400) {
    const Desk archivist = place.hire("S-ARC" + fresh_name(), "ARC");
    for (int i = 100; i < until; ++i) {
      const std::string room = std::to_string(i);
      const std::string body = R"({"unit":")" + entrance + room +
                               R"(","building":"1","entrance":")" + entrance[2] +
                               R"(","floor":1,"number":")" + room + R"("})";
      EXPECT_EQ(outcome_of(archivist.submitter->submit(R"({"type":"UnitRegistered","body":)" +
                                                       body + "}")),
                "");
    }
  }

  // Asking adds no record.
  [[nodiscard]] std::vector<std::string> answers() const {
    const Desk desk = site.desk(reader);
    std::vector<std::string> all;
    for (const auto& [view, arguments] :
         {std::pair{"log_head", "{}"}, {"units", R"({"limit":"500"})"}, {"policy", "{}"}}) {
      const auto report = desk.client->query(view, arguments);
      all.push_back(report ? *report : to_text(report.error()));
    }
    const auto proof = desk.client->prove(RecordIndex{77});
    all.push_back(proof ? *proof : to_text(proof.error()));
    const auto stream = desk.client->read_stream("unit:1-1-250", StreamVersion{1}, 10);
    all.push_back(stream ? std::to_string(stream->stream_version) : to_text(stream.error()));
    return all;
  }

  void ask_whatever_comes_of_it() const {
    ClientOptions options;
    options.port = site.server().port();
    options.key = reader.front();
    options.pinned_certificate = site.data() / "keys" / "tls.cert.pem";
    const auto client = Client::connect(options);
    if (client) {
      static_cast<void>((*client)->query("units", R"({"limit":"500"})"));
      static_cast<void>((*client)->prove(RecordIndex{77}));
    }
  }

  void expect_the_same_answers() {
    site.start();
    EXPECT_TRUE(answers() == before);
    fill(site, "1-2-");  // and it goes on from there
    EXPECT_EQ(site.stop(), 0);
    EXPECT_EQ(site.audit(), 0);
  }

  [[nodiscard]] std::vector<fs::path> files(const std::string& extension) const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(site.data() / "derived")) {
      if (entry.is_regular_file() && entry.path().extension() == extension) {
        found.push_back(entry.path());
      }
    }
    return found;
  }

  // Random bytes over the whole file, in its middle or everywhere.
  static void damage(const fs::path& file) {
    std::mt19937 random(20'250'616);
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    const auto size = static_cast<std::streamoff>(fs::file_size(file));
    for (std::streamoff at = size / 4; at < size / 2; ++at) {
      out.seekp(at);
      out.put(static_cast<char>(random()));
    }
  }

  Site site;
  SigningKeys reader;
  std::vector<std::string> before;
};

TEST_F(DerivedFolder, Untouched) {
  expect_the_same_answers();
}

TEST_F(DerivedFolder, Deleted) {
  fs::remove_all(site.data() / "derived");
  expect_the_same_answers();
}

TEST_F(DerivedFolder, DamagedInItsTables) {
  const std::vector<fs::path> tables = files(".sst");
  ASSERT_FALSE(tables.empty());
  std::ranges::for_each(tables, damage);
  // Whoever first reads a damaged block stops the process; the next start begins anew.
  if (site.try_start()) {
    ask_whatever_comes_of_it();
    site.kill();
  }
  expect_the_same_answers();
}

TEST_F(DerivedFolder, WithoutItsManifest) {
  fs::remove(site.data() / "derived" / "CURRENT");
  expect_the_same_answers();
}

// `juanzong rebuild` compares what it finds with a fresh fold, also where a kill left rows
// unwritten.
TEST_F(DerivedFolder, EqualsARebuildAfterAKill) {
  site.start();
  fill(site, "1-3-");
  site.kill();
  const auto program = find_program("juanzong");
  ASSERT_TRUE(program.has_value());
  EXPECT_EQ(run_program(*program, {"rebuild", "--data", site.data().string()}), 0);
}

// Shorter, as long, and longer than ours.
TEST_F(DerivedFolder, OfAnotherLedger) {
  for (const int until : {200, 400, 500}) {
    Site other({.clock = "2025-01-02T08:00:00+08:00"});
    other.start();
    fill(other, "1-1-", until);
    EXPECT_EQ(other.stop(), 0);
    fs::remove_all(site.data() / "derived");
    fs::copy(other.data() / "derived", site.data() / "derived", fs::copy_options::recursive);
    site.start();
    EXPECT_TRUE(answers() == before) << until;
    EXPECT_EQ(site.stop(), 0);
  }
}

}  // namespace
}  // namespace juanzong::testing
