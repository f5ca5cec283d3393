// SPDX-License-Identifier: Apache-2.0
#include "events/storage/durable_file.h"

#include "events/storage/file_failure.h"
#include "events/storage/new_file.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <string_view>
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

Outcome place(const std::filesystem::path& file, ByteView content, NewFile::Existing existing) {
  const Result<std::unique_ptr<NewFile>> made = NewFile::begin(file);
  if (!made) {
    return fail(made.error());
  }
  const Outcome written = (*made)->write(content);
  return written ? (*made)->place(existing) : written;
}

}  // namespace

Outcome write_file_durably(const std::filesystem::path& file, ByteView content) {
  return place(file, content, NewFile::Existing::replaced);
}

Outcome overwrite_file_durably(const std::filesystem::path& file, ByteView content) {
  const Descriptor before(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
  struct stat status {};
  if (!before.ok() || ::fstat(before.value(), &status) != 0) {
    return file_failure("opening", file);
  }
  if (Outcome placed = place(file, content, NewFile::Existing::replaced); !placed) {
    return placed;
  }
  const Bytes zeros(static_cast<std::size_t>(status.st_size), 0);
  if (!write_all(before.value(), zeros) || ::fdatasync(before.value()) != 0) {
    return file_failure("zeroing", file);
  }
  return Done{};
}

Outcome remove_unfinished_files(const std::filesystem::path& file) {
  const std::string prefix = file.filename().string() + std::string(NewFile::unfinished);
  std::error_code error;
  bool removed = false;
  for (std::filesystem::directory_iterator at(file.parent_path(), error), end; !error && at != end;
       at.increment(error)) {
    if (at->path().filename().string().starts_with(prefix)) {
      removed |= std::filesystem::remove(at->path(), error);
    }
  }
  if (error) {
    return fail(ErrorCode::io_failure, "removing " + prefix + "*: " + error.message());
  }
  return removed ? sync_folder(file.parent_path()) : Outcome(Done{});
}

Outcome create_file_durably(const std::filesystem::path& file, ByteView content) {
  return place(file, content, NewFile::Existing::kept);
}

Result<Bytes> read_file(const std::filesystem::path& file, std::size_t bytes_max) {
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!descriptor.ok()) {
    return errno == ENOENT ? fail(ErrorCode::not_found, file.filename().string())
                           : file_failure("opening", file);
  }
  Bytes content;
  std::array<std::uint8_t, 64UL * 1024> buffer{};
  for (;;) {
    const ssize_t got = ::read(descriptor.value(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return file_failure("reading", file);
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
    return file_failure("syncing", folder);
  }
  return Done{};
}

Outcome copy_file_synced(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code error;
  std::filesystem::copy_file(from, to, error);
  if (error) {
    errno = error.value();
    return file_failure("copying", from);
  }
  const Descriptor descriptor(::open(to.c_str(), O_RDONLY | O_CLOEXEC));
  if (!descriptor.ok() || ::fsync(descriptor.value()) != 0) {
    return file_failure("syncing", to);
  }
  return Done{};
}

Outcome exchange_folders(const std::filesystem::path& a, const std::filesystem::path& b) {
  if (::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) != 0) {
    return file_failure("exchanging", b);
  }
  return sync_folder(b.parent_path());
}

}  // namespace juanzong
