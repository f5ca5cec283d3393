// SPDX-License-Identifier: Apache-2.0
// Witness (C2SP tlog-witness v1.0.0): says of checkpoints that they grew out of the ones it
// cosigned before. An owners' committee or an accountant runs it on a machine of its own: whoever
// holds its cosignature knows that no other history was shown to it.
//
//   POST /add-checkpoint                       "old <size>", consistency proof, checkpoint
//   GET  /<hex SHA-256 of origin>/checkpoint   the newest that it cosigned
//
// A checkpoint is on disk before it is answered (checkpoint_book.h).
#pragma once

#include "crypto/note_key.h"

#include "events/model/result.h"

#include "server/http/http_message.h"
#include "server/witness/checkpoint_book.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

class Witness {
 public:
  // Reads what it cosigned before from `folder`, which it creates. corruption: a file there is not
  // a checkpoint of its log with this key's cosignature; already_running.
  [[nodiscard]] static Result<std::unique_ptr<Witness>> open(crypto::SignerKey cosigner,
                                                             std::vector<crypto::VerifierKey> logs,
                                                             std::filesystem::path folder);

  // Safe from any thread. `now`: POSIX seconds, stated in the cosignature.
  [[nodiscard]] HttpResponse answer(const HttpRequest& request, std::uint64_t now);

 private:
  Witness(crypto::SignerKey cosigner, std::unique_ptr<CheckpointBook> book);

  [[nodiscard]] HttpResponse add_checkpoint(std::string_view body, std::uint64_t now);
  [[nodiscard]] std::optional<CheckpointBook::Vouched> cosign(const crypto::VerifierKey& log,
                                                              std::string_view note,
                                                              std::uint64_t now) const;

  crypto::SignerKey cosigner_;
  std::unique_ptr<CheckpointBook> book_;
};

}  // namespace juanzong
