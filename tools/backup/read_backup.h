// SPDX-License-Identifier: Apache-2.0
// A backup read from beginning to end and verified completely: every byte of the stream, every
// frame and every ledger in it (journal_verifier.h), what its header states, and that it holds
// exactly the attachments which its records name.
#pragma once

#include "crypto/secret_bytes.h"

#include "events/log/journal_verifier.h"
#include "events/model/result.h"

#include "tools/backup/backup_format.h"
#include "tools/backup/known_heads.h"
#include "tools/backup/sealed_file.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <vector>

namespace juanzong {

// Who takes what is read: called in order, while the rest is not verified yet. A failure ends it.
struct BackupSink {
  std::function<Outcome(const Frame&)> frame = {};
  std::function<Outcome(const BackedUpBlob&, const KeyOwner& subject)> blob = {};
};

struct BackupReading {
  std::filesystem::path file;
  KnownHeads known = {};
  bool accept_loss = false;  // what known heads say is missing is answered, not refused
  unsigned threads = 2;
  BackupSink sink = {};
  std::function<void(std::uint64_t records)> progress = {};
};

struct VerifiedBackup {
  BackupHeader header;
  SealedFileDigest digest;
  std::map<LedgerId, GenesisFacts> ledgers;
  std::uint64_t erased_blobs = 0;
  std::vector<LostRange> lost;
};

// corruption: altered, cut off, or another history than a known head's; key_not_valid: sealed to
// another key; ledger_behind_anchor: behind a known head, unless loss is accepted.
[[nodiscard]] Result<VerifiedBackup> read_backup(const BackupReading& reading,
                                                 const crypto::SecretKey& private_key);

}  // namespace juanzong
