// SPDX-License-Identifier: Apache-2.0
#include "tools/backup/read_backup.h"

#include "tools/backup/backup_reader.h"
#include "tools/backup/record_facts.h"

#include <algorithm>
#include <string>
#include <utility>

namespace juanzong {
namespace {

Failure behind(const std::string& what, std::uint64_t known, std::uint64_t backed_up) {
  return fail(ErrorCode::ledger_behind_anchor,
              what + ": 已知 known " + std::to_string(known) + ", 备份止于 the backup ends at " +
                  std::to_string(backed_up));
}

class Reading {
 public:
  Reading(const BackupReading& wanted, BackupReader& reader)
      : wanted_(wanted), reader_(reader), verifier_(options()) {}

  Result<VerifiedBackup> run() {
    Outcome done = read_frames();
    done = done ? compare_ledgers() : done;
    done = done ? compare_known() : done;
    done = done ? read_blobs() : done;
    if (!done) {
      return fail(done.error());
    }
    Result<SealedFileDigest> digest = reader_.finish();
    if (!digest) {
      return fail(digest.error());
    }
    result_.digest = *digest;
    result_.header = reader_.header();
    result_.ledgers = facts_.ledgers();
    return std::move(result_);
  }

 private:
  JournalVerifierOptions options() {
    JournalVerifierOptions options;
    options.threads = wanted_.threads;
    options.watched_sizes = wanted_.known.sizes();
    options.visit = [this](const LedgerId& ledger, const VerifiedRecord& record) {
      facts_.add(ledger, record.scan);
    };
    return options;
  }

  Outcome read_frames() {
    const JournalHead& end = reader_.header().end;
    const auto& anchored = wanted_.known.anchored;
    const bool accepted = wanted_.accept_loss && !wanted_.known.checkpoints.empty();
    if (anchored && anchored->next_position > end.next_position && !accepted) {
      return behind("锚点 anchor", anchored->next_position, end.next_position);
    }
    const Outcome read =
        verify_frames(reader_, end, verifier_, [this](const Frame& frame) { return take(frame); });
    if (!read && read.error().code == ErrorCode::ledger_behind_anchor) {
      return fail(ErrorCode::corruption, "backup: " + read.error().detail);
    }
    return read ? facts_.outcome() : read;
  }

  Outcome take(const Frame& frame) {
    const auto& anchored = wanted_.known.anchored;
    if (anchored && frame.head.position + 1 == anchored->next_position &&
        frame.tip != anchored->tip) {
      return fail(ErrorCode::corruption,
                  "锚点处是另一历史 / another frame stands at the anchored position");
    }
    if (wanted_.progress) {
      wanted_.progress(verifier_.records());
    }
    return wanted_.sink.frame ? wanted_.sink.frame(frame) : Outcome(Done{});
  }

  // The header says what the records give.
  Outcome compare_ledgers() {
    logs_ = verifier_.ledgers();
    const std::vector<BackedUpLedger>& stated = reader_.header().ledgers;
    bool same = stated.size() == logs_.size();
    for (const BackedUpLedger& ledger : stated) {
      const auto log = logs_.find(ledger.id);
      const auto founding = facts_.ledgers().find(ledger.id);
      same = same && log != logs_.end() && founding != facts_.ledgers().end() &&
             log->second.size == ledger.size && log->second.root == ledger.root &&
             founding->second.origin == ledger.origin && founding->second.name == ledger.name;
    }
    return same ? Outcome(Done{})
                : fail(ErrorCode::corruption, "backup: its header states other ledgers");
  }

  Outcome compare_known() {
    Result<std::vector<LostRange>> lost =
        compare_with_known(wanted_.known, facts_.origins(), logs_);
    if (!lost) {
      return fail(lost.error());
    }
    if (!lost->empty() && !wanted_.accept_loss) {
      const LostRange& first = lost->front();
      return behind(
          "检查点 checkpoint " + facts_.ledgers().at(first.ledger).origin, first.end, first.first);
    }
    result_.lost = std::move(*lost);
    return Done{};
  }

  // Both ascend by id.
  Outcome read_blobs() {
    for (const auto& [id, subject] : facts_.blobs()) {
      const Result<std::optional<BackedUpBlob>> blob = reader_.next_blob();
      if (!blob) {
        return fail(blob.error());
      }
      if (!blob->has_value() || (*blob)->id != id) {
        return fail(ErrorCode::corruption,
                    "attachment " + hex_of(id.bytes) + ": 备份中没有 / not in the backup");
      }
      result_.erased_blobs += (*blob)->state == BlobState::erased ? 1 : 0;
      const Outcome taken = wanted_.sink.blob ? wanted_.sink.blob(**blob, subject) : Done{};
      if (!taken) {
        return taken;
      }
    }
    const bool more = reader_.header().blobs != facts_.blobs().size();
    return more ? Outcome(fail(ErrorCode::corruption, "backup: attachments that no record names"))
                : Outcome(Done{});
  }

  const BackupReading& wanted_;
  BackupReader& reader_;
  RecordFacts facts_;
  JournalVerifier verifier_;
  std::map<LedgerId, LogVerification> logs_;
  VerifiedBackup result_;
};

}  // namespace

Result<VerifiedBackup> read_backup(const BackupReading& reading,
                                   const crypto::SecretKey& private_key) {
  const Result<std::unique_ptr<BackupReader>> reader =
      BackupReader::open(reading.file, private_key);
  return reader ? Reading(reading, **reader).run() : fail(reader.error());
}

}  // namespace juanzong
