// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/ledger_extract.h"

#include "events/log/anchor.h"
#include "events/log/record.h"
#include "events/procedures/body_inspection.h"
#include "events/procedures/catalogue.h"
#include "events/storage/bulk_journal.h"
#include "events/storage/durable_file.h"

#include <algorithm>
#include <set>
#include <system_error>

namespace juanzong::cli {
namespace {

namespace fs = std::filesystem;

// Whose data the records name, and where the files of it lie.
struct Subjects {
  std::set<PersonId> people;
  std::set<BlobId> blobs;
};

Outcome add_subjects(ByteView bytes, Subjects& subjects) {
  const Result<RecordView> record = parse_record(bytes);
  const CatalogueEntry* entry = record ? catalogue().find(record->statement.type) : nullptr;
  if (entry == nullptr) {
    return record ? fail(ErrorCode::program_too_old, "an event that this program does not know")
                  : fail(record.error());
  }
  const Result<BodyFacts> facts = inspect_body(entry->descriptor, record->statement.body);
  if (!facts) {
    return fail(facts.error());
  }
  for (const CommitmentField& field : facts->commitments) {
    subjects.people.insert(field.subject);
    if (field.is_attachment) {
      subjects.blobs.insert(field.blob);
    }
  }
  return Done{};
}

// The batch with its records and openings, as seal_frame() takes it.
Result<LedgerBatch> batch_of(const Frame& frame, const BatchHead& head) {
  LedgerBatch batch;
  batch.ledger = head.ledger;
  batch.first = head.first;
  batch.prev_leaf = head.prev_leaf;
  batch.last_leaf = head.last_leaf;
  batch.tree_size = head.tree_size;
  batch.root = head.root;
  batch.state_digest = head.state_digest;
  batch.apply_version = head.apply_version;
  const std::size_t records_end = std::size_t{head.first_chunk} + head.record_chunks;
  for (std::size_t at = head.first_chunk; at < records_end; ++at) {
    const Result<RecordChunk> chunk = parse_record_chunk(frame.chunks[at]);
    if (!chunk) {
      return fail(chunk.error());
    }
    for (const ByteView record : chunk->records) {
      batch.records.emplace_back(record.begin(), record.end());
    }
  }
  for (std::size_t at = records_end; at < records_end + head.opening_chunks; ++at) {
    Result<OpeningChunk> chunk = parse_opening_chunk(frame.chunks[at]);
    if (!chunk) {
      return fail(chunk.error());
    }
    std::ranges::move(chunk->openings, std::back_inserter(batch.openings));
  }
  return batch;
}

class Extraction {
 public:
  Extraction(DataDirectory& data, const LedgerId& ledger, const fs::path& folder)
      : data_(data), ledger_(ledger), paths_(folder) {}

  Result<LedgerExtract> run(const crypto::SecretKey& key_encryption_key) {
    Outcome done = make_folders();
    done = done ? copy_log() : done;
    done = done ? copy_blobs() : done;
    done = done ? data_.person_keys().copy_to(
                      paths_.person_keys,
                      key_encryption_key,
                      [this](const KeyOwner& owner) { return owner.ledger == ledger_; })
                : done;
    if (!done) {
      return fail(done.error());
    }
    extract_.people = subjects_.people.size();
    return extract_;
  }

 private:
  Outcome make_folders() {
    std::error_code error;
    for (const fs::path& folder :
         {paths_.root, paths_.keys, paths_.person_keys.parent_path(), paths_.blobs}) {
      if (!fs::create_directory(folder, error) || error) {
        return fail(ErrorCode::environment, folder.string());
      }
      fs::permissions(folder, fs::perms::owner_all, error);
    }
    return Done{};
  }

  Outcome copy_log() {
    const Result<std::unique_ptr<BulkJournal>> journal = BulkJournal::create(paths_.log);
    if (!journal) {
      return fail(journal.error());
    }
    const auto cursor = data_.journal().tail(0);
    while (true) {
      const Result<std::optional<Frame>> frame = cursor->next();
      if (!frame) {
        return fail(frame.error());
      }
      if (!frame->has_value()) {
        break;
      }
      if (const Outcome copied = copy_frame(**frame, **journal); !copied) {
        return copied;
      }
    }
    const Outcome finished = (*journal)->finish();
    return finished ? write_anchor() : finished;
  }

  Outcome copy_frame(const Frame& frame, BulkJournal& journal) {
    std::vector<LedgerBatch> batches;
    for (const BatchHead& head : frame.batches) {
      if (head.ledger != ledger_) {
        continue;
      }
      Result<LedgerBatch> batch = batch_of(frame, head);
      if (!batch) {
        return fail(batch.error());
      }
      for (const Bytes& record : batch->records) {
        if (const Outcome added = add_subjects(record, subjects_); !added) {
          return added;
        }
      }
      extract_.records += batch->records.size();
      batches.push_back(*std::move(batch));
    }
    if (batches.empty()) {
      return Done{};
    }
    FrameHead next = frame.head;
    next.position = end_.next_position;
    next.prev_tip = end_.tip;
    const Frame copy = seal_frame(next, batches);
    end_ = {copy.head.position + 1, copy.tip};
    return journal.append(copy);
  }

  Outcome write_anchor() {
    const Result<std::unique_ptr<Anchor>> anchor = Anchor::create(paths_.anchor);
    const bool written = anchor && (*anchor)->write(end_) && (*anchor)->sync();
    return written ? Outcome(Done{}) : fail(ErrorCode::io_failure, paths_.anchor.string());
  }

  // Those of erased people are gone.
  Outcome copy_blobs() {
    for (const BlobId& blob : subjects_.blobs) {
      const fs::path name(hex_of(blob.bytes));
      std::error_code error;
      if (!fs::exists(data_.paths().blobs / name)) {
        continue;
      }
      fs::copy_file(data_.paths().blobs / name, paths_.blobs / name, error);
      if (error) {
        return fail(ErrorCode::io_failure, (paths_.blobs / name).string());
      }
      ++extract_.blobs;
    }
    return sync_folder(paths_.blobs);
  }

  DataDirectory& data_;
  const LedgerId ledger_;
  DataPaths paths_;
  Subjects subjects_;
  JournalHead end_;
  LedgerExtract extract_;
};

}  // namespace

Result<LedgerExtract> extract_ledger(DataDirectory& data,
                                     const LedgerId& ledger,
                                     const fs::path& folder,
                                     const crypto::SecretKey& key_encryption_key) {
  return Extraction(data, ledger, folder).run(key_encryption_key);
}

}  // namespace juanzong::cli
