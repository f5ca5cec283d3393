// SPDX-License-Identifier: Apache-2.0
// Files that are there whole or not at all after a crash. No exceptions; errors are io_failure,
// storage_full, or what the function says.
#pragma once

#include "crypto/byte_view.h"

#include "events/model/result.h"

#include <cstddef>
#include <filesystem>

namespace juanzong {

// Temporary file beside it, synced, renamed over `file`, folder synced: a crash leaves the old or
// the new content. Mode 0600.
[[nodiscard]] Outcome write_file_durably(const std::filesystem::path& file, ByteView content);
// The same, and the bytes that the file had before are zeroed on disk, as far as the file system
// writes in place: for files of keys, where what is gone must not be found in free blocks.
[[nodiscard]] Outcome overwrite_file_durably(const std::filesystem::path& file, ByteView content);
// What writes of the file that a crash interrupted left beside it. Only where nobody writes it.
[[nodiscard]] Outcome remove_unfinished_files(const std::filesystem::path& file);
// The same as write_file_durably(), but an existing file is kept: not_permitted.
[[nodiscard]] Outcome create_file_durably(const std::filesystem::path& file, ByteView content);

// not_found; limit_exceeded above `bytes_max`.
[[nodiscard]] Result<Bytes> read_file(const std::filesystem::path& file, std::size_t bytes_max);

[[nodiscard]] Outcome sync_folder(const std::filesystem::path& folder);
// Copies content, synced; not the folder.
[[nodiscard]] Outcome copy_file_synced(const std::filesystem::path& from,
                                       const std::filesystem::path& to);
// Both exist afterwards under each other's name, in one step of the file system.
[[nodiscard]] Outcome exchange_folders(const std::filesystem::path& a,
                                       const std::filesystem::path& b);

}  // namespace juanzong
