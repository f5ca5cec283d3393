// SPDX-License-Identifier: Apache-2.0
#include "events/storage/bulk_journal.h"

#include "events/storage/durable_file.h"
#include "events/storage/journal_database.h"
#include "events/storage/rocksdb_settings.h"

#include <rocksdb/write_batch.h>

#include <utility>

namespace juanzong {
namespace {

class RocksDbBulkJournal final : public BulkJournal {
 public:
  RocksDbBulkJournal(DatabaseHandle database, std::filesystem::path directory)
      : database_(std::move(database)), directory_(std::move(directory)) {}

  [[nodiscard]] Outcome append(const Frame& frame) override {
    if (frame.head.position != head_.next_position || frame.head.prev_tip != head_.tip) {
      return fail(ErrorCode::corruption, "a frame does not follow the frame before");
    }
    rocksdb::WriteBatch batch;
    for (std::size_t i = 0; i < frame.chunks.size(); ++i) {
      const auto key = ChunkKey{frame.head.position, static_cast<std::uint16_t>(i)}.encode();
      const std::string_view value = text_of(ByteView(frame.chunks[i]));
      const rocksdb::Status put = batch.Put(rocksdb::Slice(key.data(), key.size()),
                                            rocksdb::Slice(value.data(), value.size()));
      if (!put.ok()) {
        return failure_of(put, "filling the journal");
      }
    }
    rocksdb::WriteOptions unlogged;
    unlogged.disableWAL = true;
    const rocksdb::Status written = database_->Write(unlogged, &batch);
    if (!written.ok()) {
      return failure_of(written, "filling the journal");
    }
    head_ = JournalHead{frame.head.position + 1, frame.tip};
    return Done{};
  }

  [[nodiscard]] Outcome finish() override {
    rocksdb::Status done = database_->Flush(rocksdb::FlushOptions());
    if (done.ok()) {
      done = database_->Close();
    }
    database_.reset();
    return done.ok() ? sync_folder(directory_.parent_path())
                     : Outcome(failure_of(done, "finishing the journal"));
  }

 private:
  DatabaseHandle database_;
  std::filesystem::path directory_;
  JournalHead head_;
};

}  // namespace

Result<std::unique_ptr<BulkJournal>> BulkJournal::create(const std::filesystem::path& directory) {
  Result<DatabaseHandle> database = open_database(directory, JournalOpening::create);
  if (!database) {
    return fail(database.error());
  }
  return std::unique_ptr<BulkJournal>(
      std::make_unique<RocksDbBulkJournal>(std::move(*database), directory));
}

}  // namespace juanzong
