// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/ledger_key.h"

#include "crypto/key_file.h"
#include "crypto/signed_note.h"

#include "events/storage/durable_file.h"

namespace juanzong::cli {

Result<crypto::VerifierKey> verifier_key_of(const OfflineLedger& ledger) {
  const auto key = crypto::VerifierKey::parse(ledger.entry().verifier_key);
  return key ? Result<crypto::VerifierKey>(*key)
             : fail(ErrorCode::corruption, "record 0: verifier key");
}

Result<crypto::VerifierKey> read_verifier_key(const std::string& value) {
  const auto key = crypto::find_verifier_key(value);
  return key ? Result<crypto::VerifierKey>(*key)
             : fail(ErrorCode::environment, "--vkey: neither a key nor a file with one");
}

Result<std::string> read_note(const std::string& file) {
  const Result<Bytes> bytes = read_file(file, crypto::note_size_bytes_max);
  return bytes ? Result<std::string>(std::string(text_of(ByteView(*bytes))))
               : fail(ErrorCode::environment, file + ": cannot be read");
}

}  // namespace juanzong::cli
