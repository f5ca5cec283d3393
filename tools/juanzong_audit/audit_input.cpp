// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/audit_input.h"

#include "events/storage/durable_file.h"
#include "events/storage/rocksdb_journal.h"

#include "tools/juanzong_audit/ledger_finder.h"

#include <algorithm>
#include <system_error>
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
  input->own_keys_ = {first_line(folder / "juanzong" / "log.vkey")};
  return input;
}

Outcome AuditInput::open_data() {
  Result<std::unique_ptr<Journal>> journal = open_rocksdb_journal_read_only(folder_ / "log");
  if (!journal) {
    return fail(journal.error());
  }
  journal_ = std::move(*journal);
  // keys/log.vkey of the first ledger, keys/NAME.log.vkey of the others.
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(folder_ / "keys", error)) {
    if (file.path().extension() == ".vkey") {
      own_keys_.push_back(first_line(file.path()));
    }
  }
  return Done{};
}

std::string AuditInput::own_key(std::string_view origin) const {
  if (export_) {
    return own_keys_.front();
  }
  const std::string prefix = std::string(origin) + "+";
  const auto found = std::ranges::find_if(
      own_keys_, [&prefix](const std::string& key) { return key.starts_with(prefix); });
  return found == own_keys_.end() ? std::string() : *found;
}

std::uint64_t AuditInput::expected_records(std::optional<LedgerId> ledger) const {
  if (export_) {
    return export_->stated().size;
  }
  ledger = ledger ? ledger : first_ledger(*journal_);
  const std::uint64_t next = journal_->head().next_position;
  const Result<Bytes> chunk = next == 0 ? fail(ErrorCode::not_found) : journal_->chunk(next - 1, 0);
  const auto header =
      chunk ? parse_frame_header(*chunk) : Result<ParsedFrameHeader>(fail(chunk.error()));
  if (!header || !ledger) {
    return 0;
  }
  const auto batch = std::ranges::find(header->batches, *ledger, &BatchHead::ledger);
  return batch == header->batches.end() ? 0 : batch->tree_size;
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
