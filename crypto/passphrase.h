// SPDX-License-Identifier: Apache-2.0
// Passphrases of key files: from a file, a credential or a terminal; never from the command line or
// an environment variable, which other processes can read.
#pragma once

#include "crypto/byte_view.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong::crypto {

// Move-only text; wiped whatever way it goes out of scope.
class Passphrase {
 public:
  static constexpr std::size_t size_bytes_max = 512;

  // nullopt: empty, longer than the limit, or with a byte 0.
  [[nodiscard]] static std::optional<Passphrase> create(std::string_view text);
  ~Passphrase();
  Passphrase(const Passphrase&) = delete;
  Passphrase& operator=(const Passphrase&) = delete;
  Passphrase(Passphrase&& other) noexcept;
  Passphrase& operator=(Passphrase&& other) noexcept;

  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  Passphrase() = default;
  std::string text_;
};

// Asked once, and only for a file that is encrypted; nullopt: there is none to be had.
using PassphraseSource = std::function<std::optional<Passphrase>()>;

}  // namespace juanzong::crypto
