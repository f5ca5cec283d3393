// SPDX-License-Identifier: Apache-2.0
// JSON to event bodies and back, by the schema alone. Field names are those of the .fbs files,
// money is integer fen, dates are ISO texts, enumerators are named.
//
// A field of personal data is written with its value: {"subject": "<person id>", "value": "陈静"};
// an attachment with its content: {"subject": …, "file": "scan.png"} or {"subject": …, "text": …}.
// Both become commitments here; the openings and contents come back beside the body.
#pragma once

#include "events/model/ids.h"
#include "events/model/result.h"
#include "events/procedures/catalogue.h"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace flatbuffers {
class Parser;
}

namespace juanzong {

// One commitment to make: the field's place in the body, whose it is, and its value.
struct FieldValue {
  std::string path;
  PersonId subject;
  Bytes value;
};

// Content of an attachment that the client must upload before it appends.
struct AttachmentContent {
  BlobId blob;
  PersonId subject;
  Bytes content;
};

// What body_from_json asks of its caller: salts, ids and files are not its business.
struct BodyHooks {
  // The commitment for this value; the caller remembers salt and opening.
  std::function<crypto::Digest(const FieldValue&)> commit;
  std::function<BlobId()> new_blob_id;
  // Reads the named file; fails with not_found.
  std::function<Result<Bytes>(std::string_view file)> read_file;
};

struct JsonBody {
  Bytes body;
  std::vector<AttachmentContent> attachments;
};

// Keeps one FlatBuffers parser a schema. Not for two threads at once.
class BodyCodec {
 public:
  explicit BodyCodec(const Catalogue& catalogue);
  ~BodyCodec();
  BodyCodec(const BodyCodec&) = delete;
  BodyCodec& operator=(const BodyCodec&) = delete;

  // schema_violation names the field; malformed_request the place in the text.
  [[nodiscard]] Result<JsonBody> from_json(const CatalogueEntry& entry,
                                           std::string_view json,
                                           const BodyHooks& hooks);
  // The body must have passed inspect_body. Commitments print as their hashes.
  [[nodiscard]] std::string to_json(const CatalogueEntry& entry, ByteView body);

 private:
  flatbuffers::Parser& parser_of(const CatalogueEntry& entry);
  const Catalogue& catalogue_;
  std::map<std::string, std::unique_ptr<flatbuffers::Parser>> parsers_;
};

}  // namespace juanzong
