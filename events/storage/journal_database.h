// SPDX-License-Identifier: Apache-2.0
// JournalDatabase: the RocksDB object under the embedded journal and its key layout: position u64,
// chunk u16, both big-endian, so that byte order is journal order. Included by this folder only.
#pragma once

#include "events/log/frame.h"
#include "events/log/journal.h"
#include "events/model/result.h"

#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace juanzong {

using DatabaseHandle = std::unique_ptr<rocksdb::DB>;

enum class JournalOpening : std::uint8_t {
  create,
  write,           // refuses a log damaged before its tail
  read_only,       // takes no lock, changes nothing
  write_salvaged,  // keeps what comes before the damage: for copies only
};

[[nodiscard]] rocksdb::Options journal_options(JournalOpening opening);
[[nodiscard]] Result<DatabaseHandle> open_database(const std::filesystem::path& directory,
                                                   JournalOpening opening);

struct ChunkKey {
  static constexpr std::size_t size_bytes = 10;
  std::uint64_t position = 0;
  std::uint16_t chunk = 0;

  bool operator==(const ChunkKey&) const = default;
  [[nodiscard]] std::array<char, size_bytes> encode() const;
  [[nodiscard]] static std::optional<ChunkKey> parse(const rocksdb::Slice& key);
};

// The newest frame's position and tip, read from the end of the database.
struct StoredHead {
  JournalHead head;
  std::uint64_t epoch = 0;
};
[[nodiscard]] Result<StoredHead> read_head(rocksdb::DB& database);
// not_found if there is no such chunk.
[[nodiscard]] Result<Bytes> read_chunk(rocksdb::DB& database, const ChunkKey& key);

// The journal over an open database; `writable` false: every append is `unavailable`.
[[nodiscard]] std::unique_ptr<Journal> make_rocksdb_journal(DatabaseHandle database,
                                                            const StoredHead& stored,
                                                            bool writable);

}  // namespace juanzong
