// SPDX-License-Identifier: Apache-2.0
#include "events/storage/journal_recovery.h"

#include "events/model/byte_io.h"
#include "events/storage/durable_file.h"

#include <system_error>

namespace juanzong {
namespace {

constexpr std::string_view file_name = "RECOVERY";
constexpr std::size_t file_bytes_max = 8'192;

}  // namespace

Outcome write_recovery(const std::filesystem::path& journal_folder,
                       const JournalRecovery& recovery) {
  ByteWriter out;
  out.put(recovery.anchored_next_position)
      .put(recovery.recovered_next_position)
      .put(recovery.log_bytes)
      .put_sized<std::uint16_t>(bytes_of(recovery.evidence_directory));
  return write_file_durably(journal_folder / file_name, out.view());
}

Result<std::optional<JournalRecovery>> read_recovery(const std::filesystem::path& journal_folder) {
  const Result<Bytes> content = read_file(journal_folder / file_name, file_bytes_max);
  if (!content) {
    return content.error().code == ErrorCode::not_found
               ? Result<std::optional<JournalRecovery>>(std::nullopt)
               : fail(content.error());
  }
  ByteReader in(*content);
  JournalRecovery recovery;
  recovery.anchored_next_position = in.take<std::uint64_t>();
  recovery.recovered_next_position = in.take<std::uint64_t>();
  recovery.log_bytes = in.take<std::uint64_t>();
  recovery.evidence_directory = text_of(in.take_sized<std::uint16_t>());
  return in.finished() ? Result<std::optional<JournalRecovery>>(std::move(recovery))
                       : fail(ErrorCode::corruption, (journal_folder / file_name).string());
}

Outcome forget_recovery(const std::filesystem::path& journal_folder) {
  std::error_code error;
  std::filesystem::remove(journal_folder / file_name, error);
  return error ? Outcome(fail(ErrorCode::io_failure, (journal_folder / file_name).string()))
               : sync_folder(journal_folder);
}

}  // namespace juanzong
