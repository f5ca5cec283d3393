// SPDX-License-Identifier: Apache-2.0
// juanzong-audit on a directory of two ledgers: which are audited, and against whose key.
#include "events/log/record.h"

#include "tools/juanzong_audit/audit_input.h"

#include "tests/tools/audit_ledger.h"
#include "tests/tools/commands.h"

#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Answers {
  int exit_code = -1;
  std::vector<boost::json::value> lines;
  std::string err;

  [[nodiscard]] std::vector<std::string> texts(const char* key) const {
    std::vector<std::string> list;
    for (const boost::json::value& line : lines) {
      list.emplace_back(line.at(key).as_string());
    }
    return list;
  }
};

class SeveralLedgersAudit : public Commands {
 protected:
  SeveralLedgersAudit() {
    first_key_ = line_of(init());
    second_key_ = line_of(run(
        {"ledger", "add", "--data", data_, "--ledger", "yunhe", "--origin", "test.example/yunhe"}));
  }

  static std::string line_of(const Ran& ran) { return ran.out.substr(0, ran.out.find('\n')); }

  Answers audit_with(const std::vector<std::string>& options) {
    std::vector<const char*> words{"juanzong-audit", data_.c_str(), "--json"};
    for (const std::string& option : options) {
      words.push_back(option.c_str());
    }
    std::ostringstream out;
    std::ostringstream err;
    Answers answers;
    answers.exit_code = audit::run_audit(static_cast<int>(words.size()), words.data(), out, err);
    answers.err = err.str();
    std::istringstream in(out.str());
    for (std::string line; std::getline(in, line);) {
      answers.lines.push_back(boost::json::parse(line));
    }
    return answers;
  }

  std::string checkpoint_of(const std::string& ledger) {
    const std::string file = path("checkpoint-" + ledger);
    write_all(file, run({"checkpoint", "--data", data_, "--ledger", ledger}).out);
    return file;
  }

  std::string first_key_;
  std::string second_key_;
};

TEST_F(SeveralLedgersAudit, CoversAllOfThem) {
  const Answers all = audit_with({"--deep"});
  EXPECT_EQ(all.exit_code, 0);
  EXPECT_THAT(all.texts("ledger"), ElementsAre("jinxiu", "yunhe"));
  EXPECT_THAT(all.texts("vkey"), ElementsAre(first_key_, second_key_));
}

TEST_F(SeveralLedgersAudit, CoversTheOneThatIsNamed) {
  const Answers one = audit_with({"--ledger", "yunhe", "--deep"});
  EXPECT_EQ(one.exit_code, 0);
  EXPECT_THAT(one.texts("ledger"), ElementsAre("yunhe"));
  const Answers none = audit_with({"--ledger", "west"});
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_THAT(none.err, HasSubstr("unknown_ledger"));
  EXPECT_THAT(none.err, HasSubstr("jinxiu, yunhe"));
}

TEST_F(SeveralLedgersAudit, HoldsKeysAndCheckpointsAgainstTheirOwnLedger) {
  const Answers second =
      audit_with({"--vkey", second_key_, "--checkpoint", checkpoint_of("yunhe")});
  EXPECT_EQ(second.exit_code, 0);
  EXPECT_THAT(second.texts("ledger"), ElementsAre("jinxiu", "yunhe"));
  EXPECT_EQ(second.lines.at(0).at("checkpoints").as_array().size(), 0U);
  EXPECT_EQ(second.lines.at(1).at("checkpoints").as_array().size(), 1U);
  const Answers both = audit_with({"--vkey",
                                   second_key_,
                                   "--vkey",
                                   first_key_,
                                   "--checkpoint",
                                   checkpoint_of("yunhe"),
                                   "--checkpoint",
                                   checkpoint_of("jinxiu")});
  EXPECT_EQ(both.exit_code, 0);
  EXPECT_EQ(both.lines.at(0).at("checkpoints").as_array().size(), 1U);
  EXPECT_TRUE(both.lines.at(0).at("vkey_given").as_bool());
  EXPECT_TRUE(both.lines.at(1).at("vkey_given").as_bool());
}

TEST_F(SeveralLedgersAudit, FailsOnAKeyOfNoLedgerHere) {
  const auto stranger =
      crypto::SignerKey::create("test.example/west", crypto::PrivateKey::generate());
  const Answers answers = audit_with({"--vkey", stranger->verifier().text()});
  EXPECT_EQ(answers.exit_code, 2);
  const auto forged =
      crypto::SignerKey::create("test.example/yunhe", crypto::PrivateKey::generate());
  EXPECT_EQ(audit_with({"--vkey", forged->verifier().text()}).exit_code, 2);
  EXPECT_EQ(audit_with({"--vkey", second_key_, "--vkey", forged->verifier().text()}).exit_code, 1);
}

TEST_F(SeveralLedgersAudit, FindsAKeyFileThatIsNotWhatRecordZeroNames) {
  const auto forged =
      crypto::SignerKey::create("test.example/yunhe", crypto::PrivateKey::generate());
  write_all(data_ + "/keys/yunhe.log.vkey", forged->verifier().text() + "\n");
  const Answers answers = audit_with({});
  EXPECT_EQ(answers.exit_code, 2);
  EXPECT_TRUE(answers.lines.at(0).at("finding").is_null());
  EXPECT_EQ(answers.lines.at(1).at("finding").at("kind"), "verifier_key");
}

TEST_F(SeveralLedgersAudit, ExpectsTheRecordsOfTheLedgerAlone) {
  const auto input = audit::AuditInput::open(data_);
  ASSERT_TRUE(input.has_value());
  EXPECT_EQ((*input)->expected_records(ledger_id_of("test.example/yunhe")), 5U);
  EXPECT_EQ((*input)->expected_records(ledger_id_of("test.example/jinxiu")), 0U);
  EXPECT_EQ((*input)->expected_records(std::nullopt), 0U);  // the first is jinxiu
}

TEST_F(SeveralLedgersAudit, AnExportHoldsOne) {
  ASSERT_EQ(run({"export", "--data", data_, "--ledger", "yunhe", "--out", path("out")}).exit_code,
            0);
  EXPECT_EQ(audit(path("out"), {"--ledger", "yunhe"}).exit_code, 1);
}

}  // namespace
}  // namespace juanzong::testing
