// SPDX-License-Identifier: Apache-2.0
#include "server/data/passphrase_source.h"

#include <cstdlib>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>
#include <variant>

namespace juanzong {
namespace {

// The terminal of the process, without echo until it is closed.
class QuietTerminal {
 public:
  QuietTerminal() : descriptor_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
    quiet_ = descriptor_ >= 0 && ::tcgetattr(descriptor_, &before_) == 0;
    if (quiet_) {
      termios silent = before_;
      silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
      silent.c_lflag |= ECHONL;
      quiet_ = ::tcsetattr(descriptor_, TCSAFLUSH, &silent) == 0;
    }
  }
  ~QuietTerminal() {
    if (quiet_) {
      ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
    }
    if (descriptor_ >= 0) {
      ::close(descriptor_);
    }
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;

  [[nodiscard]] bool is_quiet() const { return quiet_; }
  void say(std::string_view text) const {
    static_cast<void>(!::write(descriptor_, text.data(), text.size()));
  }
  // One line without its newline, into a buffer that never moves.
  [[nodiscard]] std::size_t read_line(std::span<char> into) const {
    std::size_t size = 0;
    while (size < into.size() && ::read(descriptor_, &into[size], 1) == 1 && into[size] != '\n') {
      ++size;
    }
    return size;
  }

 private:
  int descriptor_;
  termios before_{};
  bool quiet_ = false;
};

std::optional<crypto::Passphrase> passphrase_in(const std::filesystem::path& file) {
  auto read = crypto::read_passphrase(file);
  auto* passphrase = std::get_if<crypto::Passphrase>(&read);
  return passphrase == nullptr ? std::nullopt
                               : std::optional<crypto::Passphrase>(std::move(*passphrase));
}

}  // namespace

std::optional<crypto::Passphrase> ask_passphrase(const std::string& prompt) {
  const QuietTerminal terminal;
  if (!terminal.is_quiet()) {
    return std::nullopt;
  }
  terminal.say(prompt);
  std::array<char, crypto::Passphrase::size_bytes_max + 1> line{};
  const std::size_t size = terminal.read_line(line);
  auto passphrase = crypto::Passphrase::create({line.data(), size});
  crypto::wipe({reinterpret_cast<std::uint8_t*>(line.data()), line.size()});
  return passphrase;
}

crypto::PassphraseSource passphrase_source(const std::filesystem::path& key_file,
                                           const KeyAccess& access) {
  return [key_file, access]() -> std::optional<crypto::Passphrase> {
    if (!access.passphrase_file.empty()) {
      return passphrase_in(access.passphrase_file);
    }
    const char* const credentials = std::getenv("CREDENTIALS_DIRECTORY");
    if (credentials != nullptr) {
      if (auto given = passphrase_in(std::filesystem::path(credentials) / passphrase_credential)) {
        return given;
      }
    }
    return access.terminal == AtTerminal::ask
               ? ask_passphrase("口令 passphrase (" + key_file.string() + "): ")
               : std::nullopt;
  };
}

Error error_of_key_file(crypto::KeyFileError error, const std::filesystem::path& file) {
  std::string detail = file.string() + ": " + crypto::name_of(error);
  if (error == crypto::KeyFileError::passphrase_needed) {
    detail +=
        ";私钥已加密,请用 --passphrase-file 给出口令文件(0600) / the key is encrypted and there is "
        "no passphrase, or its file cannot be used: it is one line, mode 0600";
  } else if (error == crypto::KeyFileError::wrong_passphrase) {
    detail += ";口令不正确 / the passphrase is not the key's";
  }
  return {error == crypto::KeyFileError::permissions_too_open ? ErrorCode::key_file_permissions
                                                              : ErrorCode::environment,
          std::move(detail)};
}

Result<crypto::PrivateKey> load_private_key(const std::filesystem::path& file,
                                            const KeyAccess& access) {
  auto read = crypto::read_private_key(file, passphrase_source(file, access));
  if (const auto* error = std::get_if<crypto::KeyFileError>(&read)) {
    return fail(error_of_key_file(*error, file));
  }
  return std::get<crypto::PrivateKey>(std::move(read));
}

}  // namespace juanzong
