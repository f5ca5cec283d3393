// SPDX-License-Identifier: Apache-2.0
// Where programs get the passphrase of a key file from, in this order: the file that was named; the
// systemd credential "juanzong.passphrase" ($CREDENTIALS_DIRECTORY, systemd.exec(5)); the terminal,
// where somebody sits at one. The environment names a folder at most, never the passphrase.
#pragma once

#include "crypto/key_file.h"
#include "crypto/passphrase.h"

#include "events/model/error.h"
#include "events/model/result.h"

#include <filesystem>
#include <string>

namespace juanzong {

inline constexpr const char* passphrase_credential = "juanzong.passphrase";

enum class AtTerminal { ask, never };

struct KeyAccess {
  std::string passphrase_file = {};  // "": none was named
  AtTerminal terminal = AtTerminal::never;
};

// What it asks at the terminal names `key_file`.
[[nodiscard]] crypto::PassphraseSource passphrase_source(const std::filesystem::path& key_file,
                                                         const KeyAccess& access);

// Asked on /dev/tty without echo; nullopt without a terminal, or if nothing usable was typed.
[[nodiscard]] std::optional<crypto::Passphrase> ask_passphrase(const std::string& prompt);

// "file: which rule", with the code that it has for users.
[[nodiscard]] Error error_of_key_file(crypto::KeyFileError error,
                                      const std::filesystem::path& file);

// The private key of a file with all of the above.
[[nodiscard]] Result<crypto::PrivateKey> load_private_key(const std::filesystem::path& file,
                                                          const KeyAccess& access);

}  // namespace juanzong
