// SPDX-License-Identifier: Apache-2.0
#include "events/storage/rocksdb_settings.h"

#include <rocksdb/env.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <memory>
#include <string>

namespace juanzong {
namespace {

// RocksDB's information log is a file beside the data. On a full disk it fails as the data do, and
// the library's assertions, which Debian compiles in, abort the process at the next line of it,
// before anybody could be answered.
class SilentLogger final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char* /*format*/, va_list /*arguments*/) override {}
};

bool says(const std::string& message, std::string_view words) {
  return message.find(words) != std::string::npos;
}

// RocksDB has no code for "locked"; the texts are those of its POSIX environment and a test holds
// them.
bool is_lock_conflict(const std::string& message) {
  return says(message, "While lock file") || says(message, "lock hold by current process");
}

ErrorCode code_of(const rocksdb::Status& status, const std::string& message) {
  if (status.IsNoSpace()) {
    return ErrorCode::storage_full;
  }
  if (status.IsCorruption()) {
    return ErrorCode::corruption;
  }
  if (status.IsIOError() && is_lock_conflict(message)) {
    return ErrorCode::already_running;
  }
  // A file that the manifest names is gone: the folder is damaged, the disk is not.
  if (status.IsPathNotFound() || says(message, "No such file or directory")) {
    return ErrorCode::corruption;
  }
  if (status.IsInvalidArgument() && says(message, "does not exist")) {
    return ErrorCode::not_found;
  }
  return ErrorCode::io_failure;
}

}  // namespace

rocksdb::Options careful_options() {
  rocksdb::Options options;
  // The default mode (point in time) opens a damaged synced log as a shorter one, silently.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.paranoid_checks = true;
  options.paranoid_file_checks = true;
  options.force_consistency_checks = true;
  options.verify_sst_unique_id_in_manifest = true;
  options.flush_verify_memtable_count = true;
  options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  options.max_bgerror_resume_count = 0;
  options.recycle_log_file_num = 0;
  options.manual_wal_flush = false;
  options.two_write_queues = false;
  options.allow_2pc = false;
  options.wal_compression = rocksdb::kNoCompression;
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression = rocksdb::kZSTD;
  options.info_log = std::make_shared<SilentLogger>();
  options.max_open_files = 512;
  options.max_background_jobs = 2;
  return options;
}

rocksdb::ReadOptions verified_reads() {
  rocksdb::ReadOptions read;
  read.verify_checksums = true;
  return read;
}

Failure failure_of(const rocksdb::Status& status, std::string_view doing) {
  const std::string message = status.ToString();
  std::string detail(doing);
  return fail(code_of(status, message), detail.append(": ").append(message));
}

}  // namespace juanzong
