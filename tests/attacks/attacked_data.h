// SPDX-License-Identifier: Apache-2.0
// What is attacked: a data directory as a server leaves it, with vault, an attachment and derived
// rows. Each test does to its own what somebody with the disk, or with the vault's key, could do.
#pragma once

#include "events/log/frame.h"
#include "events/vault/person_keys.h"

#include "tests/support/temporary_folder.h"
#include "tests/tools/audit_ledger.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace juanzong::testing {

// Frames written anew as DIR/log, with their anchor: whatever `edit` makes of the batches is sealed
// as if it had always been so. An empty batch ends the journal.
void write_log(const Journal& journal,
               const std::filesystem::path& folder,
               const std::function<void(LedgerBatch&)>& edit);

// An opening as the writer seals it.
[[nodiscard]] SealedOpening sealed(const PersonKeys& keys,
                                   const LedgerId& ledger,
                                   RecordIndex index,
                                   const PersonId& subject,
                                   const Opening& opening);

// People by number, and statements about them.
[[nodiscard]] std::string subject(int number);
[[nodiscard]] PersonId person(int number);
[[nodiscard]] TestStatement hire(const std::string& code, int person_number);

class AttackedData : public ::testing::Test {
 protected:
  AttackedData();
  void rewrite_log(const std::function<void(LedgerBatch&)>& edit);
  [[nodiscard]] std::unique_ptr<PersonKeys> keys() const;
  // DIR/derived as the server would have it.
  void write_derived() const;
  [[nodiscard]] Audited judged(std::vector<std::string> options = {"--deep"}) const {
    return audit(data_, std::move(options));
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return (folder_.path() / name).string();
  }

  TestLedger ledger_;
  TemporaryFolder folder_;
  std::filesystem::path data_ = folder_.path() / "data";
  std::filesystem::path blob_;  // the one attachment
  std::vector<SealedOpening> openings_;

 private:
  void append(const std::string& role, const TestStatement& statement, int person_number);
};

}  // namespace juanzong::testing
