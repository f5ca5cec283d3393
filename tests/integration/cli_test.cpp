// SPDX-License-Identifier: Apache-2.0
// The commands against a real server: exit codes, JSON keys, and an audit of what they left behind.
#include "tests/integration/cli_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <future>
#include <iterator>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string unit_line(const std::string& room) {
  return R"({"type":"UnitRegistered","body":{"unit":"3-1-)" + room +
         R"(","building":"3","entrance":"1","floor":12,"number":")" + room + R"("}})";
}

std::string content_of(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string source_file(const std::string& path) {
  return std::string(JUANZONG_SOURCE_DIR) + "/" + path;
}

TEST_F(CliTest, AppendAnswersEachLineAndGoesOnAfterRefusals) {
  const std::string file =
      write("events.jsonl",
            unit_line("1201") + "\n\n" + unit_line("1201") + "\n{\"type\":\n[" + unit_line("1202") +
                "," + unit_line("1203") + "]\n");
  const Ran ran = as(key_of("ARC"), {"append", file, "--as", "S-ARC"});
  EXPECT_EQ(ran.code, 1) << ran.err;  // the malformed line outweighs the refusal
  const auto lines = ran.lines();
  ASSERT_THAT(lines, SizeIs(4)) << ran.out;
  EXPECT_EQ(lines[0].at("leaf").as_string().size(), 64U);
  EXPECT_GT(lines[0].at("index").as_int64(), 0);
  EXPECT_THAT(std::string(lines[0].at("recorded_at").as_string()), HasSubstr("T"));
  const auto& refusal = lines[1].at("refused").as_array().at(0).as_object();
  for (const char* key : {"rule", "zh", "en", "clause", "facts"}) {
    EXPECT_TRUE(refusal.contains(key)) << key;
  }
  EXPECT_EQ(lines[2].at("error").at("code"), "malformed_request");
  ASSERT_THAT(lines[3].as_array(), SizeIs(2));
  EXPECT_EQ(lines[3].at(1).at("index").as_int64(), lines[3].at(0).at("index").as_int64() + 1);
  EXPECT_THAT(ran.err, HasSubstr("events.jsonl:3: "));
  EXPECT_THAT(ran.err, HasSubstr("events.jsonl:4: "));
  const Ran refused = as(key_of("ARC"), {"append", write("again", unit_line("1201")), "--json"});
  EXPECT_EQ(refused.code, 3);
  EXPECT_EQ(refused.err, "");
}

TEST_F(CliTest, SaysHowToConnect) {
  const std::string server = "127.0.0.1:" + std::to_string(CliTest::server()->port());
  const Ran no_certificate =
      juanzong({"query", "units", "--server", server, "--key", key_of("CSM")});
  EXPECT_EQ(no_certificate.code, 1);
  EXPECT_THAT(no_certificate.err, HasSubstr("--cert"));
  EXPECT_EQ(juanzong({"query", "units"}).code, 1);
  EXPECT_EQ(as(key_of("CSM"), {"log", "--data", data().string()}).code, 1);
  const Ran other = as(key_of("CSM"), {"append", "-", "--as", "S-ARC"});
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, HasSubstr("S-CSM"));
  const std::string open_key = write("open.key", "");
  std::filesystem::permissions(open_key, std::filesystem::perms(0644));
  EXPECT_THAT(as(open_key, {"checkpoint"}).err, HasSubstr("key_file_permissions"));
  for (const char* command : {"append", "actor", "import", "bench", "query", "log"}) {
    EXPECT_EQ(juanzong({command, "--help"}).code, 0) << command;
  }
}

TEST_F(CliTest, ImportsARosterWholeOrNotAtAll) {
  const std::string sample = source_file("tools/import/sample_roster.csv");
  const std::vector<std::string> more{"--roster-id", "R-1", "--developer", "DEV-1", "--json"};
  const auto import = [&more](const std::string& file, const std::string& flag = "") {
    std::vector<std::string> words{"import", "roster", file};
    words.insert(words.end(), more.begin(), more.end());
    if (!flag.empty()) {
      words.push_back(flag);
    }
    return as(key_of("ARC"), words);
  };
  const std::string bad = write("bad.csv",
                                "栋,单元,楼层,房号,业主,合同号\n5,1,1,0101,陈静,HT-1\n"
                                "5,1,1,0101,王芳,HT-2\n5,1,0,0102,,HT-3\n");
  const Ran wrong = import(bad);
  EXPECT_EQ(wrong.code, 1);
  const auto errors = wrong.object().at("errors").as_array();
  ASSERT_THAT(errors, SizeIs(3)) << wrong.out;
  EXPECT_EQ(errors[0].at("line"), 3);
  EXPECT_EQ(errors[1].at("column"), "楼层");
  EXPECT_EQ(import(sample, "--dry-run").code, 0);
  const Ran done = import(sample);
  EXPECT_EQ(done.code, 0) << done.out << done.err;
  EXPECT_EQ(done.object().at("recorded_units"), 39);
  EXPECT_EQ(done.object().at("records").at(0).at("count"), 39 + 3);
  const Ran again = import(sample);
  EXPECT_EQ(again.code, 3);
  EXPECT_EQ(again.object().at("line"), 2);
  EXPECT_EQ(again.object().at("recorded_units"), 0);
}

TEST_F(CliTest, ShowsTheSameFromServerAndFromFiles) {
  const std::string csm = key_of("CSM");
  as(key_of("ARC"), {"append", write("unit", unit_line("1301"))});
  const Ran json = as(csm, {"query", "units", "--json"});
  EXPECT_EQ(json.code, 0) << json.err;
  EXPECT_EQ(json.object().at("view"), "units");
  const Ran remote = as(csm, {"query", "units"});
  const Ran local = juanzong({"query", "units", "--data", data().string()});
  EXPECT_EQ(remote.out, local.out);
  EXPECT_THAT(remote.out, HasSubstr("3-1-1301"));
  const Ran log = as(csm, {"log", "--json"});
  EXPECT_EQ(log.code, 0) << log.err;
  EXPECT_EQ(log.out, juanzong({"log", "--json", "--data", data().string()}).out);
  EXPECT_EQ(log.lines().at(0).at("type"), "LedgerCreated");
  EXPECT_EQ(as(csm, {"log", "--stream", "unit:3-1-1301"}).out,
            juanzong({"log", "--stream", "unit:3-1-1301", "--data", data().string()}).out);
  const Ran followed = as(csm, {"log", "--follow", "--from", "1", "--to", "3", "--json"});
  EXPECT_EQ(followed.code, 0) << followed.err;
  EXPECT_THAT(followed.lines(), SizeIs(3));
  const Ran unknown = as(csm, {"query", "nothing"});
  EXPECT_EQ(unknown.code, 1);
  EXPECT_THAT(unknown.err, HasSubstr("not_found"));
}

TEST_F(CliTest, WritesTheSameFilesFromServerAndFromFiles) {
  const std::string csm = key_of("CSM");
  for (const char* room : {"1411", "1412", "1413"}) {
    as(key_of("ARC"), {"append", write("unit", unit_line(room))});
  }
  const auto file = [this](const std::string& name) { return write(name, ""); };
  const std::string remote = file("remote.csv");
  const std::string local = file("local.csv");
  const Ran refused = as(csm, {"query", "units", "--csv", remote});
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, HasSubstr("--force"));
  EXPECT_EQ(as(csm, {"query", "units", "--limit", "2", "--csv", remote, "--force"}).code, 0);
  EXPECT_EQ(juanzong({"query", "units", "--data", data().string(), "--csv", local, "--force"}).code,
            0);
  EXPECT_THAT(content_of(remote), HasSubstr("3-1-1413"));
  EXPECT_EQ(content_of(remote), content_of(local));
}

TEST_F(CliTest, FollowsRecordsThatAreStillToCome) {
  const std::string csm = key_of("CSM");
  const std::string arc = key_of("ARC");
  const auto size = as(csm, {"query", "log_head", "--json"}).object().at("size").as_int64();
  auto followed = std::async(std::launch::async, [&] {
    return as(csm,
              {"log",
               "--follow",
               "--from",
               std::to_string(size),
               "--to",
               std::to_string(size + 1),
               "--json"});
  });
  as(arc, {"append", write("first", unit_line("1401"))});
  as(arc, {"append", write("second", unit_line("1402"))});
  const Ran ran = followed.get();
  EXPECT_EQ(ran.code, 0) << ran.err;
  ASSERT_THAT(ran.lines(), SizeIs(2)) << ran.out;
  EXPECT_EQ(ran.lines()[1].at("body").at("unit"), "3-1-1402");
  EXPECT_EQ(ran.lines()[1].at("actor"), "S-ARC");
}

TEST_F(CliTest, ReadsAttachmentsBesideTheEventsFile) {
  std::filesystem::create_directory(folder() / "paper");
  write("paper/licence.txt", "营业执照");
  const auto line = [](const std::string& company, const std::string& file) {
    return R"({"type":"ContractorRegistered","body":{"company":")" + company +
           R"(","name":"宏达装饰","licence":{"subject":"00000000000000000000000000001001",)" +
           R"("file":")" + file + R"("}}})" + "\n";
  };
  const std::string file =
      write("paper/events.jsonl", line("C-1", "licence.txt") + line("C-2", "missing.txt"));
  const Ran ran = as(key_of("CSA"), {"append", file, "--json"});
  EXPECT_EQ(ran.code, 1);
  ASSERT_THAT(ran.lines(), SizeIs(2));
  EXPECT_TRUE(ran.lines()[0].as_object().contains("leaf")) << ran.out;
  EXPECT_EQ(ran.lines()[1].at("error").at("code"), "not_found") << ran.out;
}

TEST_F(CliTest, ProvesFromTheServer) {
  const std::string csm = key_of("CSM");
  const Ran checkpoint = as(csm, {"checkpoint"});
  EXPECT_EQ(checkpoint.code, 0) << checkpoint.err;
  EXPECT_THAT(checkpoint.out, HasSubstr("test.example.cn/estate\n"));
  const std::string record = (folder() / "1.record").string();
  const Ran proof = as(csm, {"prove", "--index", "1", "--record-out", record});
  EXPECT_EQ(proof.code, 0) << proof.err;
  EXPECT_THAT(proof.out, HasSubstr("c2sp.org/tlog-proof@v1\nindex 1\n"));
  EXPECT_GT(std::filesystem::file_size(record), 100U);
  as(key_of("ARC"), {"append", write("unit", unit_line("1302"))});
  const std::string old = write("old", checkpoint.out);
  const Ran growth = as(csm, {"prove", "--old", old});
  EXPECT_EQ(growth.code, 0) << growth.err;
  EXPECT_THAT(growth.out, ::testing::StartsWith("old "));
  EXPECT_EQ(as(csm, {"prove", "--index", "999999"}).code, 1);
}

TEST_F(CliTest, ChangesRolesAndKeys) {
  const std::string key = key_of("SEC");
  const Ran roles = as(founder(), {"actor", "roles", "--staff", "S-SEC", "--roles", "SEC SECM"});
  EXPECT_EQ(roles.code, 0) << roles.err;
  const std::string next = (folder() / "S-SEC-2.key").string();
  const Ran rotated = as(key, {"actor", "rotate", "--key-out", next, "--json"});
  EXPECT_EQ(rotated.code, 0) << rotated.out << rotated.err;
  EXPECT_EQ(rotated.object().at("staff"), "S-SEC");
  EXPECT_NE(as(key, {"checkpoint"}).code, 0);
  EXPECT_EQ(as(next, {"checkpoint"}).code, 0);
  const std::string key_id(rotated.object().at("key_id").as_string());
  EXPECT_EQ(as(founder(), {"actor", "revoke", "--key-id", key_id}).code, 0);
  EXPECT_NE(as(next, {"checkpoint"}).code, 0);
  const std::string refused = (folder() / "refused.key").string();
  const Ran again = as(founder(),
                       {"actor",
                        "add",
                        "--staff",
                        "S-SEC",
                        "--roles",
                        "SEC",
                        "--badge",
                        "B-9",
                        "--department",
                        "PROJECT",
                        "--key-out",
                        refused,
                        "--json"});
  EXPECT_EQ(again.code, 3) << again.out << again.err;
  EXPECT_TRUE(again.object().contains("refused"));
  EXPECT_FALSE(std::filesystem::exists(refused));
}

TEST_F(CliTest, BenchMeasuresARunningServer) {
  const Ran query = as(key_of("CSM"), {"bench", "query", "--requests", "5", "--json"});
  EXPECT_EQ(query.code, 0) << query.err;
  for (const char* key : {"events_per_second", "p50_us", "p99_us", "p999_us"}) {
    EXPECT_TRUE(query.object().contains(key)) << key;
  }
  const Ran append =
      as(founder(), {"bench", "append", "--connections", "2", "--requests", "5", "--json"});
  EXPECT_EQ(append.code, 0) << append.err;
  EXPECT_EQ(append.object().at("events"), 10);
  EXPECT_EQ(append.object().at("refused"), 0);
}

TEST_F(CliTest, BenchAsksForADepositWhileAppendsArrive) {
  const Ran mixed = juanzong({"bench",
                              "mixed",
                              "--local",
                              "--folder",
                              folder().string(),
                              "--rate",
                              "300",
                              "--seconds",
                              "1",
                              "--connections",
                              "2",
                              "--json"});
  ASSERT_EQ(mixed.code, 0) << mixed.err;
  const auto append = mixed.object().at("append").as_object();
  EXPECT_EQ(append.at("events"), 300);
  EXPECT_EQ(append.at("refused"), 0);
  const auto query = mixed.object().at("query").as_object();
  EXPECT_EQ(query.at("load"), "query deposit");
  EXPECT_GT(query.at("requests").as_int64(), 0);
}

TEST_F(CliTest, BenchGrowsALedgerAndStartsItAgain) {
  const Ran growth = juanzong({"bench",
                               "growth",
                               "--folder",
                               folder().string(),
                               "--first",
                               "1000",
                               "--records",
                               "3000",
                               "--connections",
                               "2",
                               "--json"});
  ASSERT_EQ(growth.code, 0) << growth.err;
  const auto lines = growth.lines();
  ASSERT_THAT(lines, SizeIs(4)) << growth.out;
  EXPECT_GE(lines[1].at("records").as_int64(), 2'000);
  EXPECT_GE(lines[2].at("records").as_int64(), 3'000);
  for (const char* key : {"records_per_second", "rss_bytes", "log_bytes", "statement_bytes"}) {
    EXPECT_GT(lines[2].at(key).as_int64(), 0) << key;
  }
  EXPECT_GE(lines[3].at("restart").at("records").as_int64(), 3'300);
}

TEST_F(CliTest, LeavesTheSignatureToTheSessionWhereThePolicySaysSo) {
  const std::string units = write("by_session", unit_line("2801"));
  const Ran before = as(key_of("ARC"), {"append", units, "--session"});
  EXPECT_EQ(before.object().at("error").at("code"), "signature_required") << before.out;
  const std::string policy =
      R"({"type":"PolicyAdopted","body":{"policy_ver":1,"effective":"2020-01-01","values":[)"
      R"({"key":"statement.signature","value":"session"}],"signatures":[{"signer":"S-PM",)"
      R"("capacity":"STAFF","staff_role":"PM","method":"STAFF_LOGIN",)"
      R"("signed_at":"2025-01-02T09:00:00+08:00","id_checked":"KNOWN",)"
      R"("signed_digest":{"subject":"00000000000000000000000000001001","value":"x"}}]}})";
  EXPECT_EQ(as(key_of("PM"), {"append", write("policy", policy), "--session"}).code, 1);
  EXPECT_EQ(as(key_of("PM"), {"append", write("policy", policy)}).code, 0);
  EXPECT_EQ(as(key_of("ARC"), {"append", units, "--session"}).code, 0);
  const Ran bench =
      as(founder(),
         {"bench", "append", "--connections", "2", "--requests", "5", "--session", "--json"});
  ASSERT_EQ(bench.code, 0) << bench.err;
  EXPECT_EQ(bench.object().at("refused").as_int64(), 0);
}

TEST_F(CliTest, ReadsAnAttachmentBackForThoseWhoMay) {
  static_cast<void>(write("licence.txt", std::string(300'000, 'x')));
  const std::string line =
      R"({"type":"ContractorRegistered","body":{"company":"C-77","name":"宏达",)"
      R"("licence":{"subject":"00000000000000000000000000002007",)"
      R"("file":"licence.txt"}}})";
  const Ran appended = as(key_of("CSA"), {"append", write("contractor.jsonl", line)});
  ASSERT_EQ(appended.code, 0) << appended.err;
  const std::string index = std::to_string(appended.object().at("index").as_int64());
  const std::string out = (folder() / "back").string();
  const Ran back =
      as(key_of("ARC"), {"attachment", "--index", index, "--path", "licence", "--out", out});
  ASSERT_EQ(back.code, 0) << back.err;
  EXPECT_EQ(std::filesystem::file_size(out), 300'000U);
  const Ran refused =
      as(key_of("CAS"), {"attachment", "--index", index, "--path", "licence", "--out", out});
  EXPECT_THAT(refused.err, HasSubstr("not_permitted"));
  const Ran missing =
      as(key_of("ARC"), {"attachment", "--index", index, "--path", "name", "--out", out});
  EXPECT_THAT(missing.err, HasSubstr("not_found"));
}

TEST_F(CliTest, ExportsFromTheServerWhatTheAuditAccepts) {
  const std::string out = (folder() / "export-online").string();
  const Ran exported = as(key_of("CSM"), {"export", "--out", out});
  ASSERT_EQ(exported.code, 0) << exported.err;
  const Ran audit = run("juanzong-audit", {out, "--deep"});
  EXPECT_EQ(audit.code, 0) << audit.out << audit.err;
  EXPECT_NE(as(key_of("CSM"), {"export", "--out", out}).code, 0);
}

// Last in the file: GoogleTest runs tests in this order.
TEST_F(CliTest, WhatTheCommandsLeftPassesTheAudit) {
  const Ran before = as(key_of("CSM"), {"checkpoint"});
  EXPECT_EQ(server()->stop(), 0);
  const std::string checkpoint = write("checkpoint", before.out);
  const Ran audit = run("juanzong-audit", {data().string(), "--checkpoint", checkpoint, "--deep"});
  EXPECT_EQ(audit.code, 0) << audit.out << audit.err;
}

}  // namespace
}  // namespace juanzong::testing
