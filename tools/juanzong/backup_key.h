// SPDX-License-Identifier: Apache-2.0
// Recipient keys of backups in files: the private one is 32 bytes, mode 0600, and is kept offline;
// the public one is a line of text beside it, NAME.pub.
#pragma once

#include "crypto/recipient_key.h"

#include "events/model/result.h"

#include <filesystem>
#include <string>

namespace juanzong::cli {

// Makes NAME and NAME.pub; neither may exist.
[[nodiscard]] Result<crypto::RecipientKey> make_backup_key(const std::filesystem::path& name);
// As people give one: the key itself, or the name of a file that holds it. environment.
[[nodiscard]] Result<crypto::RecipientKey> find_recipient_key(const std::string& key_or_file);

}  // namespace juanzong::cli
