// SPDX-License-Identifier: Apache-2.0
#include "events/storage/durable_file.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace juanzong {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) {
      ::close(value_);
    }
  }
  [[nodiscard]] int value() const { return value_; }
  [[nodiscard]] bool ok() const { return value_ >= 0; }

 private:
  int value_;
};

Failure failure(const char* doing, const std::filesystem::path& file) {
  const int error = errno;
  const bool full = error == ENOSPC || error == EDQUOT;
  const std::string why = std::error_code(error, std::generic_category()).message();
  return fail(full ? ErrorCode::storage_full : ErrorCode::io_failure,
              std::string(doing) + " " + file.filename().string() + ": " + why);
}

bool write_all(int descriptor, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return false;
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

Outcome rename_new(const std::string& from, const std::filesystem::path& to, unsigned flags) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags) == 0) {
    return Done{};
  }
  return errno == EEXIST ? fail(ErrorCode::not_permitted, to.filename().string() + " exists")
                         : failure("renaming", to);
}

Outcome place(const std::filesystem::path& file, ByteView content, unsigned rename_flags) {
  std::string temporary = file.string() + ".new-XXXXXX";
  const Descriptor descriptor(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!descriptor.ok()) {
    return failure("creating", file);
  }
  Outcome placed = Done{};
  if (!write_all(descriptor.value(), content) || ::fsync(descriptor.value()) != 0) {
    placed = failure("writing", file);
  } else {
    placed = rename_new(temporary, file, rename_flags);
  }
  if (!placed) {
    ::unlink(temporary.c_str());
    return placed;
  }
  return sync_folder(file.parent_path());
}

}  // namespace

Outcome write_file_durably(const std::filesystem::path& file, ByteView content) {
  return place(file, content, 0);
}

Outcome create_file_durably(const std::filesystem::path& file, ByteView content) {
  return place(file, content, RENAME_NOREPLACE);
}

Result<Bytes> read_file(const std::filesystem::path& file, std::size_t bytes_max) {
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!descriptor.ok()) {
    return errno == ENOENT ? fail(ErrorCode::not_found, file.filename().string())
                           : failure("opening", file);
  }
  Bytes content;
  std::array<std::uint8_t, 64UL * 1024> buffer{};
  for (;;) {
    const ssize_t got = ::read(descriptor.value(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return failure("reading", file);
    }
    if (got == 0) {
      return content;
    }
    content.insert(content.end(), buffer.begin(), buffer.begin() + got);
    if (content.size() > bytes_max) {
      return fail(ErrorCode::limit_exceeded, file.filename().string());
    }
  }
}

Outcome sync_folder(const std::filesystem::path& folder) {
  const Descriptor descriptor(
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor.ok() || ::fsync(descriptor.value()) != 0) {
    return failure("syncing", folder);
  }
  return Done{};
}

Outcome copy_file_synced(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code error;
  std::filesystem::copy_file(from, to, error);
  if (error) {
    errno = error.value();
    return failure("copying", from);
  }
  const Descriptor descriptor(::open(to.c_str(), O_RDONLY | O_CLOEXEC));
  if (!descriptor.ok() || ::fsync(descriptor.value()) != 0) {
    return failure("syncing", to);
  }
  return Done{};
}

Outcome exchange_folders(const std::filesystem::path& a, const std::filesystem::path& b) {
  if (::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) != 0) {
    return failure("exchanging", b);
  }
  return sync_folder(b.parent_path());
}

}  // namespace juanzong
