// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/ledger_key.h"

#include "crypto/key_file.h"
#include "crypto/signed_note.h"

#include "events/log/record.h"
#include "events/storage/durable_file.h"

#include "projections/state/genesis.h"

#include <variant>

namespace juanzong::cli {

Result<crypto::VerifierKey> verifier_key_of(const OfflineLedger& ledger) {
  const auto file = crypto::read_verifier_key(ledger.paths().keys / "log.vkey");
  const auto* own = std::get_if<crypto::VerifierKey>(&file);
  if (own != nullptr && own->name() == ledger.head().origin) {
    return *own;
  }
  const Result<Bytes> bytes = ledger.reader().record(RecordIndex{0});
  const Result<RecordView> record =
      bytes ? parse_record(*bytes) : Result<RecordView>(fail(bytes.error()));
  const Result<GenesisFacts> facts =
      record ? read_genesis(record->statement.body) : Result<GenesisFacts>(fail(record.error()));
  if (!facts) {
    return fail(facts.error());
  }
  const auto key = crypto::VerifierKey::parse(facts->verifier_key);
  return key ? Result<crypto::VerifierKey>(*key)
             : fail(ErrorCode::corruption, "record 0: verifier key");
}

Result<std::string> read_note(const std::string& file) {
  const Result<Bytes> bytes = read_file(file, crypto::note_size_bytes_max);
  return bytes ? Result<std::string>(std::string(text_of(ByteView(*bytes))))
               : fail(ErrorCode::environment, file + ": cannot be read");
}

}  // namespace juanzong::cli
