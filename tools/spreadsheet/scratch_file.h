// SPDX-License-Identifier: Apache-2.0
// A file in memory for libraries that write to a path: personal data of a report touch no disk
// before the file that was asked for.
#pragma once

#include "crypto/byte_view.h"

#include "events/model/result.h"

#include <string>

namespace juanzong::spreadsheet {

class ScratchFile {
 public:
  ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  ~ScratchFile();

  // Of this process; empty if the file could not be made.
  [[nodiscard]] const std::string& path() const { return path_; }
  // io_failure.
  [[nodiscard]] Result<Bytes> content() const;

 private:
  int descriptor_;
  std::string path_;
};

}  // namespace juanzong::spreadsheet
