// SPDX-License-Identifier: Apache-2.0
// Keys in files. Private Ed25519 keys are PKCS#8 PEM, encrypted or not (private_key_pem.h),
// readable by OpenSSL's tools and protected by the file's owner and mode; verifier keys are one
// line of text.
#pragma once

#include "crypto/note_key.h"
#include "crypto/passphrase.h"
#include "crypto/signature.h"

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

namespace juanzong::crypto {

enum class KeyFileError {
  missing,
  already_exists,
  io_failed,
  not_a_regular_file,
  wrong_owner,           // the file belongs to another user than the process runs as
  permissions_too_open,  // group or others have some permission on a private key
  malformed,
  passphrase_needed,  // the key is encrypted and nobody gave a passphrase
  wrong_passphrase,   // or the file is damaged
};

// The rule's name as in the enumeration, for messages.
[[nodiscard]] const char* name_of(KeyFileError error);

// Creates the file with mode 0600 and never replaces one. Once it returns no error, file and
// directory entry are on disk; a failed write leaves no file behind.
// `passphrase` null: in the clear.
[[nodiscard]] std::optional<KeyFileError> write_private_key(const std::filesystem::path& path,
                                                            const PrivateKey& key,
                                                            const Passphrase* passphrase = nullptr);
// The same over an existing file: a crash leaves the old or the new one, and at worst PATH.next,
// which must not be there before (already_exists).
[[nodiscard]] std::optional<KeyFileError> replace_private_key(const std::filesystem::path& path,
                                                              const PrivateKey& key,
                                                              const Passphrase* passphrase);

// Owner and mode are checked on the opened file, before its content is read.
[[nodiscard]] std::variant<PrivateKey, KeyFileError> read_private_key(
    const std::filesystem::path& path, const PassphraseSource& passphrase = {});
// Whether a passphrase is needed to read it.
[[nodiscard]] std::variant<bool, KeyFileError> is_encrypted_key(const std::filesystem::path& path);

// One line, with or without its newline, of a file that must be as private as a key.
[[nodiscard]] std::variant<Passphrase, KeyFileError> read_passphrase(
    const std::filesystem::path& path);

// Likewise with mode 0644 and without checks of owner and mode: the key is public, and whoever can
// replace it could as well replace the program's configuration.
[[nodiscard]] std::optional<KeyFileError> write_verifier_key(const std::filesystem::path& path,
                                                             const VerifierKey& key);

// One line, with or without its newline.
[[nodiscard]] std::variant<VerifierKey, KeyFileError> read_verifier_key(
    const std::filesystem::path& path);
// As people give one: the key itself, or the name of a file that holds it.
[[nodiscard]] std::optional<VerifierKey> find_verifier_key(const std::string& key_or_file);

}  // namespace juanzong::crypto
