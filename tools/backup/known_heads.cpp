// SPDX-License-Identifier: Apache-2.0
#include "tools/backup/known_heads.h"

#include "crypto/note_key.h"
#include "crypto/signed_note.h"

#include "events/storage/durable_file.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace juanzong {
namespace {

struct Claimed {
  LedgerId ledger;
  OriginKey origin;
  std::optional<std::uint64_t> end;  // of a former origin: the largest size of its heads
};

// The ledger that has or had the origin.
std::optional<Claimed> find_origin(const std::map<LedgerId, std::vector<OriginKey>>& ledgers,
                                   std::string_view origin) {
  for (const auto& [id, origins] : ledgers) {
    const auto found = std::ranges::find(origins, origin, &OriginKey::origin);
    if (found != origins.end()) {
      const auto next = std::next(found);
      const auto end =
          next == origins.end() ? std::nullopt : std::optional<std::uint64_t>(next->first);
      return Claimed{id, *found, end};
    }
  }
  return std::nullopt;
}

Failure another_history(const KnownCheckpoint& known, std::uint64_t size) {
  return fail(ErrorCode::corruption,
              known.file + ": 与备份不是同一历史,在第 " + std::to_string(size) +
                  " 条处根不同 / another history: the roots differ at size " +
                  std::to_string(size));
}

// The range that the checkpoint vouches for beyond the log.
Result<std::optional<LostRange>> compare(const KnownCheckpoint& known,
                                         const std::map<LedgerId, std::vector<OriginKey>>& origins,
                                         const std::map<LedgerId, LogVerification>& logs) {
  const std::optional<Claimed> claimed = find_origin(origins, known.stated.origin);
  if (!claimed) {
    return fail(ErrorCode::environment,
                known.file + ": 备份中没有该卷宗 / no ledger in the backup has the origin " +
                    known.stated.origin);
  }
  const auto key = crypto::VerifierKey::parse(claimed->origin.verifier_key);
  const auto head = key ? crypto::open_checkpoint(known.note, *key) : std::nullopt;
  if (!head) {
    return fail(ErrorCode::bad_signature,
                known.file + ": 不是该卷宗日志密钥签署 / not signed by the ledger's log key");
  }
  if (claimed->end && head->size > *claimed->end) {
    // Heads of an origin that was given up: lost, and said so on record, or never to be.
    return head->size <= claimed->origin.lost_until
               ? Result<std::optional<LostRange>>(std::optional<LostRange>())
               : another_history(known, head->size);
  }
  const LogVerification& log = logs.at(claimed->ledger);
  if (head->size > log.size) {
    return std::optional(LostRange{claimed->ledger, log.size, head->size, known.note});
  }
  const auto root = log.roots.find(head->size);
  if (root == log.roots.end() || root->second != head->root) {
    return another_history(known, head->size);
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

Result<std::vector<LostRange>> compare_with_known(
    const KnownHeads& known,
    const std::map<LedgerId, std::vector<OriginKey>>& origins,
    const std::map<LedgerId, LogVerification>& logs) {
  std::map<LedgerId, LostRange> lost;
  for (const KnownCheckpoint& checkpoint : known.checkpoints) {
    Result<std::optional<LostRange>> range = compare(checkpoint, origins, logs);
    if (!range) {
      return fail(range.error());
    }
    if (range->has_value()) {
      LostRange& longest = lost.try_emplace((*range)->ledger, **range).first->second;
      longest = (*range)->end > longest.end ? std::move(**range) : longest;
    }
  }
  std::vector<LostRange> ranges;
  for (auto& [id, range] : lost) {
    ranges.push_back(std::move(range));
  }
  return ranges;
}

}  // namespace juanzong
