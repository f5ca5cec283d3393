// SPDX-License-Identifier: Apache-2.0
#include "events/storage/new_file.h"

#include "events/storage/durable_file.h"
#include "events/storage/file_failure.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace juanzong {

NewFile::NewFile(std::filesystem::path file, std::string temporary, int descriptor)
    : file_(std::move(file)), temporary_(std::move(temporary)), descriptor_(descriptor) {}

NewFile::~NewFile() {
  ::close(descriptor_);
  if (!temporary_.empty()) {
    ::unlink(temporary_.c_str());
  }
}

Result<std::unique_ptr<NewFile>> NewFile::begin(const std::filesystem::path& file) {
  std::string temporary = file.string() + std::string(unfinished) + "XXXXXX";
  const int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor < 0) {
    return file_failure("creating", file);
  }
  return std::unique_ptr<NewFile>(  // NOLINT: private constructor
      new NewFile(file, std::move(temporary), descriptor));
}

Outcome NewFile::write(ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return file_failure("writing", file_);
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return Done{};
}

Outcome NewFile::place(Existing existing) {
  if (::fsync(descriptor_) != 0) {
    return file_failure("writing", file_);
  }
  const unsigned flags = existing == Existing::kept ? RENAME_NOREPLACE : 0;
  if (::renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, file_.c_str(), flags) != 0) {
    return errno == EEXIST ? fail(ErrorCode::not_permitted, file_.filename().string() + " exists")
                           : file_failure("renaming", file_);
  }
  temporary_.clear();
  return sync_folder(file_.parent_path());
}

}  // namespace juanzong
