// SPDX-License-Identifier: Apache-2.0
// Evidence packages as their verifier meets them: whole ones, and each thing that a dishonest
// exporter, operator or messenger may change.
#include "tools/evidence/package_names.h"
#include "tools/evidence/package_verifier.h"

#include "tests/tools/evidence_case.h"

#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

using namespace evidence;  // NOLINT: the tests speak of nothing else
using ::testing::HasSubstr;

Bytes to_bytes(std::string_view text) {
  return {text.begin(), text.end()};
}

class EvidenceVerifier : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { site_ = std::make_unique<EvidenceCase>(); }
  static void TearDownTestSuite() { site_.reset(); }
  static void expect_refused(const PackageFiles& files,
                             std::string_view why,
                             const Trust& trust = EvidenceCase::trust()) {
    const auto shown = verify_package(files, trust);
    ASSERT_FALSE(shown.has_value()) << why;
    EXPECT_EQ(shown.error().code, ErrorCode::proof_invalid);
    EXPECT_THAT(shown.error().detail, HasSubstr(std::string(why)));
  }
  static std::string text(const PackageFiles& files, std::string_view name) {
    return std::string(text_of(ByteView(files.at(std::string(name)))));
  }
  static std::unique_ptr<EvidenceCase> site_;
};
std::unique_ptr<EvidenceCase> EvidenceVerifier::site_;

TEST_F(EvidenceVerifier, AcceptsAWholePackage) {
  const PackageFiles files = site_->package();
  const auto shown = verify_package(files, EvidenceCase::trust());
  ASSERT_TRUE(shown.has_value()) << to_text(shown.error());
  EXPECT_EQ(shown->stream, EvidenceCase::stream);
  EXPECT_EQ(to_text(shown->day), "2025-03-14");
  EXPECT_EQ(shown->exporter, "S-ARC");
  EXPECT_EQ(shown->disclosed, 1U);
  EXPECT_EQ(shown->unsigned_records, 0U);
  EXPECT_EQ(shown->records.size(), 18U);
}

// Each is a package that its exporter signed: the manifest is no help against him.
TEST_F(EvidenceVerifier, RefusesADroppedRecord) {
  PackageDraft draft = site_->draft(site_->note());
  const auto& records = draft.file.records;
  const auto dropped = std::next(records.begin(), static_cast<long>(records.size() / 2));
  draft.file.records.erase(dropped->first);
  expect_refused(site_->package(draft), " / ");
  PackageFiles files = site_->package();
  files.erase("records/0.bin");
  expect_refused(files, "records/0.bin: the file is missing");
  expect_refused(site_->signed_again(files), " / ");
}

TEST_F(EvidenceVerifier, RefusesAStreamLeftOut) {
  for (const std::string_view prefix : {"key:", "staff:SYS"}) {
    PackageDraft draft = site_->draft(site_->note());
    std::erase_if(draft.file.streams,
                  [prefix](const ListedStream& each) { return each.name.starts_with(prefix); });
    const auto shown = verify_package(site_->package(draft), EvidenceCase::trust());
    EXPECT_FALSE(shown.has_value()) << prefix;
  }
}

TEST_F(EvidenceVerifier, RefusesWhatIsNotListed) {
  PackageFiles files = site_->package();
  files["extra.txt"] = to_bytes("x");
  expect_refused(files, "extra.txt: not in the manifest");
  files = site_->package();
  files["records/999.bin"] = to_bytes("x");
  expect_refused(site_->signed_again(files), "too many or too few");
  files = site_->package();
  files["attachments/" + std::string(64, 'a')] = to_bytes("x");
  expect_refused(site_->signed_again(files), "no record committed to this file");
}

TEST_F(EvidenceVerifier, RefusesAManifestInAnotherForm) {
  const PackageFiles whole = site_->package();
  const std::string manifest = text(whole, manifest_name);
  const std::size_t first = manifest.find('\n', manifest.find('\n') + 1) + 1;
  const std::size_t second = manifest.find('\n', first) + 1;
  const std::size_t third = manifest.find('\n', second) + 1;
  const std::string one = manifest.substr(first, second - first);
  const std::string two = manifest.substr(second, third - second);
  std::string upper = one;
  upper.replace(0, 64, "ABCDEF" + one.substr(6, 58));
  for (const std::string& lines : {two + one,
                                   one + one + two,
                                   upper + two,
                                   one.substr(0, 66) + "0" + one.substr(66) + two,
                                   one + "\n" + two,
                                   one + two.substr(0, two.size() - 1) + " \n"}) {
    PackageFiles files = whole;
    files[std::string(manifest_name)] =
        to_bytes(manifest.substr(0, first) + lines + manifest.substr(third));
    expect_refused(files, "MANIFEST");
  }
}

TEST_F(EvidenceVerifier, RefusesAnotherLogsKey) {
  const auto other = crypto::SignerKey::create(TestLedger::origin, crypto::PrivateKey::generate());
  expect_refused(site_->package(), "not signed by the log's key", {.log = other->verifier()});
}

TEST_F(EvidenceVerifier, AsksForEveryWitness) {
  const auto witness = [](std::string_view name) {
    return *crypto::SignerKey::create(
        name, crypto::PrivateKey::generate(), crypto::NoteKeyType::cosignature_v1);
  };
  const crypto::SignerKey committee = witness("committee.example");
  const crypto::SignerKey accountant = witness("accountant.example");
  const PackageFiles files = site_->package(site_->draft(site_->note({&committee})));
  Trust trust = EvidenceCase::trust();
  trust.witnesses = {committee.verifier()};
  const auto shown = verify_package(files, trust);
  ASSERT_TRUE(shown.has_value()) << to_text(shown.error());
  EXPECT_EQ(shown->cosigners.at("committee.example"), 1'742'011'200U);
  trust.witnesses.push_back(accountant.verifier());
  expect_refused(files, "no good cosignature by accountant.example", trust);
}

TEST_F(EvidenceVerifier, RefusesOtherOpenings) {
  PackageDraft draft = site_->draft(site_->note());
  draft.disclosed.front().value.front() ^= 1U;
  expect_refused(site_->package(draft), "not what record");
  draft = site_->draft(site_->note());
  draft.disclosed.front().salt.front() ^= 1U;
  expect_refused(site_->package(draft), "not what record");
  draft = site_->draft(site_->note());
  draft.disclosed.front().path = "scope";
  expect_refused(site_->package(draft), "not what record");
  draft = site_->draft(site_->note());
  draft.disclosed.front().index = RecordIndex{0};
  expect_refused(site_->package(draft), "not what record");
}

TEST_F(EvidenceVerifier, RefusesAnExporterWhoseKeyIsNotHis) {
  PackageDraft draft = site_->draft(site_->note());
  draft.staff = "S-CSM";
  expect_refused(site_->package(draft), "not his");
  PackageFiles files = site_->package();
  files[std::string(manifest_signature_name)].pop_back();
  expect_refused(files, "MANIFEST.sig");
}

TEST_F(EvidenceVerifier, RefusesSignedBytesThatAreNotTheRecords) {
  PackageFiles files = site_->package();
  for (const auto& [name, content] : files) {
    if (name != manifest_signature_name &&
        (name.ends_with(".signed") || name.ends_with(".sig") || name.ends_with(".pem"))) {
      PackageFiles changed = files;
      changed[name].back() ^= 1U;
      const auto shown = verify_package(site_->signed_again(changed), EvidenceCase::trust());
      EXPECT_FALSE(shown.has_value()) << name;
    }
  }
}

TEST_F(EvidenceVerifier, ShowsGrowthSinceTheHoldersCheckpoint) {
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
  const auto shown = verify_package(grown.package(draft), EvidenceCase::trust());
  ASSERT_TRUE(shown.has_value()) << to_text(shown.error());
  EXPECT_EQ(shown->since, old_size);
  draft.file.since->hashes.front().bytes.front() ^= 1U;
  expect_refused(grown.package(draft), "the log was rewritten since");
}

}  // namespace
}  // namespace juanzong::testing
