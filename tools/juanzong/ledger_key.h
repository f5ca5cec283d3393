// SPDX-License-Identifier: Apache-2.0
// The verifier key of a ledger in a data directory, and notes in files.
#pragma once

#include "crypto/note_key.h"

#include "events/model/result.h"

#include "tools/juanzong/offline_ledger.h"

#include <string>

namespace juanzong::cli {

// Of the log, for the origin in force.
[[nodiscard]] Result<crypto::VerifierKey> verifier_key_of(const OfflineLedger& ledger);

// crypto::find_verifier_key(); environment otherwise.
[[nodiscard]] Result<crypto::VerifierKey> read_verifier_key(const std::string& value);

// environment if the file cannot be read.
[[nodiscard]] Result<std::string> read_note(const std::string& file);

}  // namespace juanzong::cli
