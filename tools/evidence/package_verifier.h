// SPDX-License-Identifier: Apache-2.0
// Checking an evidence package with nothing but its files and keys that were got elsewhere. The
// same checks in the same order as `verify.sh`; no key, no root is taken from the package.
//
//   1 MANIFEST fits the files, its signature the exporter's key
//   2 the checkpoint is signed by the log, and by the witnesses asked for
//   3 every stream is whole up to the day close, every record in the log
//   4 every record's statement stands under the bytes that its actors signed, with keys valid then
//   5 what is disclosed is what was committed to
//   6 the log has only grown since the checkpoint that the holder brought
#pragma once

#include "crypto/checkpoint.h"
#include "crypto/note_key.h"
#include "crypto/witness_policy.h"

#include "events/model/civil_time.h"
#include "events/model/result.h"

#include "tools/evidence/manifest.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace juanzong::evidence {

// What the verifier trusts; none of it comes from the package.
struct Trust {
  crypto::VerifierKey log;
  std::vector<crypto::VerifierKey> witnesses = {};  // all of them must have cosigned
  crypto::WitnessPolicy policy = {};                // and this must be satisfied
  // Time of an RFC 3161 token over the checkpoint's text, with the chain beside it in the package;
  // empty: time stamps are not judged.
  std::function<Result<UnixMicros>(ByteView token, ByteView chain, std::string_view text)>
      time_stamp = {};
};

struct Shown {
  std::string stream;
  std::vector<RecordIndex> records;  // of the stream, all there were
  CivilDate day;                     // up to whose end
  std::uint64_t size = 0;            // of the log then
  crypto::Checkpoint checkpoint;
  std::string exporter;                // staff
  std::size_t supporting = 0;          // records besides the stream's
  std::size_t unsigned_records = 0;    // that rest on the server's word
  std::size_t disclosed = 0;           // values
  std::optional<std::uint64_t> since;  // size of the holder's checkpoint
  crypto::Cosigners cosigners;         // of the witnesses asked for
  std::optional<UnixMicros> stamped;
};

// proof_invalid or malformed_request; `detail` says what does not hold, zh and en.
[[nodiscard]] Result<Shown> verify_package(const PackageFiles& files, const Trust& trust);

}  // namespace juanzong::evidence
