// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_file.h"

#include "crypto/private_key_pem.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace juanzong::crypto {
namespace {

class FileDescriptor {
 public:
  explicit FileDescriptor(int descriptor) : descriptor_(descriptor) {}
  ~FileDescriptor() {
    if (descriptor_ >= 0) {
      close(descriptor_);
    }
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  FileDescriptor(FileDescriptor&&) = delete;
  FileDescriptor& operator=(FileDescriptor&&) = delete;

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_;
};

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(descriptor, text.data(), text.size());
    if (count < 0 && errno != EINTR) {
      return false;
    }
    text.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  }
  return true;
}

// A new name survives a power failure only after its directory is synced.
bool sync_directory_of(const std::filesystem::path& path) {
  const std::filesystem::path parent = path.parent_path();
  const FileDescriptor directory{
      ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  return directory.is_open() && fsync(directory.get()) == 0;
}

std::optional<KeyFileError> create_file(const std::filesystem::path& path,
                                        mode_t mode,
                                        std::string_view text) {
  const FileDescriptor file{
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)};
  if (!file.is_open()) {
    return errno == EEXIST ? KeyFileError::already_exists : KeyFileError::io_failed;
  }
  // fchmod, because the umask may have taken bits away from the mode.
  if (fchmod(file.get(), mode) != 0 || !write_all(file.get(), text) || fsync(file.get()) != 0 ||
      !sync_directory_of(path)) {
    unlink(path.c_str());
    return KeyFileError::io_failed;
  }
  return std::nullopt;
}

std::optional<KeyFileError> check_private(const struct stat& status) {
  if (status.st_uid != geteuid()) {
    return KeyFileError::wrong_owner;
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return KeyFileError::permissions_too_open;
  }
  return std::nullopt;
}

std::optional<KeyFileError> read_all(int descriptor, std::string& text) {
  // One size for the whole buffer: growing would leave unwiped copies of a secret.
  text.resize(private_key_pem_size_bytes_max);
  std::size_t size_bytes = 0;
  while (size_bytes < text.size()) {
    const ssize_t count = read(descriptor, text.data() + size_bytes, text.size() - size_bytes);
    if (count == 0) {
      text.resize(size_bytes);
      return std::nullopt;
    }
    if (count < 0 && errno != EINTR) {
      return KeyFileError::io_failed;
    }
    size_bytes += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
  }
  return KeyFileError::malformed;
}

enum class Secrecy { secret, open };

std::optional<KeyFileError> read_file(const std::filesystem::path& path,
                                      Secrecy secrecy,
                                      std::string& text) {
  // O_NONBLOCK: a pipe in the key's place must be refused, not waited for.
  const FileDescriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (!file.is_open()) {
    return errno == ENOENT ? KeyFileError::missing : KeyFileError::io_failed;
  }
  struct stat status {};
  if (fstat(file.get(), &status) != 0) {
    return KeyFileError::io_failed;
  }
  if (!S_ISREG(status.st_mode)) {
    return KeyFileError::not_a_regular_file;
  }
  if (secrecy == Secrecy::secret) {
    if (const auto error = check_private(status)) {
      return error;
    }
  }
  return read_all(file.get(), text);
}

std::variant<PrivateKey, KeyFileError> key_of(std::string_view pem,
                                              const PassphraseSource& passphrase) {
  if (!is_encrypted_pem(pem)) {
    std::optional<PrivateKey> key = parse_pem(pem, nullptr);
    return key ? std::variant<PrivateKey, KeyFileError>(*std::move(key)) : KeyFileError::malformed;
  }
  const std::optional<Passphrase> given = passphrase ? passphrase() : std::nullopt;
  if (!given) {
    return KeyFileError::passphrase_needed;
  }
  std::optional<PrivateKey> key = parse_pem(pem, &*given);
  return key ? std::variant<PrivateKey, KeyFileError>(*std::move(key))
             : KeyFileError::wrong_passphrase;
}

}  // namespace

const char* name_of(KeyFileError error) {
  constexpr std::array<const char*, 9> names = {"missing",
                                                "already_exists",
                                                "io_failed",
                                                "not_a_regular_file",
                                                "wrong_owner",
                                                "permissions_too_open",
                                                "malformed",
                                                "passphrase_needed",
                                                "wrong_passphrase"};
  const auto index = static_cast<std::size_t>(error);
  return index < names.size() ? names[index] : "unknown";
}

std::optional<KeyFileError> write_private_key(const std::filesystem::path& path,
                                              const PrivateKey& key,
                                              const Passphrase* passphrase) {
  SecretText pem;
  write_pem(key, passphrase, pem);
  return create_file(path, S_IRUSR | S_IWUSR, pem.text);
}

std::optional<KeyFileError> replace_private_key(const std::filesystem::path& path,
                                                const PrivateKey& key,
                                                const Passphrase* passphrase) {
  const std::filesystem::path next = path.string() + ".next";
  if (const auto error = write_private_key(next, key, passphrase)) {
    return error;
  }
  if (rename(next.c_str(), path.c_str()) != 0 || !sync_directory_of(path)) {
    unlink(next.c_str());
    return KeyFileError::io_failed;
  }
  return std::nullopt;
}

std::variant<PrivateKey, KeyFileError> read_private_key(const std::filesystem::path& path,
                                                        const PassphraseSource& passphrase) {
  SecretText pem;
  if (const auto error = read_file(path, Secrecy::secret, pem.text)) {
    return *error;
  }
  return key_of(pem.text, passphrase);
}

std::variant<bool, KeyFileError> is_encrypted_key(const std::filesystem::path& path) {
  SecretText pem;
  if (const auto error = read_file(path, Secrecy::secret, pem.text)) {
    return *error;
  }
  return is_encrypted_pem(pem.text);
}

std::variant<Passphrase, KeyFileError> read_passphrase(const std::filesystem::path& path) {
  SecretText content;
  if (const auto error = read_file(path, Secrecy::secret, content.text)) {
    return *error;
  }
  const std::string_view line = content.text;
  std::optional<Passphrase> passphrase =
      Passphrase::create(line.substr(0, line.size() - (line.ends_with('\n') ? 1 : 0)));
  return passphrase && passphrase->text().find('\n') == std::string_view::npos
             ? std::variant<Passphrase, KeyFileError>(*std::move(passphrase))
             : KeyFileError::malformed;
}

std::optional<KeyFileError> write_verifier_key(const std::filesystem::path& path,
                                               const VerifierKey& key) {
  return create_file(path, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH, key.text() + '\n');
}

std::variant<VerifierKey, KeyFileError> read_verifier_key(const std::filesystem::path& path) {
  std::string text;
  if (const auto error = read_file(path, Secrecy::open, text)) {
    return *error;
  }
  const std::string_view line = text;
  std::optional<VerifierKey> key =
      VerifierKey::parse(line.substr(0, line.size() - (line.ends_with('\n') ? 1 : 0)));
  if (!key) {
    return KeyFileError::malformed;
  }
  return *std::move(key);
}

std::optional<VerifierKey> find_verifier_key(const std::string& key_or_file) {
  if (const auto key = VerifierKey::parse(key_or_file)) {
    return key;
  }
  auto read = read_verifier_key(key_or_file);
  auto* key = std::get_if<VerifierKey>(&read);
  return key == nullptr ? std::nullopt : std::optional<VerifierKey>(std::move(*key));
}

}  // namespace juanzong::crypto
