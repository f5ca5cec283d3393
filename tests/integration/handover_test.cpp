// SPDX-License-Identifier: Apache-2.0
// 档案交接: one company seals its ledger, another imports it, verifies it and goes on under its own
// keys; the first can only read from then on.
#include "crypto/checkpoint.h"
#include "crypto/key_file.h"

#include "tools/demo/child_process.h"
#include "tools/juanzong/handover_import.h"
#include "tools/juanzong/offline_ledger.h"

#include "tests/integration/scenario_site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class HandoverOfALedger : public ScenarioTest {
 protected:
  HandoverOfALedger() {
    begin("sc13");
    play_to();
    leader_ = site.hire("S-BOSS", "CL").keys;
    const auto key = crypto::write_private_key(file("leader.key"), *leader_.front());
    EXPECT_FALSE(key.has_value());
    EXPECT_EQ(site.stop(), 0);
  }

  fs::path file(const std::string& name) const { return folder_.path() / name; }

  Result<cli::HandoverOffer> offer(const std::string& name) const {
    return cli::make_offer(file(name), "云和物业", "test.yunhe.example/estate", "Y-ADM");
  }
  Result<cli::SealedHandover> seal(const cli::HandoverOffer& wanted) {
    return cli::seal_handover({site.data(),
                               "",
                               wanted,
                               file("leader.key"),
                               site.data() / "keys" / "founder.key",
                               file("package"),
                               site.now()});
  }
  Result<cli::ImportedLedger> import(const std::string& offer_name) {
    return cli::import_handover({file("package"),
                                 file(offer_name),
                                 file("successor"),
                                 site.now(),
                                 [this](const fs::path& folder) { return judge(folder); }});
  }
  static int audit(const fs::path& folder, const std::vector<std::string>& more) {
    const auto program = find_program("juanzong-audit");
    std::vector<std::string> words{folder.string(), "--deep"};
    words.insert(words.end(), more.begin(), more.end());
    return program ? run_program(*program, words) : -1;
  }
  static Outcome judge(const fs::path& folder) {
    return audit(folder, {}) == 0 ? Outcome(Done{}) : fail(ErrorCode::corruption, "audit");
  }
  static std::uint64_t size_of(const fs::path& data) {
    const auto ledger = cli::OfflineLedger::open(data, "");
    EXPECT_TRUE(ledger.has_value()) << (ledger ? "" : to_text(ledger.error()));
    return ledger ? (*ledger)->head().size() : 0;
  }

  TemporaryFolder folder_;
  SigningKeys leader_;
};

TEST_F(HandoverOfALedger, GoesOnUnderTheSuccessorsKeysAndIsProvableUnderBoth) {
  const std::uint64_t before = size_of(site.data());
  const auto wanted = offer("offer");
  ASSERT_TRUE(wanted.has_value()) << to_text(wanted.error());
  const auto sealed = seal(*wanted);
  ASSERT_TRUE(sealed.has_value()) << to_text(sealed.error());
  EXPECT_EQ(sealed->records, before + 1);
  EXPECT_GT(sealed->people, 0U);
  const auto imported = import("offer");
  ASSERT_TRUE(imported.has_value()) << to_text(imported.error());
  EXPECT_EQ(imported->origin, "test.yunhe.example/estate");
  EXPECT_EQ(size_of(file("successor")), before + 2) << "the server's key under the new origin";
  EXPECT_EQ(judge(file("successor")).has_value(), true);
  // The former company's last head is over the log as it was handed over.
  const auto former = crypto::find_verifier_key(site.verifier_key());
  std::ifstream in(file("successor") / "keys" / "former.checkpoint");
  const std::string note{std::istreambuf_iterator<char>(in), {}};
  const auto head = crypto::open_checkpoint(note, *former);
  ASSERT_TRUE(head.has_value());
  const auto ledger = cli::OfflineLedger::open(file("successor"), "");
  EXPECT_EQ((*ledger)->reader().root(head->size).value(), head->root);
  EXPECT_EQ((*ledger)->entry().verifier_key, wanted->next.verifier_key);
}

TEST_F(HandoverOfALedger, TheSuccessorsServerServesItAndTheFormersOnlyReads) {
  const auto wanted = offer("offer");
  ASSERT_TRUE(seal(*wanted).has_value());
  ASSERT_TRUE(import("offer").has_value());
  const auto successor = ServerProcess::start({"--data",
                                               file("successor").string(),
                                               "--listen",
                                               "127.0.0.1:0",
                                               "--http",
                                               "127.0.0.1:0",
                                               "--accept-clock"},
                                              file("server.log"));
  ASSERT_TRUE(successor.has_value()) << to_text(successor.error());
  EXPECT_EQ((*successor)->stop(), 0);
  site.start();
  const auto former = Client::connect(site.client_options(leader_, ""));
  ASSERT_FALSE(former.has_value()) << "no key of the former company is valid any more";
  EXPECT_EQ(former.error().code, ErrorCode::key_not_valid);
  EXPECT_EQ(site.stop(), 0);
}

TEST_F(HandoverOfALedger, AnAuditHoldsEachCompanysHeadsAgainstItsOwnRecords) {
  const auto wanted = offer("offer");
  ASSERT_TRUE(seal(*wanted).has_value());
  ASSERT_TRUE(import("offer").has_value());
  const std::string former = (file("successor") / "keys" / "former.checkpoint").string();
  EXPECT_EQ(audit(file("successor"), {"--vkey", site.verifier_key(), "--checkpoint", former}), 0);
  EXPECT_EQ(audit(file("successor"), {"--vkey", wanted->next.verifier_key}), 0);
  // The former company signs on, over what the successor recorded.
  const auto ledger = cli::OfflineLedger::open(file("successor"), "");
  const auto secret = crypto::read_private_key(site.data() / "keys" / "log.key");
  auto key = crypto::SignerKey::create(
      "test.juanzong.local/site",
      crypto::PrivateKey::from_seed(std::get<crypto::PrivateKey>(secret).seed()));
  const LedgerHead& head = (*ledger)->head();
  const auto note =
      crypto::sign_checkpoint({"test.juanzong.local/site", head.size(), head.tree.root()}, *key);
  std::ofstream(file("late.checkpoint"), std::ios::binary) << *note;
  EXPECT_EQ(audit(file("successor"), {"--checkpoint", file("late.checkpoint").string()}), 2);
}

TEST_F(HandoverOfALedger, SealingAgainAfterACrashMakesThePackage) {
  const auto wanted = offer("offer");
  ASSERT_TRUE(seal(*wanted).has_value());
  fs::remove_all(file("package"));
  fs::create_directory(file("package.new"));
  const std::uint64_t size = size_of(site.data());
  ASSERT_TRUE(seal(*wanted).has_value());
  EXPECT_EQ(size_of(site.data()), size) << "it is handed over once";
  EXPECT_TRUE(import("offer").has_value());
  fs::remove_all(file("package"));
  const auto to_another = offer("other");
  cli::HandoverOffer other = *to_another;
  other.next.origin = "test.elsewhere.example/estate";
  const auto refused = seal(other);
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().detail, HasSubstr("handed over already"));
}

TEST_F(HandoverOfALedger, AnAlteredPackageOrAnotherOfferIsRefused) {
  const auto wanted = offer("offer");
  const auto another = offer("other");
  ASSERT_TRUE(another.has_value());
  ASSERT_TRUE(seal(*wanted).has_value());
  EXPECT_FALSE(import("other").has_value()) << "sealed to another key";
  std::fstream backup(file("package") / "ledger.backup",
                      std::ios::in | std::ios::out | std::ios::binary);
  backup.seekp(4'000);
  backup.put('x');
  backup.close();
  EXPECT_FALSE(import("offer").has_value());
  EXPECT_FALSE(fs::exists(file("successor")));
  EXPECT_FALSE(fs::exists(file("successor.importing")));
}

TEST_F(HandoverOfALedger, NeedsALeaderAndAnAdministrator) {
  const auto wanted = offer("offer");
  const std::uint64_t size = size_of(site.data());
  const auto alone = cli::seal_handover({site.data(),
                                         "",
                                         *wanted,
                                         file("leader.key"),
                                         file("leader.key"),
                                         file("package"),
                                         site.now()});
  ASSERT_FALSE(alone.has_value());
  EXPECT_EQ(size_of(site.data()), size);
}

}  // namespace
}  // namespace juanzong::testing
