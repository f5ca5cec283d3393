// SPDX-License-Identifier: Apache-2.0
// LogSigner: the signer process's judgement. It holds the checkpoint keys of one or several logs
// and signs only checkpoints that grew out of the last one that it signed, whatever the database
// says: also after a restore of an older copy (RELIABILITY M5). ADR 22, FORMATS.
//
//   POST /sign-checkpoint                      "old <size>", consistency proof, checkpoint text
//   GET  /<hex SHA-256 of origin>/checkpoint   the last that it signed
//
// What it signed is on disk before it is answered (checkpoint_book.h).
#pragma once

#include "crypto/message_signer.h"
#include "crypto/note_key.h"

#include "events/model/result.h"

#include "server/http/http_message.h"
#include "server/witness/checkpoint_book.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct SigningLog {
  crypto::VerifierKey key;
  std::unique_ptr<crypto::MessageSigner> signer;  // holds the other half
};

class LogSigner {
 public:
  // Reads what it signed before from `folder`. environment: a signer is not the key's other half;
  // not_found: a log was never begun here (begin_log), or its file is gone, and with it the memory
  // that this process is for; corruption: a file is not a checkpoint signed by the log;
  // already_running.
  [[nodiscard]] static Result<std::unique_ptr<LogSigner>> open(std::vector<SigningLog> logs,
                                                               std::filesystem::path folder);

  // Safe from any thread.
  [[nodiscard]] HttpResponse answer(const HttpRequest& request);

 private:
  LogSigner(std::vector<SigningLog> logs, std::unique_ptr<CheckpointBook> book);
  [[nodiscard]] HttpResponse sign(std::string_view body);
  [[nodiscard]] std::optional<CheckpointBook::Vouched> sign(const crypto::VerifierKey& log,
                                                            std::string_view text) const;

  std::map<std::string, SigningLog, std::less<>> logs_;  // by origin
  std::unique_ptr<CheckpointBook> book_;
};

// Puts the first checkpoint of a log into the folder: `note`, which the log signed before, or the
// empty tree's where it is "". not_permitted: there is one already, and it stays; proof_invalid:
// not a checkpoint signed by the log.
[[nodiscard]] Outcome begin_log(const SigningLog& log,
                                const std::filesystem::path& folder,
                                std::string_view note);

}  // namespace juanzong
