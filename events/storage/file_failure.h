// SPDX-License-Identifier: Apache-2.0
// What errno says after a call on a file failed: storage_full or io_failure, with the step and the
// file's name. Included by .cpp files of this folder only.
#pragma once

#include "events/model/result.h"

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

namespace juanzong {

inline Failure file_failure(const char* doing, const std::filesystem::path& file) {
  const int error = errno;
  const bool full = error == ENOSPC || error == EDQUOT;
  const std::string why = std::error_code(error, std::generic_category()).message();
  return fail(full ? ErrorCode::storage_full : ErrorCode::io_failure,
              std::string(doing) + " " + file.filename().string() + ": " + why);
}

}  // namespace juanzong
