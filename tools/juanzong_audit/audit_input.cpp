// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/audit_input.h"

#include "events/storage/durable_file.h"
#include "events/storage/rocksdb_journal.h"

#include <utility>

namespace juanzong::audit {
namespace {

constexpr std::size_t key_bytes_max = 4'096;

std::string first_line(const std::filesystem::path& file) {
  const Result<Bytes> bytes = read_file(file, key_bytes_max);
  const std::string text = bytes ? std::string(text_of(ByteView(*bytes))) : std::string();
  return text.substr(0, text.find('\n'));
}

}  // namespace

Result<std::unique_ptr<AuditInput>> AuditInput::open(const std::filesystem::path& folder) {
  std::unique_ptr<AuditInput> input(new AuditInput());
  input->folder_ = folder;
  if (std::filesystem::is_directory(folder / "log")) {
    if (const Outcome opened = input->open_data(); !opened) {
      return fail(opened.error());
    }
    return input;
  }
  if (!ExportReader::is_export(folder)) {
    return fail(ErrorCode::environment, folder.string() + ": no data directory and no export");
  }
  Result<ExportReader> reader = ExportReader::open(folder);
  if (!reader) {
    return fail(
        reader.error().code == ErrorCode::not_found ? ErrorCode::corruption : reader.error().code,
        reader.error().detail);
  }
  input->export_ = std::move(*reader);
  input->own_key_ = first_line(folder / "juanzong" / "log.vkey");
  return input;
}

Outcome AuditInput::open_data() {
  Result<std::unique_ptr<Journal>> journal = open_rocksdb_journal_read_only(folder_ / "log");
  if (!journal) {
    return fail(journal.error());
  }
  journal_ = std::move(*journal);
  own_key_ = first_line(folder_ / "keys" / "log.vkey");
  return Done{};
}

std::uint64_t AuditInput::expected_records() const {
  if (export_) {
    return export_->stated().size;
  }
  const std::uint64_t next = journal_->head().next_position;
  const Result<Bytes> chunk = next == 0 ? fail(ErrorCode::not_found) : journal_->chunk(next - 1, 0);
  const auto header =
      chunk ? parse_frame_header(*chunk) : Result<ParsedFrameHeader>(fail(chunk.error()));
  return header && header->batches.size() == 1 ? header->batches.front().tree_size : 0;
}

Outcome AuditInput::check_anchor() const {
  if (export_) {
    return Done{};
  }
  const Result<std::unique_ptr<Anchor>> anchor = Anchor::open(folder_ / "anchor");
  if (!anchor) {
    return fail(anchor.error());
  }
  return check_against_anchor(*journal_, (*anchor)->newest());
}

}  // namespace juanzong::audit
