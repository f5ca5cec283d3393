// SPDX-License-Identifier: Apache-2.0
#include "events/storage/journal_database.h"

#include "events/storage/rocksdb_settings.h"

#include <rocksdb/table.h>

namespace juanzong {
namespace {

std::uint64_t big_endian(const rocksdb::Slice& key, std::size_t at, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    value = (value << 8U) | static_cast<std::uint8_t>(key[at + i]);
  }
  return value;
}

rocksdb::Status open_with(const rocksdb::Options& options,
                          const std::string& name,
                          bool read_only,
                          DatabaseHandle& database) {
  rocksdb::DB* raw = nullptr;
  rocksdb::Status status = read_only ? rocksdb::DB::OpenForReadOnly(options, name, &raw)
                                     : rocksdb::DB::Open(options, name, &raw);
  database.reset(raw);
  return status;
}

Result<ParsedFrameHeader> header_at(rocksdb::DB& database, std::uint64_t position) {
  const Result<Bytes> chunk = read_chunk(database, {position, 0});
  if (!chunk) {
    return fail(ErrorCode::corruption, "frame " + std::to_string(position) + " has no header");
  }
  Result<ParsedFrameHeader> header = parse_frame_header(*chunk);
  if (header && header->head.position != position) {
    return fail(ErrorCode::corruption, "frame " + std::to_string(position) + " stands elsewhere");
  }
  return header;
}

}  // namespace

rocksdb::Options journal_options(JournalOpening opening) {
  rocksdb::Options options = careful_options();
  options.create_if_missing = opening == JournalOpening::create;
  options.error_if_exists = opening == JournalOpening::create;
  if (opening == JournalOpening::write_salvaged) {
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  }
  // Appends only, keys ascend: files never overlap, compaction moves them down and merges little.
  options.write_buffer_size = 64UL << 20U;
  options.max_write_buffer_number = 3;
  rocksdb::BlockBasedTableOptions table;
  table.checksum = rocksdb::kXXH3;
  table.block_size = 32UL << 10U;
  table.format_version = 5;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

Result<DatabaseHandle> open_database(const std::filesystem::path& directory,
                                     JournalOpening opening) {
  DatabaseHandle database;
  const rocksdb::Status status = open_with(
      journal_options(opening), directory.string(), opening == JournalOpening::read_only, database);
  if (!status.ok()) {
    return failure_of(status, "opening the journal");
  }
  return database;
}

std::array<char, ChunkKey::size_bytes> ChunkKey::encode() const {
  std::array<char, size_bytes> key{};
  for (std::size_t i = 0; i < 8; ++i) {
    key[i] = static_cast<char>(position >> (8 * (7 - i)));
  }
  key[8] = static_cast<char>(chunk >> 8U);
  key[9] = static_cast<char>(chunk & 0xffU);
  return key;
}

std::optional<ChunkKey> ChunkKey::parse(const rocksdb::Slice& key) {
  if (key.size() != size_bytes) {
    return std::nullopt;
  }
  return ChunkKey{big_endian(key, 0, 8), static_cast<std::uint16_t>(big_endian(key, 8, 2))};
}

Result<Bytes> read_chunk(rocksdb::DB& database, const ChunkKey& key) {
  const auto encoded = key.encode();
  rocksdb::PinnableSlice value;
  const rocksdb::Status status = database.Get(verified_reads(),
                                              database.DefaultColumnFamily(),
                                              rocksdb::Slice(encoded.data(), encoded.size()),
                                              &value);
  if (status.IsNotFound()) {
    return fail(ErrorCode::not_found, "chunk");
  }
  if (!status.ok()) {
    return failure_of(status, "reading a chunk");
  }
  const ByteView bytes = bytes_of(std::string_view(value.data(), value.size()));
  return Bytes(bytes.begin(), bytes.end());
}

Result<StoredHead> read_head(rocksdb::DB& database) {
  const std::unique_ptr<rocksdb::Iterator> last(database.NewIterator(verified_reads()));
  last->SeekToLast();
  if (!last->status().ok()) {
    return failure_of(last->status(), "reading the head");
  }
  if (!last->Valid()) {
    return StoredHead{};
  }
  const std::optional<ChunkKey> key = ChunkKey::parse(last->key());
  if (!key) {
    return fail(ErrorCode::corruption, "a key of the journal has another length");
  }
  const Result<ParsedFrameHeader> header = header_at(database, key->position);
  if (!header) {
    return fail(header.error());
  }
  if (header->chunk_count != key->chunk + 1) {
    return fail(ErrorCode::corruption, "the newest frame lacks chunks");
  }
  return StoredHead{{key->position + 1, header->tip}, header->head.epoch};
}

}  // namespace juanzong
