// SPDX-License-Identifier: Apache-2.0
// CheckpointBook: what somebody vouched for last, of each log, so that it never vouches for two
// histories. Witnesses and the signer process keep one. A checkpoint is on disk before it is
// answered: after a crash nobody goes back behind what it told. One file a log, replaced as a
// whole; one process a folder.
//
//   FOLDER/<hex SHA-256 of origin>.checkpoint    the note, with the signatures of the book's keys
//   FOLDER/lock                                  held while the book is open
#pragma once

#include "crypto/checkpoint.h"
#include "crypto/note_key.h"
#include "crypto/proof_text.h"

#include "events/model/result.h"

#include "server/http/http_message.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

class CheckpointBook {
 public:
  // The log's own key first; a stored note carries a good signature of each of them.
  struct Log {
    std::vector<crypto::VerifierKey> keys;
  };
  // Whether a log whose file is missing begins at the empty tree.
  enum class Missing { begins, is_refused };

  // Creates the folder. already_running: another process has it; corruption: a file there is not
  // such a note; not_found: a file is missing and refused. The operator must look.
  [[nodiscard]] static Result<std::unique_ptr<CheckpointBook>> open(std::vector<Log> logs,
                                                                    std::filesystem::path folder,
                                                                    Missing missing);
  CheckpointBook(const CheckpointBook&) = delete;
  CheckpointBook& operator=(const CheckpointBook&) = delete;
  ~CheckpointBook();

  // Vouched for: the note to keep, and what is answered.
  struct Vouched {
    std::string note;
    std::string answer;
  };
  // Both are given the log's own key.
  using Admits = std::function<bool(const crypto::VerifierKey& log)>;
  using Vouch = std::function<std::optional<Vouched>(const crypto::VerifierKey& log)>;

  // The answers and their order are those of C2SP tlog-witness v1.0.0: 404 unknown origin, 403 not
  // admitted, 400, 409 with the size that the book has, 422, 500, 200 with what `vouch` answers.
  [[nodiscard]] HttpResponse advance(const crypto::Checkpoint& head,
                                     const crypto::ConsistencyProof& proof,
                                     const Admits& admits,
                                     const Vouch& vouch);
  // GET /<hex SHA-256 of origin>/checkpoint: the newest; 404 until there is one.
  [[nodiscard]] HttpResponse show(std::string_view target) const;

 private:
  struct Entry {
    std::vector<crypto::VerifierKey> keys;
    std::filesystem::path file;
    std::string path;  // of show()
    crypto::Checkpoint newest;
    std::string note;  // empty: none yet
  };
  explicit CheckpointBook(std::filesystem::path folder) : folder_(std::move(folder)) {}
  [[nodiscard]] Outcome lock();
  [[nodiscard]] Outcome add(Log log, Missing missing);

  std::filesystem::path folder_;
  int lock_ = -1;
  mutable std::mutex mutex_;  // held over the write: two checkpoints of a log never overtake
  std::map<std::string, Entry, std::less<>> entries_;  // by origin
};

// More of them prove no growth of any tree.
inline constexpr std::size_t growth_hashes_max = 63;

// What both answer with, a newline behind it.
[[nodiscard]] HttpResponse plain_response(int status, std::string_view text);
// "/<hex SHA-256 of origin>/checkpoint"
[[nodiscard]] std::string checkpoint_path(std::string_view origin);
// FOLDER/<hex SHA-256 of origin>.checkpoint
[[nodiscard]] std::filesystem::path checkpoint_file(const std::filesystem::path& folder,
                                                    std::string_view origin);

}  // namespace juanzong
