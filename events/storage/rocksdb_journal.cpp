// SPDX-License-Identifier: Apache-2.0
// The journal object. The first write that RocksDB does not call ok stops it for good: RocksDB
// would resume by itself after a full disk, but what was not acknowledged may be stored, and only
// a restart can tell.
#include "events/storage/rocksdb_journal.h"

#include "events/model/check.h"
#include "events/storage/journal_cursor.h"
#include "events/storage/journal_database.h"
#include "events/storage/rocksdb_settings.h"

#include <rocksdb/write_batch.h>

#include <mutex>
#include <optional>
#include <utility>

namespace juanzong {
namespace {

constexpr std::size_t protection_bytes_per_key = 8;

class RocksdbJournal final : public Journal {
 public:
  RocksdbJournal(DatabaseHandle database, const StoredHead& stored, bool writable)
      : database_(std::move(database)),
        writable_(writable),
        head_(stored.head),
        epoch_(stored.epoch) {}

  JournalHead head() const override {
    const std::lock_guard lock(mutex_);
    return head_;
  }
  AppendOutcome append(const Frame& frame) override;
  Result<JournalHead> resolve(const Frame& frame) override;
  std::unique_ptr<JournalCursor> tail(std::uint64_t from_position) const override {
    return std::make_unique<DatabaseCursor>(
        *database_, [this] { return head(); }, from_position);
  }
  Result<Bytes> chunk(std::uint64_t position, std::uint16_t chunk) const override;

 private:
  [[nodiscard]] rocksdb::Status write(const Frame& frame);

  DatabaseHandle database_;
  const bool writable_;
  mutable std::mutex mutex_;
  JournalHead head_;
  std::uint64_t epoch_;          // writer thread only
  std::optional<Error> failed_;  // writer thread only: the first failed write
};

AppendOutcome RocksdbJournal::append(const Frame& frame) {
  if (!writable_ || failed_) {
    return AppendOutcome::unavailable;
  }
  if (frame.head.epoch < epoch_) {
    return AppendOutcome::fenced;
  }
  const JournalHead before = head();
  if (frame.head.position != before.next_position || frame.head.prev_tip != before.tip) {
    return AppendOutcome::conflict;
  }
  const rocksdb::Status status = write(frame);
  if (!status.ok()) {
    failed_ = failure_of(status, "appending a frame").error;
    return AppendOutcome::unknown;
  }
  epoch_ = frame.head.epoch;
  const std::lock_guard lock(mutex_);
  head_ = JournalHead{frame.head.position + 1, frame.tip};
  return AppendOutcome::ok;
}

rocksdb::Status RocksdbJournal::write(const Frame& frame) {
  check(!frame.chunks.empty(), "a sealed frame has a header");
  std::size_t bytes = 0;
  for (const Bytes& chunk : frame.chunks) {
    bytes += chunk.size() + 32;
  }
  rocksdb::WriteBatch batch(bytes, 0, protection_bytes_per_key, 0);
  for (std::size_t i = 0; i < frame.chunks.size(); ++i) {
    const auto key = ChunkKey{frame.head.position, static_cast<std::uint16_t>(i)}.encode();
    const std::string_view value = text_of(frame.chunks[i]);
    rocksdb::Status put = batch.Put(rocksdb::Slice(key.data(), key.size()),
                                    rocksdb::Slice(value.data(), value.size()));
    if (!put.ok()) {
      return put;
    }
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  return database_->Write(options, &batch);
}

// After a failed write the frame may lie in the write-ahead log without being visible here, and a
// RocksDB that failed cannot be opened again beside itself: the error says to restart.
Result<JournalHead> RocksdbJournal::resolve(const Frame& /*frame*/) {
  if (failed_) {
    return fail(*failed_);
  }
  const Result<StoredHead> stored = read_head(*database_);
  if (!stored) {
    return fail(stored.error());
  }
  if (stored->head != head()) {
    return fail(ErrorCode::corruption, "the stored head is not the appended one");
  }
  return stored->head;
}

Result<Bytes> RocksdbJournal::chunk(std::uint64_t position, std::uint16_t chunk) const {
  if (position >= head().next_position) {
    return fail(ErrorCode::not_found, "no such frame");
  }
  Result<Bytes> found = read_chunk(*database_, {position, chunk});
  const bool lost = !found && found.error().code == ErrorCode::not_found && chunk == 0;
  return lost ? fail(ErrorCode::corruption, "frame " + std::to_string(position) + " is missing")
              : std::move(found);
}

}  // namespace

std::unique_ptr<Journal> make_rocksdb_journal(DatabaseHandle database,
                                              const StoredHead& stored,
                                              bool writable) {
  return std::make_unique<RocksdbJournal>(std::move(database), stored, writable);
}

}  // namespace juanzong
