// SPDX-License-Identifier: Apache-2.0
#include "tools/backup/known_heads.h"

#include "crypto/note_key.h"
#include "crypto/signed_note.h"

#include "events/storage/durable_file.h"

#include <algorithm>
#include <utility>

namespace juanzong {
namespace {

// The size of the ledger that the checkpoint vouches for, if it is beyond the log's.
Result<std::optional<LostRange>> compare(const KnownCheckpoint& known,
                                         const std::map<LedgerId, GenesisFacts>& ledgers,
                                         const std::map<LedgerId, LogVerification>& logs) {
  const auto ledger = std::ranges::find_if(
      ledgers, [&](const auto& entry) { return entry.second.origin == known.stated.origin; });
  if (ledger == ledgers.end()) {
    return fail(ErrorCode::environment,
                known.file + ": 备份中没有该卷宗 / no ledger in the backup has the origin " +
                    known.stated.origin);
  }
  const auto key = crypto::VerifierKey::parse(ledger->second.verifier_key);
  const auto head = key ? crypto::open_checkpoint(known.note, *key) : std::nullopt;
  if (!head) {
    return fail(ErrorCode::bad_signature,
                known.file + ": 不是该卷宗日志密钥签署 / not signed by the ledger's log key");
  }
  const LogVerification& log = logs.at(ledger->first);
  if (head->size > log.size) {
    return std::optional(LostRange{ledger->first, log.size, head->size});
  }
  const auto root = log.roots.find(head->size);
  if (root == log.roots.end() || root->second != head->root) {
    return fail(ErrorCode::corruption,
                known.file + ": 与备份不是同一历史,在第 " + std::to_string(head->size) +
                    " 条处根不同 / another history: the roots differ at size " +
                    std::to_string(head->size));
  }
  return std::optional<LostRange>();
}

}  // namespace

std::vector<std::uint64_t> KnownHeads::sizes() const {
  std::vector<std::uint64_t> sizes;
  for (const KnownCheckpoint& known : checkpoints) {
    sizes.push_back(known.stated.size);
  }
  return sizes;
}

Result<KnownCheckpoint> read_known_checkpoint(const std::filesystem::path& file) {
  const Result<Bytes> bytes = read_file(file, crypto::note_size_bytes_max);
  if (!bytes) {
    return fail(ErrorCode::environment, file.string() + ": cannot be read");
  }
  const std::string note(text_of(ByteView(*bytes)));
  const auto parsed = crypto::parse_note(note);
  const auto stated = parsed ? crypto::parse_checkpoint(parsed->text) : std::nullopt;
  if (!stated) {
    return fail(ErrorCode::environment, file.string() + ": 不是检查点 / not a checkpoint");
  }
  return KnownCheckpoint{file.string(), note, *stated};
}

Result<std::vector<LostRange>> compare_with_known(const KnownHeads& known,
                                                  const std::map<LedgerId, GenesisFacts>& ledgers,
                                                  const std::map<LedgerId, LogVerification>& logs) {
  std::map<LedgerId, LostRange> lost;
  for (const KnownCheckpoint& checkpoint : known.checkpoints) {
    const Result<std::optional<LostRange>> range = compare(checkpoint, ledgers, logs);
    if (!range) {
      return fail(range.error());
    }
    if (range->has_value()) {
      LostRange& longest = lost.try_emplace((*range)->ledger, **range).first->second;
      longest.end = std::max(longest.end, (*range)->end);
    }
  }
  std::vector<LostRange> ranges;
  for (const auto& [id, range] : lost) {
    ranges.push_back(range);
  }
  return ranges;
}

}  // namespace juanzong
