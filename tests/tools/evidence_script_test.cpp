// SPDX-License-Identifier: Apache-2.0
// verify.sh and the verifier of the program agree on every package: whole ones, and those that a
// dishonest exporter signed over something else.
#include "tests/tools/evidence_script.h"

#include "crypto/base64.h"
#include "crypto/hex.h"

#include "tools/evidence/package_io.h"
#include "tools/evidence/package_names.h"
#include "tools/evidence/package_texts.h"

#include "tests/tools/evidence_case.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <functional>

namespace juanzong::testing {
namespace {

using namespace evidence;  // NOLINT: the tests speak of nothing else
using ::testing::HasSubstr;

crypto::SignerKey witness_key(std::string_view name) {
  return *crypto::SignerKey::create(
      name, crypto::PrivateKey::generate(), crypto::NoteKeyType::cosignature_v1);
}

class EvidenceByScript : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { site_ = std::make_unique<EvidenceCase>(); }
  static void TearDownTestSuite() { site_.reset(); }

  std::string verifier_key() const { return TestLedger::log_key().verifier().text(); }
  // Both judge; `good` is what they must find.
  void expect_both(const PackageFiles& files, bool good, const std::string& what) {
    const auto shown = verify_package(files, EvidenceCase::trust());
    EXPECT_EQ(shown.has_value(), good) << what << (shown ? "" : to_text(shown.error()));
    const ScriptAnswer answer = script_.run(script_.unpack(files), {"--vkey", verifier_key()});
    EXPECT_EQ(answer.exit_code, good ? 0 : 2) << what << ": " << answer.text;
  }
  // Changes one file and signs the manifest again.
  void expect_both_refuse(const PackageFiles& files,
                          const std::string& name,
                          const std::function<void(Bytes&)>& change) {
    PackageFiles changed = files;
    change(changed.at(name));
    ASSERT_NE(changed, files) << name;
    expect_both(site_->signed_again(changed), false, name);
  }

  static std::unique_ptr<EvidenceCase> site_;
  EvidenceScript script_;
};
std::unique_ptr<EvidenceCase> EvidenceByScript::site_;

TEST_F(EvidenceByScript, IsAtMostAPageThatACourtsExpertReads) {
  const ByteView text = bytes_of(package_verify_sh());
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 150);
}

TEST_F(EvidenceByScript, AcceptsAWholePackageAsAFolderAndAsAZip) {
  const PackageFiles files = site_->package(site_->documented_draft(site_->note()));
  expect_both(files, true, "whole");
  const auto zip = encode_zip(files);
  ASSERT_TRUE(zip.has_value());
  const ScriptAnswer answer =
      script_.run(script_.write("case.zip", *zip), {"--vkey", verifier_key()});
  EXPECT_EQ(answer.exit_code, 0) << answer.text;
  EXPECT_THAT(answer.text, HasSubstr("deco:2025-0031: 记录 18 条"));
  EXPECT_THAT(answer.text, HasSubstr("complete until 2025-03-14"));
  EXPECT_THAT(answer.text, HasSubstr("S-ARC"));
}

TEST_F(EvidenceByScript, TrustsOnlyTheKeysThatItWasGiven) {
  const crypto::SignerKey committee = witness_key("committee.example");
  const std::string folder =
      script_.unpack(site_->package(site_->draft(site_->note({&committee}))));
  const ScriptAnswer good =
      script_.run(folder, {"--vkey", verifier_key(), "--witness", committee.verifier().text()});
  EXPECT_EQ(good.exit_code, 0) << good.text;
  EXPECT_THAT(good.text, HasSubstr("committee.example 2025-03-15T04:00:00Z"));
  const crypto::SignerKey other = witness_key("committee.example");
  EXPECT_EQ(script_
                .run(folder,
                     {"--vkey",
                      verifier_key(),
                      "--witness",
                      committee.verifier().text(),
                      "--witness",
                      other.verifier().text()})
                .exit_code,
            2);
  const auto log = crypto::SignerKey::create(TestLedger::origin, crypto::PrivateKey::generate());
  EXPECT_EQ(script_.run(folder, {"--vkey", log->verifier().text()}).exit_code, 2);
  EXPECT_EQ(script_.run(folder, {"--vkey", "nonsense"}).exit_code, 1);
  EXPECT_EQ(script_.run(folder, {}).exit_code, 1);
}

// One change of each kind that only a check behind the manifest finds.
TEST_F(EvidenceByScript, RefusesWhatADishonestExporterSigned) {
  const PackageFiles files = site_->package(site_->draft(site_->note()));
  const auto flip = [](Bytes& content) { content[content.size() / 2] ^= 1U; };
  const std::string record = names::record(RecordIndex{40});
  for (const std::string& name : {record,
                                  names::signed_bytes(RecordIndex{40}),
                                  names::signature(RecordIndex{40}, 0),
                                  std::string(names::checkpoint),
                                  std::string(names::proof),
                                  std::string(names::openings)}) {
    expect_both_refuse(files, name, flip);
  }
  for (const auto& [name, content] : files) {
    if (name.starts_with(names::keys_folder)) {
      expect_both_refuse(files, name, flip);
      break;
    }
  }
  PackageFiles more = files;
  more["records/7.bin"] = {1};
  expect_both(site_->signed_again(more), false, "a record more");
  more = files;
  more["attachments/" + std::string(64, '0')] = {1};
  expect_both(site_->signed_again(more), false, "an attachment more");
}

TEST_F(EvidenceByScript, RefusesLessThanTheWholeCase) {
  const auto without = [this](const std::function<void(PackageDraft&)>& change) {
    PackageDraft draft = site_->draft(site_->note());
    change(draft);
    expect_both(site_->package(draft), false, "less");
  };
  without([](PackageDraft& draft) { draft.file.records.erase(RecordIndex{40}); });
  without([](PackageDraft& draft) { draft.file.streams.pop_back(); });
  without([](PackageDraft& draft) {
    draft.file.streams.front().version = StreamVersion{17};
    draft.file.streams.front().last = RecordIndex{50};
    draft.file.records.erase(RecordIndex{51});
  });
  without([](PackageDraft& draft) { draft.file.close = RecordIndex{0}; });
  without([](PackageDraft& draft) { draft.staff = "S-CSM"; });
  without([](PackageDraft& draft) { draft.disclosed.front().salt.front() ^= 1U; });
}

// A second spelling of the same content, signed as well.
TEST_F(EvidenceByScript, RefusesAnotherSpelling) {
  const PackageFiles files = site_->package(site_->draft(site_->note()));
  const auto text_change = [&](std::string_view name, std::string_view from, std::string_view to) {
    expect_both_refuse(files, std::string(name), [&](Bytes& content) {
      std::string text(text_of(ByteView(content)));
      text.replace(text.find(from), from.size(), to);
      content.assign(text.begin(), text.end());
    });
  };
  text_change(names::proof, "record 0\n", "record 00\n");
  text_change(names::proof, "record 0\n", "record 0\nrecord 0\n");
  text_change(names::proof, "\nstream ", "\n\nstream ");
  text_change(names::checkpoint, "=\n", "\n");
  text_change(names::openings, "@v1\n", "@v1\r\n");
  expect_both_refuse(files, std::string(names::proof), [](Bytes& content) { content.pop_back(); });
  expect_both_refuse(files, std::string(names::proof), [](Bytes& content) {
    const auto at = std::find_if(
        content.begin() + 60, content.end(), [](std::uint8_t c) { return c >= 'a' && c <= 'f'; });
    *at = static_cast<std::uint8_t>(*at - 'a' + 'A');
  });
}

// What a key signed while it was in force stays good; who lost his key makes no package.
TEST_F(EvidenceByScript, JudgesAKeyByItsTime) {
  EvidenceCase site;
  const auto revoke = [&site](std::string_view role, std::string_view day) {
    site.t.on(day, "08:00:00");
    const std::string key = key_stream(key_id_of(site.t.ledger.actor(role).key.public_key()));
    site.t.given("ADM",
                 "ActorKeyRevoked",
                 R"({"key_id":")" + key.substr(4) + R"(","staff":"S-)" + std::string(role) + "\"}");
  };
  revoke("CSA", "2025-03-15");
  site.t.on("2025-03-16", "08:00:00");
  site.close("2025-03-15");
  expect_both(site.package(), true, "the clerk's key was revoked later");
  revoke("ARC", "2025-03-16");
  site.t.on("2025-03-17", "08:00:00");
  site.close("2025-03-16");
  expect_both(site.package(), false, "the exporter's key is revoked");
}

// A time-stamping authority of the test's own, made and run by openssl.
class TimeStamper {
 public:
  explicit TimeStamper(const EvidenceScript& files)
      : folder_(std::filesystem::path(files.write("tsa/serial", bytes_of("01\n"))).parent_path()) {
    static_cast<void>(files.write("tsa/tsa.cnf", bytes_of(settings)));
    shell(
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out ca.pem -days 3650 "
        "-subj /CN=tsa -addext extendedKeyUsage=critical,timeStamping");
  }
  [[nodiscard]] std::string certificate() const { return (folder_ / "ca.pem").string(); }
  // A token over this text; `form` "-token_out", or "" for the whole reply.
  [[nodiscard]] Bytes stamp(std::string_view text, const std::string& form) const {
    std::ofstream(folder_ / "text", std::ios::binary) << text;
    shell(
        "openssl ts -query -data text -sha256 -no_nonce -cert -out q && "
        "openssl ts -reply -queryfile q -signer ca.pem -inkey k.pem -config tsa.cnf -section one "
        "-out t " +
        form);
    std::ifstream token(folder_ / "t", std::ios::binary);
    return {std::istreambuf_iterator<char>(token), std::istreambuf_iterator<char>()};
  }

 private:
  static constexpr std::string_view settings =
      "[one]\nserial = serial\ndefault_policy = 1.2.3.4\ndigests = sha256\naccuracy = secs:1\n"
      "ordering = no\ntsa_name = no\ness_cert_id_chain = no\nsigner_digest = sha256\n";
  void shell(const std::string& command) const {
    const std::string all = "cd '" + folder_.string() + "' && { " + command + "; } >log 2>&1";
    EXPECT_EQ(std::system(all.c_str()), 0) << command;
  }
  std::filesystem::path folder_;
};

TEST_F(EvidenceByScript, JudgesTheTimeStampByTheAuthorityThatItWasGiven) {
  const TimeStamper authority(script_);
  PackageDraft draft = site_->draft(site_->note());
  const std::string& note = draft.file.note;
  const std::string text = note.substr(0, note.find("\n\n") + 1);
  const std::vector<std::string> options{
      "--vkey", verifier_key(), "--tsa-ca", authority.certificate()};
  const std::string without = script_.unpack(site_->package(draft));
  EXPECT_EQ(EvidenceScript::run(without, options).exit_code, 2) << "none is there";
  for (const char* form : {"-token_out", ""}) {
    draft.time_stamp = authority.stamp(text, form);
    const ScriptAnswer good = EvidenceScript::run(script_.unpack(site_->package(draft)), options);
    EXPECT_EQ(good.exit_code, 0) << good.text;
    EXPECT_THAT(good.text, HasSubstr(" GMT"));
  }
  draft.time_stamp = authority.stamp(text + "x", "-token_out");
  EXPECT_EQ(EvidenceScript::run(script_.unpack(site_->package(draft)), options).exit_code, 2);
}

TEST_F(EvidenceByScript, ShowsGrowthSinceTheHoldersCheckpoint) {
  EvidenceCase grown;
  const std::string old_note = grown.note();
  const std::uint64_t old_size = grown.head().size;
  grown.t.on("2025-03-16", "08:00:00");
  grown.close("2025-03-15");
  const LedgerMachine& machine = grown.t.ledger.machine();
  const DerivedRows::Snapshot rows(grown.t.ledger.rows());
  const RecordReader reader(rows, grown.t.ledger.journal(), machine.ordinal());
  PackageDraft draft = grown.draft(grown.note());
  draft.since_note = old_note;
  draft.file.since = Growth{old_size, *reader.consistency_proof(old_size, grown.head().size)};
  const std::string held = script_.write("held.note", bytes_of(old_note));
  const std::string folder = script_.unpack(grown.package(draft));
  const ScriptAnswer good = script_.run(folder, {"--vkey", verifier_key(), "--since", held});
  EXPECT_EQ(good.exit_code, 0) << good.text;
  const std::string other = script_.write("other.note", bytes_of(grown.note()));
  EXPECT_EQ(script_.run(folder, {"--vkey", verifier_key(), "--since", other}).exit_code, 2);
  draft.file.since->hashes.front().bytes.front() ^= 1U;
  expect_both(grown.package(draft), false, "growth");
  // A checkpoint of the same size needs no proof.
  draft.since_note = grown.note();
  draft.file.since = Growth{grown.head().size, {}};
  expect_both(grown.package(draft), true, "the same size");
}

}  // namespace
}  // namespace juanzong::testing
