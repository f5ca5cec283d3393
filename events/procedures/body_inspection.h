// SPDX-License-Identifier: Apache-2.0
// Inspection of an event body at admission, before any rule sees it. Beyond the FlatBuffers
// verifier (bounds, offsets, termination) it refuses what the verifier lets pass: fields unknown to
// the schema, bytes that no field reaches, enumerators out of range, texts of the wrong format or
// not UTF-8, amounts out of range. On the way it collects the streams and commitments.
#pragma once

#include "crypto/digest.h"

#include "events/model/ids.h"
#include "events/model/result.h"
#include "events/procedures/event_schema.h"

#include <string>
#include <vector>

namespace juanzong {

struct CommitmentField {
  std::string path;  // "signatures[0].image"
  PersonId subject;
  crypto::Digest hash;
  bool is_attachment = false;
  BlobId blob;  // of an attachment
};

struct BodyFacts {
  std::vector<std::string> streams;  // ascending, each once
  std::vector<CommitmentField> commitments;
};

// schema_violation with the field's path in the detail; never a value.
[[nodiscard]] Result<BodyFacts> inspect_body(const EventDescriptor& event, ByteView body);

// Whether `text` has the format; `free` asks for UTF-8 without control characters.
[[nodiscard]] bool has_format(std::string_view text, TextFormat format);

}  // namespace juanzong
