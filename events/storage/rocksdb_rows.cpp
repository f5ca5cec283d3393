// SPDX-License-Identifier: Apache-2.0
// Derived rows in RocksDB. One column family and one batch per call: a batch goes into one
// memtable whole and is flushed with it, so without a write-ahead log a crash still leaves the
// state after some earlier batch. With two families it would not.
//
// A large batch does not pass through the memtable: it is sorted already, so it is written as a
// table file and handed over whole, which costs half. Every batch has the position row: RocksDB
// flushes a memtable that holds it before it takes the file, so that order stays.
#include "events/model/check.h"
#include "events/storage/rocksdb_settings.h"
#include "events/storage/row_store.h"
#include "events/storage/row_store_check.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

namespace juanzong {
namespace {

rocksdb::Slice slice_of(std::string_view text) {
  return {text.data(), text.size()};
}

std::string_view view_of(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

// RocksDB finds damage in a block only when it is read. Whoever finds it leaves this file, so that
// the next opening calls the folder damaged and does not stop at the same block again.
constexpr std::string_view damage_mark = "DAMAGED";

// From this size on a batch becomes a file; a crash may leave it behind, the next one replaces it.
constexpr std::size_t rows_in_file_min = 4'096;
constexpr std::string_view incoming_file = "incoming.sst";

// A row that cannot be read is not a row that is not there: nothing may be decided on it.
void require_readable(const rocksdb::Status& status, const std::filesystem::path& mark) {
  if (!status.ok() && !mark.empty()) {
    std::ofstream(mark) << status.ToString() << "\n";
  }
  check_shared(status.ok(), "derived rows are readable; the next start rebuilds them");
}

class RocksdbRowCursor final : public RowCursor {
 public:
  RocksdbRowCursor(std::unique_ptr<rocksdb::Iterator> at, const std::filesystem::path& mark)
      : at_(std::move(at)), mark_(mark) {
    require_readable(at_->status(), mark_);
  }

  [[nodiscard]] bool valid() const override { return at_->Valid(); }
  void next() override {
    if (at_->Valid()) {
      at_->Next();
      require_readable(at_->status(), mark_);
    }
  }
  void previous() override {
    if (at_->Valid()) {
      at_->Prev();
      require_readable(at_->status(), mark_);
    }
  }
  [[nodiscard]] std::string_view key() const override { return view_of(at_->key()); }
  [[nodiscard]] std::string_view value() const override { return view_of(at_->value()); }

 private:
  std::unique_ptr<rocksdb::Iterator> at_;
  const std::filesystem::path& mark_;  // of the store, which outlives its cursors
};

class RocksdbRowStore final : public RowStore {
 public:
  RocksdbRowStore(std::unique_ptr<rocksdb::DB> database, std::filesystem::path mark)
      : database_(std::move(database)), mark_(std::move(mark)) {}

  bool write(std::span<const RowChange> changes) override;
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override;
  [[nodiscard]] std::unique_ptr<RowCursor> seek(std::string_view from) const override {
    auto at = iterator();
    at->Seek(slice_of(from));
    return std::make_unique<RocksdbRowCursor>(std::move(at), mark_);
  }
  [[nodiscard]] std::unique_ptr<RowCursor> seek_for_previous(std::string_view from) const override {
    auto at = iterator();
    at->SeekForPrev(slice_of(from));
    return std::make_unique<RocksdbRowCursor>(std::move(at), mark_);
  }
  [[nodiscard]] bool flush() override { return database_->Flush(rocksdb::FlushOptions()).ok(); }

 private:
  [[nodiscard]] bool write_batch(std::span<const RowChange> changes);
  [[nodiscard]] bool write_file(std::span<const RowChange> changes);
  [[nodiscard]] std::unique_ptr<rocksdb::Iterator> iterator() const {
    return std::unique_ptr<rocksdb::Iterator>(database_->NewIterator(verified_reads()));
  }

  std::unique_ptr<rocksdb::DB> database_;
  const std::filesystem::path mark_;  // empty: read-only
};

bool RocksdbRowStore::write(std::span<const RowChange> changes) {
  const bool ascending =
      std::ranges::adjacent_find(changes, std::ranges::greater_equal{}, &RowChange::first) ==
      changes.end();
  check(ascending, "row changes are sorted by key, each key once");
  return changes.size() < rows_in_file_min ? write_batch(changes) : write_file(changes);
}

bool RocksdbRowStore::write_file(std::span<const RowChange> changes) {
  const std::string file = database_->GetName() + "/" + std::string(incoming_file);
  rocksdb::EnvOptions written;
  written.bytes_per_sync = 1UL << 20U;  // the journal's sync must not wait for all of it at once
  rocksdb::SstFileWriter writer(written, database_->GetOptions());
  rocksdb::Status status = writer.Open(file);
  for (std::size_t i = 0; i < changes.size() && status.ok(); ++i) {
    const auto& [key, value] = changes[i];
    status = value ? writer.Put(slice_of(key), slice_of(*value)) : writer.Delete(slice_of(key));
  }
  if (!status.ok() || !writer.Finish().ok()) {  // Finish() syncs the file
    return false;
  }
  rocksdb::IngestExternalFileOptions options;
  options.move_files = true;
  options.write_global_seqno = false;
  return database_->IngestExternalFile({file}, options).ok();
}

bool RocksdbRowStore::write_batch(std::span<const RowChange> changes) {
  rocksdb::WriteBatch batch;
  for (const auto& [key, value] : changes) {
    const rocksdb::Status added =
        value ? batch.Put(slice_of(key), slice_of(*value)) : batch.Delete(slice_of(key));
    if (!added.ok()) {
      return false;
    }
  }
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  return database_->Write(options, &batch).ok();
}

std::optional<std::string> RocksdbRowStore::get(std::string_view key) const {
  std::string value;
  const rocksdb::Status status = database_->Get(verified_reads(), slice_of(key), &value);
  if (status.IsNotFound()) {
    return std::nullopt;
  }
  require_readable(status, mark_);
  return value;
}

rocksdb::Options row_options() {
  rocksdb::Options options = careful_options();
  // Rewritten again and again while the ledger grows: what zstd saved on disk cost a tenth of the
  // server's processor time.
  options.bottommost_compression = rocksdb::kLZ4Compression;
  options.write_buffer_size = 16UL << 20U;
  options.max_write_buffer_number = 2;
  // Batches come sorted: a row of a table (first byte) goes in next to where the last one went.
  options.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
  // Most look-ups of the writer ask for what is not there yet.
  options.memtable_whole_key_filtering = true;
  options.memtable_prefix_bloom_size_ratio = 0.05;
  rocksdb::BlockBasedTableOptions table;
  table.checksum = rocksdb::kXXH3;
  table.format_version = 5;
  table.block_size = 16UL << 10U;
  table.block_cache = rocksdb::NewLRUCache(32UL << 20U);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  // Filters stand beside the block cache: the writer asks them several times a record, mostly about
  // keys that are not there. About 10 bits a row.
  table.cache_index_and_filter_blocks = false;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

Result<std::unique_ptr<RowStore>> wrap(const rocksdb::Status& status,
                                       rocksdb::DB* raw,
                                       std::filesystem::path mark) {
  std::unique_ptr<rocksdb::DB> database(raw);
  if (!status.ok()) {
    return failure_of(status, "opening the derived rows");
  }
  return std::unique_ptr<RowStore>(
      std::make_unique<RocksdbRowStore>(std::move(database), std::move(mark)));
}

}  // namespace

Result<std::unique_ptr<RowStore>> open_row_store(const std::filesystem::path& directory) {
  std::filesystem::path mark = directory / damage_mark;
  if (std::filesystem::exists(mark)) {
    return fail(ErrorCode::corruption, "derived rows were found damaged");
  }
  rocksdb::Options options = row_options();
  options.create_if_missing = true;
  rocksdb::DB* raw = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(options, directory.string(), &raw);
  return wrap(status, raw, std::move(mark));
}

Result<std::unique_ptr<RowStore>> open_row_store_read_only(const std::filesystem::path& directory) {
  rocksdb::Options options = row_options();
  rocksdb::DB* raw = nullptr;
  const rocksdb::Status status = rocksdb::DB::OpenForReadOnly(options, directory.string(), &raw);
  return wrap(status, raw, {});
}

bool row_store_is_whole(const std::filesystem::path& directory) {
  rocksdb::DB* raw = nullptr;
  const rocksdb::Status opened =
      rocksdb::DB::OpenForReadOnly(row_options(), directory.string(), &raw);
  const std::unique_ptr<rocksdb::DB> database(raw);
  return opened.ok() && database->VerifyChecksum(verified_reads()).ok();
}

}  // namespace juanzong
