// SPDX-License-Identifier: Apache-2.0
// A person is erased on the real server. Before, the data directory holds his key and, under it,
// what is known of him; afterwards no 8 bytes of values, salts or key are left in the directory, an
// export, a copy of the directory or what the server said; and every proof, rebuild and audit
// still passes.
#include "crypto/sealed_field.h"

#include "events/log/commitment.h"
#include "events/vault/sealed_opening.h"

#include "projections/state/ledger_list.h"

#include "server/data/data_directory.h"
#include "server/data/ledger_snapshot.h"

#include "tests/integration/site.h"
#include "tests/support/byte_scan.h"
#include "tests/tools/commands.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include <fstream>
#include <thread>

namespace juanzong::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string visitor(32, 'a');
const std::string neighbour(32, 'b');
constexpr std::string_view name = "欧阳诗涵";
constexpr std::string_view phone = "13800138000";
constexpr std::string_view document = "510104199003072345";
constexpr std::string_view claim = "其称电梯内手机丢失,要求调取监控";

std::string line(std::string_view type, const std::string& body) {
  return R"({"type":")" + std::string(type) + R"(","body":)" + body + "}";
}

std::string sealed_of(const std::string& person, std::string_view value) {
  return R"({"subject":")" + person + R"(","value":")" + std::string(value) + R"("})";
}

std::string visit_line(const std::string& id, const std::string& person, std::string_view who) {
  return line("VisitorRegistered",
              R"({"visit_id":")" + id + R"(","visitor":)" + sealed_of(person, who) +
                  R"(,"id_doc":)" + sealed_of(person, document) +
                  R"(,"host":"S-CSA","host_consent":true,"in":"2025-01-02T08:00:00+08:00"})");
}

std::string hold_line(std::string_view event) {
  return line(event,
              R"({"hold_id":"H-1","person":")" + visitor + R"(","reason":)" +
                  sealed_of(visitor, claim) + "}");
}

std::string request_line() {
  const std::string block =
      R"({"signer":")" + visitor +
      R"(","capacity":"CUSTOMER","method":"TABLET","signed_at":"2025-01-02T08:00:00+08:00",)" +
      R"("signed_digest":)" + sealed_of(visitor, "第七号手写字条") + R"(,"id_checked":"ID_CARD",)" +
      R"("image":{"subject":")" + visitor + R"(","text":")" + std::string(claim) + R"("}})";
  return line("ErasureRequested",
              R"({"erasure_id":"X-1","person":")" + visitor +
                  R"(","scope":"WHOLE_PERSON","signatures":[)" + block + "]}");
}

class ErasureTest : public ::testing::Test {
 protected:
  ErasureTest() {
    site_.start();
    arc_ = site_.hire("S-ARC", "ARC");
    cl_ = site_.hire("S-CL", "CL");
    csa_ = site_.hire("S-CSA", "CSA");
    visit_ = index_of(csa_.submitter->submit(visit_line("V-1", visitor, name)));
    static_cast<void>(index_of(csa_.submitter->submit(visit_line("V-2", visitor, phone))));
    neighbours_ = index_of(csa_.submitter->submit(visit_line("V-3", neighbour, "王小明的朋友")));
    static_cast<void>(index_of(arc_.submitter->submit(hold_line("LegalHoldPlaced"))));
    request_ = index_of(csa_.submitter->submit(request_line()));
  }
  std::string erased_line() const {
    return line("PersonErased",
                R"({"erasure_id":"X-1","person":")" + visitor + R"(","request":{"index":)" +
                    std::to_string(number(request_)) + "}}");
  }
  AppendReply erase() {
    return site_.desk({arc_.keys.front(), cl_.keys.front()}).submitter->submit(erased_line());
  }
  std::uint64_t stream_version(std::string_view stream) {
    const auto page = arc_.client->read_stream(stream, StreamVersion{1}, 10);
    return page ? page->stream_version : 0;
  }
  // The server carries it out within a second or two.
  void wait_until_completed() {
    for (int i = 0; i < 200 && stream_version("erasure:X-1") < 3; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ASSERT_EQ(stream_version("erasure:X-1"), 3U) << site_.said();
  }
  std::string write(const std::string& file, const std::string& text) const {
    const std::string path = (folder_.path() / file).string();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  static std::string content_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  int verify(const std::string& proof) const {
    return run({"verify", write("proof", proof), "--vkey", site_.verifier_key()}).exit_code;
  }
  // Of one record, whose bytes its holder has.
  int verify_receipt(const std::string& proof, const Bytes& record) const {
    const std::string bytes(record.begin(), record.end());
    return run({"verify",
                write("proof", proof),
                "--record",
                write("record", bytes),
                "--vkey",
                site_.verifier_key()})
        .exit_code;
  }

  // What of the person the data directory holds, opened as the server would: values and salts, the
  // key, and the key as it lies wrapped in its file. `opened` gets the decrypted openings.
  void collect(std::string& opened) {
    const DataPaths paths(site_.data());
    const auto data = OfflineData::open(site_.data(), [](std::uint64_t) {});
    const auto keys =
        PersonKeys::open(paths.person_keys, *read_secret_key(paths.keys / "vault.kek"));
    ASSERT_TRUE(data.has_value() && keys.has_value());
    const auto at = LedgerSnapshot::take((*data)->rows(), (*data)->journal(), "");
    ASSERT_TRUE(at.has_value());
    const PersonId person{*hex16(visitor)};
    const auto key = (*keys)->find({at->head().id, person});
    ASSERT_TRUE(key.has_value());
    key_.look_for(key->view());
    wrapped_.look_for(wrapped_key(paths.person_keys, at->head().id, person));
    for (std::uint64_t i = 0; i < at->head().size(); ++i) {
      const auto openings = at->reader().openings(RecordIndex{i});
      ASSERT_TRUE(openings.has_value());
      for (const SealedOpening& sealed : *openings) {
        if (sealed.subject != person) {
          continue;
        }
        const OpeningPlace place{at->head().id, RecordIndex{i}, person, sealed.path};
        const auto value = open_opening(*key, place, sealed.sealed);
        ASSERT_TRUE(value.has_value());
        // Of an attachment the digest: its length and media type are no secrets, and common.
        const bool is_image = sealed.path.ends_with(".image");
        values_.look_for(ByteView(value->value).first(is_image ? 32 : value->value.size()));
        values_.look_for(ByteView(value->salt));
        opened.append(value->value.begin(), value->value.end());
      }
    }
    for (const std::string_view text : {name, phone, document, claim}) {
      values_.look_for(text);
    }
  }
  // The entry's last 60 bytes (docs/FORMATS.md, section 8).
  static std::string wrapped_key(const fs::path& file,
                                 const LedgerId& ledger,
                                 const PersonId& who) {
    const std::string content = content_of(file.string());
    std::string entry(reinterpret_cast<const char*>(ledger.bytes.data()), 16);
    entry.append(reinterpret_cast<const char*>(who.bytes.data()), 16);
    const std::size_t found = content.find(entry);
    EXPECT_NE(found, std::string::npos);
    return content.substr(found + 32 + 3, 60);
  }

  Site site_{{.clock = "2025-01-02T08:00:00+08:00"}};
  TemporaryFolder folder_;
  Desk arc_;
  Desk cl_;
  Desk csa_;
  RecordIndex visit_{};
  RecordIndex neighbours_{};
  RecordIndex request_{};
  ByteScan values_;
  ByteScan key_;
  ByteScan wrapped_;
};

TEST_F(ErasureTest, NoEightBytesAreLeftAndEveryProofStillHolds) {
  site_.set_clock("2025-01-03T08:00:00+08:00");
  EXPECT_EQ(outcome_of(csa_.submitter->submit(visit_line("V-4", neighbour, "邻居"))), "");
  const std::string receipt = *arc_.client->prove(visit_);
  const std::string whole = *arc_.client->prove_stream("visit:V-1");
  const Bytes record = arc_.client->read_records(visit_, 1)->records.front();
  EXPECT_EQ(verify_receipt(receipt, record), 0);

  // The controls: the scan finds what can be opened, and the wrapped key in its file.
  std::string opened;
  collect(opened);
  EXPECT_GT(values_.size(), 100U);
  EXPECT_TRUE(values_.finds_in(opened));
  EXPECT_THAT(wrapped_.files_with_it(site_.data()), Contains("vault/person_keys"));
  EXPECT_EQ(std::distance(fs::directory_iterator(site_.data() / "blobs"), {}), 1);

  site_.set_clock("2025-01-09T08:00:00+08:00");
  EXPECT_EQ(outcome_of(erase()), "H-PI-1") << "a hold stands";
  EXPECT_EQ(outcome_of(arc_.submitter->submit(hold_line("LegalHoldReleased"))), "");
  EXPECT_EQ(outcome_of(arc_.submitter->submit(erased_line())), "SECOND_PERSON");
  EXPECT_EQ(outcome_of(erase()), "");
  EXPECT_EQ(outcome_of(csa_.submitter->submit(visit_line("V-5", visitor, name))), "not_permitted");
  wait_until_completed();
  const AppendReply refused = csa_.submitter->submit(visit_line("V-6", visitor, name));
  EXPECT_EQ(outcome_of(refused), "not_permitted");
  EXPECT_THAT(to_text(*std::get_if<Error>(&refused)), HasSubstr("已删除"));
  EXPECT_EQ(outcome_of(csa_.submitter->submit(visit_line("V-7", neighbour, "邻居"))), "");
  const Outcome attached =
      csa_.client->attach(BlobId{{1}}, PersonId{*hex16(visitor)}, bytes_of("a scan"));
  ASSERT_FALSE(attached.has_value());
  EXPECT_EQ(attached.error().code, ErrorCode::not_permitted);

  EXPECT_TRUE(fs::is_empty(site_.data() / "blobs"));
  const std::string receipt_after = *arc_.client->prove(visit_);
  EXPECT_EQ(site_.stop(), 0);
  const fs::path copy = folder_.path() / "copy";
  fs::copy(site_.data(), copy, fs::copy_options::recursive);
  const std::string out = (folder_.path() / "export").string();
  EXPECT_EQ(run({"export", "--data", site_.data().string(), "--out", out}).exit_code, 0);
  for (const ByteScan* scan : {&values_, &key_, &wrapped_}) {
    EXPECT_THAT(scan->files_with_it(site_.data()), IsEmpty());
    EXPECT_THAT(scan->files_with_it(copy), IsEmpty());
    EXPECT_THAT(scan->files_with_it(out), IsEmpty());
    EXPECT_FALSE(scan->finds_in(site_.said()));
  }

  EXPECT_EQ(verify_receipt(receipt, record), 0);
  EXPECT_EQ(verify_receipt(receipt_after, record), 0);
  EXPECT_EQ(verify(whole), 0);
  EXPECT_EQ(run({"rebuild", "--data", site_.data().string()}).exit_code, 0);
  EXPECT_EQ(site_.audit(), 0);
}

// What the person takes home: readable, and verified offline.
TEST_F(ErasureTest, TheCertificateNamesWhoDecidedAndIsVerifiedOffline) {
  const std::string file = (folder_.path() / "certificate.txt").string();
  const auto certify = [&] {
    return run({"erasure",
                "certificate",
                "--data",
                site_.data().string(),
                "--erasure",
                "X-1",
                "--out",
                file});
  };
  EXPECT_EQ(outcome_of(arc_.submitter->submit(hold_line("LegalHoldReleased"))), "");
  site_.set_clock("2025-01-09T08:00:00+08:00");
  const RecordIndex decided = index_of(erase());
  wait_until_completed();
  EXPECT_EQ(site_.stop(), 0);
  const Ran ran = certify();
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const std::string text = content_of(file);
  for (const std::string_view part : {std::string_view(visitor),
                                      std::string_view("S-ARC, S-CL"),
                                      std::string_view("8 项"),
                                      std::string_view("1 个附件"),
                                      std::string_view("30 日")}) {
    EXPECT_THAT(text, HasSubstr(std::string(part)));
  }
  const std::string proof = file + "." + std::to_string(number(decided));
  EXPECT_EQ(run({"verify",
                 proof + ".tlog-proof",
                 "--record",
                 proof + ".record",
                 "--vkey",
                 site_.verifier_key()})
                .exit_code,
            0);
  EXPECT_NE(run({"erasure",
                 "certificate",
                 "--data",
                 site_.data().string(),
                 "--erasure",
                 "X-2",
                 "--out",
                 file})
                .exit_code,
            0);
}

// Who stated what about me: before the erasure the values, and nobody else's; afterwards none.
TEST_F(ErasureTest, APersonGetsACopyOfWhatIsHis) {
  const std::string file = (folder_.path() / "copy.txt").string();
  const auto copy = [&] {
    const Ran ran = run(
        {"person", "export", "--data", site_.data().string(), "--person", visitor, "--out", file});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return content_of(file);
  };
  EXPECT_EQ(outcome_of(arc_.submitter->submit(hold_line("LegalHoldReleased"))), "");
  EXPECT_EQ(site_.stop(), 0);
  const std::string before = copy();
  for (const std::string_view value : {name, phone, claim, std::string_view("S-CSA")}) {
    EXPECT_THAT(before, HasSubstr(std::string(value)));
  }
  EXPECT_THAT(before, Not(HasSubstr("王小明")));
  EXPECT_EQ(boost::json::parse(content_of(file + ".json")).at("records").as_array().size(), 5U);
  site_.set_clock("2025-01-09T08:00:00+08:00");
  site_.start();
  arc_ = site_.desk(arc_.keys);
  EXPECT_EQ(outcome_of(erase()), "");
  wait_until_completed();
  EXPECT_EQ(site_.stop(), 0);
  const std::string after = copy();
  EXPECT_THAT(after, HasSubstr("visitor: 已删除 / erased"));
  EXPECT_FALSE([&] {
    ByteScan values;
    values.look_for(name);
    values.look_for(claim);
    return values.finds_in(after);
  }());
}

TEST_F(ErasureTest, RestrictedDataAreNotShownUntilTwoLiftIt) {
  const auto lock_line = [](std::string_view event) {
    return line(event,
                R"({"person":")" + visitor + R"(","reason":)" + sealed_of(visitor, "待核") + "}");
  };
  const auto shown = [this] {
    const auto image = arc_.client->attachment(request_, "signatures[0].image");
    return image ? std::string(text_of(ByteView(image->content)))
                 : std::string(name_of(image.error().code));
  };
  EXPECT_EQ(shown(), claim);
  EXPECT_EQ(outcome_of(arc_.submitter->submit(lock_line("ProcessingRestricted"))), "");
  EXPECT_EQ(shown(), "not_permitted");
  EXPECT_EQ(outcome_of(arc_.submitter->submit(lock_line("RestrictionLifted"))), "SECOND_PERSON");
  const Desk both = site_.desk({arc_.keys.front(), cl_.keys.front()});
  EXPECT_EQ(outcome_of(both.submitter->submit(lock_line("RestrictionLifted"))), "");
  EXPECT_EQ(shown(), claim);
}

// Between the decision and its execution the server is killed: the next one carries it out.
TEST_F(ErasureTest, WhatAKillInterruptsTheNextStartFinishes) {
  EXPECT_EQ(outcome_of(arc_.submitter->submit(hold_line("LegalHoldReleased"))), "");
  site_.set_clock("2025-01-09T08:00:00+08:00");
  EXPECT_EQ(outcome_of(erase()), "");
  site_.kill();
  site_.start();
  arc_ = site_.desk(arc_.keys);
  wait_until_completed();
  EXPECT_TRUE(fs::is_empty(site_.data() / "blobs"));
  EXPECT_EQ(site_.stop(), 0);
  EXPECT_EQ(site_.audit(), 0);
}

}  // namespace
}  // namespace juanzong::testing
