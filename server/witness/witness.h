// SPDX-License-Identifier: Apache-2.0
// Witness (C2SP tlog-witness v1.0.0): says of checkpoints that they grew out of the ones it
// cosigned before. An owners' committee or an accountant runs it on a machine of its own: whoever
// holds its cosignature knows that no other history was shown to it.
//
//   POST /add-checkpoint                       "old <size>", consistency proof, checkpoint
//   GET  /<hex SHA-256 of origin>/checkpoint   the newest that it cosigned
//
// A checkpoint is on disk before it is answered: after a crash the witness never goes back behind
// what it told anybody. One file a log, replaced as a whole.
#pragma once

#include "crypto/checkpoint.h"
#include "crypto/note_key.h"

#include "events/model/result.h"

#include "server/http/http_message.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

class Witness {
 public:
  // Reads what it cosigned before from `folder`, which it creates. corruption: a file there is not
  // a checkpoint of its log with this key's cosignature; the operator must look.
  [[nodiscard]] static Result<std::unique_ptr<Witness>> open(crypto::SignerKey cosigner,
                                                             std::vector<crypto::VerifierKey> logs,
                                                             std::filesystem::path folder);

  // Safe from any thread. `now`: POSIX seconds, stated in the cosignature.
  [[nodiscard]] HttpResponse answer(const HttpRequest& request, std::uint64_t now);

 private:
  struct Log {
    explicit Log(crypto::VerifierKey of) : key(std::move(of)) {}
    crypto::VerifierKey key;
    std::filesystem::path file;
    std::string path;  // of its monitoring
    crypto::Checkpoint newest;
    std::string note;  // empty: none yet
  };
  Witness(crypto::SignerKey cosigner) : cosigner_(std::move(cosigner)) {}

  [[nodiscard]] Outcome add_log(crypto::VerifierKey key, const std::filesystem::path& folder);
  [[nodiscard]] HttpResponse add_checkpoint(std::string_view body, std::uint64_t now);
  [[nodiscard]] HttpResponse cosign(Log& log,
                                    const crypto::Checkpoint& head,
                                    std::string_view note,
                                    std::uint64_t now);
  [[nodiscard]] HttpResponse monitoring(std::string_view target) const;

  crypto::SignerKey cosigner_;
  mutable std::mutex mutex_;  // held over the write: two checkpoints of a log never overtake
  std::map<std::string, Log, std::less<>> logs_;  // by origin
};

}  // namespace juanzong
