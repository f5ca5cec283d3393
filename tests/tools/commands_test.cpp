// SPDX-License-Identifier: Apache-2.0
// The offline commands as a user meets them: exit codes, files, modes, output.
#include "tests/tools/commands.h"

#include "crypto/merkle_tree.h"
#include "crypto/signed_note.h"

#include "server/data/data_directory.h"
#include "server/net/io_threads.h"
#include "server/net/listener.h"
#include "server/pipeline/ledger_service.h"

#include "tools/juanzong/zone_table.h"

#include "tests/support/row_changes.h"
#include "tests/tools/audit_ledger.h"

#include <gmock/gmock.h>

#include <sys/stat.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

mode_t mode_of(const std::filesystem::path& file) {
  struct stat status {};
  EXPECT_EQ(::stat(file.c_str(), &status), 0) << file;
  return status.st_mode & 07777U;
}

TEST_F(Commands, InitMakesADirectoryThatAServerOpensAndTheAuditPasses) {
  const Ran made = init();
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_TRUE(made.out.starts_with("test.example/jinxiu+")) << made.out;
  EXPECT_EQ(audit(data_, {"--deep", "--vkey", made.out.substr(0, made.out.size() - 1)}).exit_code,
            0);
  const auto opened = DataDirectory::open(
      data_, [](std::uint64_t) {}, [] {});
  ASSERT_TRUE(opened.has_value()) << to_text(opened.error());
  EXPECT_FALSE(std::filesystem::exists(data_ + ".new"));
}

TEST_F(Commands, InitKeepsSecretsToTheirOwner) {
  ASSERT_EQ(init().exit_code, 0);
  const std::filesystem::path keys = std::filesystem::path(data_) / "keys";
  EXPECT_EQ(mode_of(data_), 0700U);
  EXPECT_EQ(mode_of(keys), 0700U);
  for (const char* name : {"log.key", "founder.key", "vault.kek", "tls.key.pem"}) {
    EXPECT_EQ(mode_of(keys / name), 0600U) << name;
  }
  EXPECT_TRUE(read_all(keys / "tls.cert.pem").starts_with("-----BEGIN CERTIFICATE-----"));
}

TEST_F(Commands, InitRefusesWhatExists) {
  ASSERT_EQ(init().exit_code, 0);
  const std::string key = read_all(data_ + "/keys/log.key");
  EXPECT_EQ(init().exit_code, 1);
  EXPECT_EQ(read_all(data_ + "/keys/log.key"), key);
  std::filesystem::create_directory(path("other.new"));
  EXPECT_EQ(run({"init", "--data", path("other"), "--ledger", "a", "--origin", "test.a"}).exit_code,
            1);
  EXPECT_FALSE(std::filesystem::exists(path("other")));
}

TEST_F(Commands, InitLeavesNothingWhenItFails) {
  EXPECT_EQ(run({"init", "--data", data_, "--ledger", "a", "--origin", "a+b"}).exit_code, 1);
  EXPECT_EQ(run({"init", "--data", data_, "--ledger", "a", "--origin", "a", "--timezone", "Mars"})
                .exit_code,
            1);
  EXPECT_EQ(run({"init", "--data", data_, "--ledger", "not a code", "--origin", "a"}).exit_code, 1);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(Commands, LogListsRecordsForPeopleAndPrograms) {
  ASSERT_EQ(init().exit_code, 0);
  EXPECT_THAT(run({"log", "--data", data_}).out, HasSubstr("卷宗建立"));
  const Ran one = run({"log", "--data", data_, "--from", "1", "--to", "1", "--json"});
  const auto record = boost::json::parse(one.out);
  EXPECT_EQ(record.at("index").to_number<int>(), 1);
  EXPECT_EQ(record.at("type").as_string(), "StaffRegistered");
  EXPECT_EQ(record.at("body").at("staff").as_string(), "S-ADM");
  const Ran stream = run({"log", "--data", data_, "--stream", "ledger", "--json"});
  EXPECT_EQ(std::ranges::count(stream.out, '\n'), 1);
}

// A server over the data directory, without TLS, for as long as this lives.
class PlainServer {
 public:
  explicit PlainServer(const std::string& directory)
      : data_(DataDirectory::open(
            directory, [](std::uint64_t) {}, [] {})),
        service_({**data_, *clock_, {}, [](const std::string&) {}}) {
    log_.set_level(LogLevel::off);
    const auto bound = listener_.listen({boost::asio::ip::address_v4::loopback(), 0}, nullptr);
    check(bound.has_value(), "the test listens");
    address_ = "127.0.0.1:" + std::to_string(bound->port());
  }
  [[nodiscard]] const std::string& address() const { return address_; }

 private:
  static NetOptions plain_options() {
    NetOptions options;
    options.allow_plain_tcp = true;
    return options;
  }

  const std::unique_ptr<Clock> clock_ = make_system_clock();
  const Result<std::unique_ptr<DataDirectory>> data_;
  Log log_;
  Metrics metrics_;
  IoThreads threads_{1};
  LedgerService service_;
  Listener listener_{threads_.context(), service_, log_, metrics_, plain_options()};
  std::string address_;
};

TEST_F(Commands, LogReadsAPlainServerOfThisMachineOnly) {
  ASSERT_EQ(init().exit_code, 0);
  const std::string key = data_ + "/keys/founder.key";
  const Ran of_files = run({"log", "--data", data_, "--json"});
  {
    const PlainServer server(data_);
    const std::vector<std::string> log{"log", "--json", "--key", key, "--server", server.address()};
    const Ran unsaid = run(log);
    EXPECT_EQ(unsaid.exit_code, 1);
    EXPECT_THAT(unsaid.err, HasSubstr("--cert"));
    std::vector<std::string> plain = log;
    plain.emplace_back("--plain");
    const Ran listed = run(plain);
    EXPECT_EQ(listed.exit_code, 0) << listed.err;
    EXPECT_EQ(listed.out, of_files.out);
    EXPECT_EQ(std::ranges::count(listed.out, '\n'), 5);
  }
  // Not loopback by its name, and answered at once if it were dialled all the same.
  const Ran far = run({"log", "--plain", "--key", key, "--server", "0.0.0.0:1"});
  EXPECT_EQ(far.exit_code, 1);
  EXPECT_THAT(far.err, HasSubstr("--plain"));
  const std::string certificate = data_ + "/keys/tls.cert.pem";
  const Ran both =
      run({"log", "--plain", "--key", key, "--cert", certificate, "--server", "127.0.0.1:7621"});
  EXPECT_EQ(both.exit_code, 1);
  EXPECT_THAT(both.err, HasSubstr("--plain"));
}

TEST_F(Commands, ProofsVerifyAgainstTheCheckpoint) {
  ASSERT_EQ(init().exit_code, 0);
  const std::string note = run({"checkpoint", "--data", data_}).out;
  const auto key = crypto::read_verifier_key(data_ + "/keys/log.vkey");
  const auto head = crypto::open_checkpoint(note, std::get<crypto::VerifierKey>(key));
  ASSERT_TRUE(head.has_value());
  const Ran proved = run({"prove",
                          "--data",
                          data_,
                          "--index",
                          "4",
                          "--record-out",
                          path("record"),
                          "--out",
                          path("p.tlog-proof")});
  ASSERT_EQ(proved.exit_code, 0) << proved.err;
  const std::string proof = read_all(path("p.tlog-proof"));
  EXPECT_TRUE(proof.starts_with("c2sp.org/tlog-proof@v1\nindex 4\n"));
  EXPECT_TRUE(proof.ends_with("\n\n" + note));
  // Of five leaves, the last one's path is the root of the first four: one hash.
  EXPECT_EQ(std::ranges::count(proof.substr(0, proof.find("\n\n")), '\n'), 2);
  write_all(path("old"), note);
  const Ran growth = run({"prove", "--data", data_, "--old", path("old")});
  EXPECT_EQ(growth.out, "old 5\n\n" + note);
  std::string forged = note;
  forged[forged.find("\n5\n") + 1] = '4';
  write_all(path("old"), forged);
  EXPECT_EQ(run({"prove", "--data", data_, "--old", path("old")}).exit_code, 2);
}

TEST_F(Commands, ExportPassesTheAuditAndIsWrittenOnce) {
  ASSERT_EQ(init().exit_code, 0);
  write_all(path("checkpoint"), run({"checkpoint", "--data", data_}).out);
  const Ran exported = run({"export", "--data", data_, "--out", path("export")});
  ASSERT_EQ(exported.exit_code, 0) << exported.err;
  EXPECT_EQ(audit(path("export"), {"--deep", "--checkpoint", path("checkpoint")}).exit_code, 0);
  EXPECT_EQ(run({"export", "--data", data_, "--out", path("export")}).exit_code, 1);
  std::filesystem::remove(data_ + "/keys/log.key");
  EXPECT_EQ(run({"export", "--data", data_, "--out", path("second")}).exit_code, 1);
  EXPECT_EQ(
      run({"export", "--data", data_, "--out", path("third"), "--checkpoint", path("checkpoint")})
          .exit_code,
      0);
  EXPECT_EQ(audit(path("third")).exit_code, 0);
}

TEST_F(Commands, RebuildGivesTheRowsThatWereThere) {
  ASSERT_EQ(init().exit_code, 0);
  for (int round = 0; round < 2; ++round) {
    const Ran rebuilt = run({"rebuild", "--data", data_, "--json"});
    ASSERT_EQ(rebuilt.exit_code, 0) << rebuilt.err << rebuilt.out;
    const auto json = boost::json::parse(rebuilt.out);
    EXPECT_EQ(json.at("live"), json.at("rebuilt"));
    EXPECT_GT(json.at("rows").to_number<int>(), 5);
  }
  EXPECT_FALSE(std::filesystem::exists(data_ + "/derived.new"));
}

TEST_F(Commands, RebuildTellsAndReplacesRowsThatWereAltered) {
  ASSERT_EQ(init().exit_code, 0);
  ASSERT_EQ(run({"rebuild", "--data", data_}).exit_code, 0);
  {
    const auto store = open_row_store(data_ + "/derived");
    const std::string key("\x0b\0\0\x01x", 5);
    const std::string value(8, '\1');
    ASSERT_TRUE((*store)->write(row_batch({{key, value}}).rows()));
    ASSERT_TRUE((*store)->flush());
  }
  EXPECT_EQ(run({"rebuild", "--data", data_}).exit_code, 2);
  EXPECT_EQ(run({"rebuild", "--data", data_}).exit_code, 0);
}

TEST_F(Commands, AnchorIsAcceptedOnlyWhenAskedTo) {
  ASSERT_EQ(init().exit_code, 0);
  EXPECT_EQ(run({"anchor", "--data", data_}).exit_code, 0);
  {
    const auto anchor = Anchor::open(data_ + "/anchor");
    ASSERT_TRUE((*anchor)->write({5, crypto::Digest{}}));
  }
  EXPECT_EQ(run({"anchor", "--data", data_}).exit_code, 78);
  EXPECT_EQ(run({"checkpoint", "--data", data_}).exit_code, 78);
  const Ran accepted = run({"anchor", "--accept", "--data", data_});
  EXPECT_EQ(accepted.exit_code, 0);
  EXPECT_THAT(accepted.err, HasSubstr("警告"));
  EXPECT_EQ(run({"anchor", "--data", data_}).exit_code, 0);
  EXPECT_TRUE(std::filesystem::exists(data_ + "/anchor.refused-1"));
}

TEST_F(Commands, CatalogueListsTheEventsAndWritesTheReference) {
  const Ran list = run({"catalogue"});
  EXPECT_EQ(list.exit_code, 0) << list.err;
  EXPECT_THAT(list.out, HasSubstr("  HandoverCompleted"));
  EXPECT_THAT(list.out, HasSubstr("房屋交接完成"));
  const Ran reference = run({"catalogue", "--markdown", "--source", JUANZONG_SOURCE_DIR});
  EXPECT_EQ(reference.exit_code, 0) << reference.err;
  EXPECT_EQ(reference.out,
            read_all(std::filesystem::path(JUANZONG_SOURCE_DIR) / "docs/PROCEDURES.md"));
  const Ran nowhere = run({"catalogue", "--markdown", "--source", path("nowhere")});
  EXPECT_EQ(nowhere.exit_code, 1);
  EXPECT_TRUE(nowhere.out.empty());
  EXPECT_THAT(nowhere.err, HasSubstr("nowhere"));
}

TEST_F(Commands, UsageIsOneAndHelpIsZero) {
  EXPECT_EQ(run({}).exit_code, 1);
  EXPECT_EQ(run({"log"}).exit_code, 1);
  EXPECT_EQ(run({"log", "--data", path("nothing")}).exit_code, 1);
  for (const char* command : {"init", "log", "export", "rebuild", "anchor", "prove"}) {
    const Ran help = run({command, "--help"});
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_THAT(help.out, HasSubstr("示例 example"));
  }
}

TEST(ZoneTable, HoldsTheSummerTimesOfShanghaiAndNothingAfter) {
  const auto table = cli::make_zone_table("Asia/Shanghai");
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->zone.offset_seconds_at(*parse_instant("1988-07-01T00:00:00Z")), 9 * 3600);
  EXPECT_EQ(table->zone.offset_seconds_at(*parse_instant("2025-07-01T00:00:00Z")), 8 * 3600);
  EXPECT_EQ(table->zone.rows().back().offset_seconds, 8 * 3600);
  EXPECT_FALSE(table->tzdata_version.empty());
}

}  // namespace
}  // namespace juanzong::testing
