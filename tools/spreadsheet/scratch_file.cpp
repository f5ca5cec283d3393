// SPDX-License-Identifier: Apache-2.0
#include "tools/spreadsheet/scratch_file.h"

#include <sys/mman.h>
#include <unistd.h>

namespace juanzong::spreadsheet {

ScratchFile::ScratchFile() : descriptor_(::memfd_create("juanzong", MFD_CLOEXEC)) {
  if (descriptor_ >= 0) {
    path_ = "/proc/self/fd/" + std::to_string(descriptor_);
  }
}

ScratchFile::~ScratchFile() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

Result<Bytes> ScratchFile::content() const {
  const off_t size = ::lseek(descriptor_, 0, SEEK_END);
  Bytes bytes(size > 0 ? static_cast<std::size_t>(size) : 0);
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count =
        ::pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
    if (count <= 0) {
      return fail(ErrorCode::io_failure, "xlsx");
    }
    done += static_cast<std::size_t>(count);
  }
  return bytes;
}

}  // namespace juanzong::spreadsheet
