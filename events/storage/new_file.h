// SPDX-License-Identifier: Apache-2.0
// A file written piece by piece that is there whole or not at all after a crash: a temporary file
// beside it, mode 0600, renamed at the end. Errors as in durable_file.h.
#pragma once

#include "crypto/byte_view.h"

#include "events/model/result.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace juanzong {

class NewFile {
 public:
  // Between a file's name and the random end of the one that is to take its place.
  static constexpr std::string_view unfinished = ".new-";

  [[nodiscard]] static Result<std::unique_ptr<NewFile>> begin(const std::filesystem::path& file);
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  // Without place() nothing stays behind.
  ~NewFile();

  [[nodiscard]] Outcome write(ByteView bytes);
  enum class Existing : std::uint8_t { kept, replaced };
  // Synced, renamed, folder synced. `kept`: not_permitted if there is such a file. Once.
  [[nodiscard]] Outcome place(Existing existing);

 private:
  NewFile(std::filesystem::path file, std::string temporary, int descriptor);
  std::filesystem::path file_;
  std::string temporary_;  // empty once renamed
  int descriptor_;
};

}  // namespace juanzong
