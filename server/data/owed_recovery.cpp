// SPDX-License-Identifier: Apache-2.0
#include "server/data/owed_recovery.h"

#include "crypto/signed_note.h"

#include "events/storage/durable_file.h"

#include <system_error>

namespace juanzong {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& root) {
  return root / "recovery";
}

fs::path file_of(const fs::path& root, const LedgerId& ledger) {
  return folder_of(root) / hex_of(ledger.bytes);
}

}  // namespace

// A folder that cannot be looked into counts as owing.
bool owes_recovery(const fs::path& root) {
  std::error_code error;
  if (!fs::exists(folder_of(root), error) && !error) {
    return false;
  }
  return !fs::is_empty(folder_of(root), error) || error;
}

Result<std::string> owed_checkpoint(const fs::path& root, const LedgerId& ledger) {
  const Result<Bytes> note = read_file(file_of(root, ledger), crypto::note_size_bytes_max);
  return note ? Result<std::string>(std::string(text_of(ByteView(*note)))) : fail(note.error());
}

Outcome owe_recovery(const fs::path& root, const LedgerId& ledger, std::string_view checkpoint) {
  std::error_code error;
  fs::create_directory(folder_of(root), error);
  if (error) {
    return fail(ErrorCode::io_failure, folder_of(root).string());
  }
  const Outcome written = create_file_durably(file_of(root, ledger), bytes_of(checkpoint));
  return written ? sync_folder(root) : written;
}

Outcome strike_off_recovery(const fs::path& root, const LedgerId& ledger) {
  std::error_code error;
  const bool removed = fs::remove(file_of(root, ledger), error);
  if (!removed && !error) {
    return Done{};
  }
  return error ? Outcome(fail(ErrorCode::io_failure, file_of(root, ledger).string()))
               : sync_folder(folder_of(root));
}

}  // namespace juanzong
