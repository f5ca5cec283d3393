// SPDX-License-Identifier: Apache-2.0
// The demonstration's case for tests of evidence packages: a decoration with its deposit, disputed
// later, in a ledger in memory whose days the test closes.
#pragma once

#include "crypto/checkpoint.h"
#include "crypto/cosignature.h"
#include "crypto/signed_note.h"

#include "events/procedures/body_inspection.h"

#include "projections/state/stream_completeness.h"

#include "tools/evidence/case_collector.h"
#include "tools/evidence/key_periods.h"
#include "tools/evidence/package_documents.h"
#include "tools/evidence/package_verifier.h"
#include "tools/evidence/package_writer.h"

#include "tests/support/day_closes.h"
#include "tests/support/view_ledger.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>

namespace juanzong::testing {

class EvidenceCase {
 public:
  static constexpr std::string_view stream = "deco:2025-0031";

  EvidenceCase() {
    t.on("2025-01-02");
    t.hand_over(house_unit);
    t.decorate();
    t.on("2025-02-12");
    t.given("SEC",
            "DecorationViolationRecorded",
            t.forms.of_case(R"("violation_id":"V-1","severity":"SERIOUS","facts":)" +
                            t.forms.text("外墙安装护栏") +
                            R"(,"rule_ref":"9.1","copies":3,"proposed_penalty_fen":30000,)" +
                            R"("rectify_by":"2025-02-18")"));
    t.accept("2025-03-14");
    t.on("2025-03-15", "08:00:00");
    close("2025-03-14");
    t.given("CAS", "ChargeAssessed", charge_json({"CH-late", 9}));
  }

  // Days before are closed by the way.
  void close(std::string_view until) {
    for (CivilDate day = next_; day <= *parse_date(until); day = add_days(day, 1)) {
      const auto facts = day_facts(t.ledger.rows(), t.ledger.machine().ordinal(), day, last_);
      ASSERT_TRUE(facts.has_value());
      t.given("SYS", "DayClosed", day_closed_json(*facts));
      last_ = facts;
    }
    next_ = add_days(*parse_date(until), 1);
  }
  [[nodiscard]] crypto::Checkpoint head() {
    const LedgerHead& now = t.ledger.machine().head();
    return {now.origin, now.size(), now.tree.root()};
  }
  // Signed by the log, and by these witnesses at noon of 2025-03-15.
  [[nodiscard]] std::string note(const std::vector<const crypto::SignerKey*>& witnesses = {}) {
    std::string note = *crypto::sign_checkpoint(head(), TestLedger::log_key());
    const std::string text = note.substr(0, note.find("\n\n") + 1);
    for (const crypto::SignerKey* witness : witnesses) {
      note += crypto::format_signature_line(*crypto::cosign(*witness, text, 1'742'011'200));
    }
    return note;
  }
  [[nodiscard]] Result<evidence::Collected> collect(std::string_view name,
                                                    const std::string& note,
                                                    std::string_view exporter = "ARC") {
    const LedgerMachine& machine = t.ledger.machine();
    const DerivedRows::Snapshot rows(t.ledger.rows());
    const RecordReader reader(rows, t.ledger.journal(), machine.ordinal());
    const auto closed = newest_close(reader);
    EXPECT_TRUE(closed.has_value());
    const StreamHeadsTree tree(rows, machine.ordinal(), closed->facts.size);
    return evidence::collect_case(std::string(name),
                                  "S-" + std::string(exporter),
                                  key_id_of(t.ledger.actor(exporter).key.public_key()),
                                  [&](const std::string& each) {
                                    return prove_stream(
                                        rows, reader, *closed, tree, each, head(), note);
                                  });
  }
  // A draft with the violation's facts disclosed.
  [[nodiscard]] evidence::PackageDraft draft(const std::string& note) {
    auto collected = collect(stream, note);
    EXPECT_TRUE(collected.has_value()) << (collected ? "" : to_text(collected.error()));
    evidence::PackageDraft draft;
    draft.file = std::move(collected->file);
    draft.staff = "S-ARC";
    const auto records = evidence::parse_records(draft.file);
    for (const auto& [index, record] : records) {
      if (auto field = facts_of_violation(record)) {
        draft.disclosed.push_back(*field);
      }
    }
    EXPECT_EQ(draft.disclosed.size(), 1U);
    return draft;
  }
  [[nodiscard]] evidence::PackageFiles package(const evidence::PackageDraft& draft) {
    auto files = evidence::write_package(draft, t.ledger.actor("ARC").key);
    EXPECT_TRUE(files.has_value()) << (files ? "" : to_text(files.error()));
    return files ? *std::move(files) : evidence::PackageFiles{};
  }
  [[nodiscard]] evidence::PackageFiles package() { return package(draft(note())); }
  // The same with the documents that the command adds.
  [[nodiscard]] evidence::PackageDraft documented_draft(const std::string& note) {
    evidence::PackageDraft made = draft(note);
    const auto zone = evidence::zone_of(made.file);
    EXPECT_TRUE(zone.has_value());
    const evidence::RenderingFacts facts{std::string(TestLedger::origin),
                                         head().size,
                                         *parse_date("2025-03-14"),
                                         *zone,
                                         "S-ARC",
                                         t.ledger.now()};
    const KeyId key = key_id_of(t.ledger.actor("ARC").key.public_key());
    EXPECT_TRUE(evidence::add_documents(
        facts,
        {"juanzong evidence --stream deco:2025-0031", false, key, facts.exported_at, "test"},
        made));
    return made;
  }
  [[nodiscard]] static evidence::Trust trust() { return {.log = TestLedger::log_key().verifier()}; }
  // The manifest made anew over changed files and signed again: what a dishonest exporter can do.
  [[nodiscard]] evidence::PackageFiles signed_again(evidence::PackageFiles files) {
    const crypto::PrivateKey& key = t.ledger.actor("ARC").key;
    const std::string manifest =
        evidence::to_text(evidence::manifest_of("S-ARC", key_id_of(key.public_key()), files));
    const ByteView text = bytes_of(manifest);
    const crypto::Signature signature = key.sign(text);
    files[std::string(evidence::manifest_name)] = Bytes(text.begin(), text.end());
    files[std::string(evidence::manifest_signature_name)] =
        Bytes(signature.bytes.begin(), signature.bytes.end());
    return files;
  }

  ViewLedger t{true};

 private:
  // Salts of test requests are counters.
  static std::optional<evidence::DisclosedField> facts_of_violation(const RecordView& record) {
    static const EventType type = catalogue().find("DecorationViolationRecorded")->descriptor.type;
    if (record.statement.type != type) {
      return std::nullopt;
    }
    const auto facts = inspect_body(catalogue().find(type)->descriptor, record.statement.body);
    for (const CommitmentField& field : facts->commitments) {
      const std::string_view value = "外墙安装护栏";
      evidence::DisclosedField disclosed{
          record.index, field.path, field.subject, {}, {value.begin(), value.end()}};
      for (std::uint8_t salt = 1; salt < 100; ++salt) {
        disclosed.salt.fill(salt);
        std::ranges::copy(record.header.request_id.bytes, disclosed.salt.begin() + 1);
        if (evidence::is_committed(record, disclosed)) {
          return disclosed;
        }
      }
    }
    return std::nullopt;
  }

  CivilDate next_ = *parse_date("2025-01-01");
  std::optional<DayFacts> last_;
};

}  // namespace juanzong::testing
