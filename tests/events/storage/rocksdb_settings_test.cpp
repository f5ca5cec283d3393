// SPDX-License-Identifier: Apache-2.0
// The settings were chosen by experiment; a changed one must be noticed here first.
#include "events/storage/rocksdb_settings.h"

#include "events/storage/journal_database.h"

#include <gtest/gtest.h>

namespace juanzong {
namespace {

TEST(RocksdbSettings, AreTheMeasuredOnes) {
  const rocksdb::Options options = journal_options(JournalOpening::write);
  EXPECT_EQ(options.wal_recovery_mode, rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords);
  EXPECT_TRUE(options.paranoid_checks);
  EXPECT_TRUE(options.paranoid_file_checks);
  EXPECT_TRUE(options.force_consistency_checks);
  EXPECT_TRUE(options.verify_sst_unique_id_in_manifest);
  EXPECT_TRUE(options.flush_verify_memtable_count);
  EXPECT_NE(options.file_checksum_gen_factory, nullptr);
  EXPECT_EQ(options.max_bgerror_resume_count, 0);
  EXPECT_EQ(options.recycle_log_file_num, 0U);
  EXPECT_FALSE(options.manual_wal_flush);
  EXPECT_FALSE(options.two_write_queues);
  EXPECT_FALSE(options.allow_2pc);
  EXPECT_EQ(options.wal_compression, rocksdb::kNoCompression);
  EXPECT_EQ(options.compression, rocksdb::kLZ4Compression);
  EXPECT_EQ(options.bottommost_compression, rocksdb::kZSTD);
  EXPECT_TRUE(verified_reads().verify_checksums);
}

TEST(RocksdbSettings, OnlyACopyIsOpenedInTheForgivingMode) {
  for (const auto opening :
       {JournalOpening::create, JournalOpening::write, JournalOpening::read_only}) {
    EXPECT_EQ(journal_options(opening).wal_recovery_mode,
              rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords);
  }
  EXPECT_EQ(journal_options(JournalOpening::write_salvaged).wal_recovery_mode,
            rocksdb::WALRecoveryMode::kPointInTimeRecovery);
}

TEST(RocksdbSettings, StatusesBecomeErrors) {
  using rocksdb::Status;
  const auto code = [](const Status& status) { return failure_of(status, "x").error.code; };
  EXPECT_EQ(code(Status::NoSpace("disk")), ErrorCode::storage_full);
  EXPECT_EQ(code(Status::Corruption("checksum")), ErrorCode::corruption);
  EXPECT_EQ(code(Status::IOError("disk")), ErrorCode::io_failure);
  EXPECT_EQ(code(Status::IOError("While lock file: LOCK", "busy")), ErrorCode::already_running);
  EXPECT_EQ(code(Status::PathNotFound("MANIFEST")), ErrorCode::corruption);
}

TEST(ChunkKey, SortsAsTheJournalDoes) {
  const auto bytes = [](const ChunkKey& key) {
    const auto encoded = key.encode();
    return std::string(encoded.data(), encoded.size());
  };
  EXPECT_LT(bytes({0, 65'535}), bytes({1, 0}));
  EXPECT_LT(bytes({255, 0}), bytes({256, 0}));
  EXPECT_LT(bytes({7, 255}), bytes({7, 256}));
  const ChunkKey key{0x0102'0304'0506'0708, 0x090a};
  EXPECT_EQ(bytes(key), "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a");
  EXPECT_EQ(ChunkKey::parse(bytes(key)), key);
  EXPECT_FALSE(ChunkKey::parse("short"));
}

}  // namespace
}  // namespace juanzong
