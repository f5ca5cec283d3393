// SPDX-License-Identifier: Apache-2.0
// openings.txt of an evidence package: the values that are disclosed, with what shows that the
// records committed to them (docs/FORMATS.md, section 5). Whatever is not listed stays closed.
//
//   "juanzong/evidence-openings@v1\n"
//   index " " path " " subject (32 hex) " " salt (64 hex) " " value (hex) "\n"   ascending
#pragma once

#include "events/log/record.h"
#include "events/model/ids.h"
#include "events/model/result.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::evidence {

struct DisclosedField {
  RecordIndex index{};
  std::string path;
  PersonId subject;
  std::array<std::uint8_t, 32> salt{};
  Bytes value;
  bool operator==(const DisclosedField&) const = default;
};

// `fields` ascend by index, then path.
[[nodiscard]] std::string openings_text(const std::vector<DisclosedField>& fields);
// malformed_request names the line. Accepts exactly what openings_text() writes.
[[nodiscard]] Result<std::vector<DisclosedField>> parse_openings(std::string_view text);

// Whether the record's statement holds the commitment to this value at its place.
[[nodiscard]] bool is_committed(const RecordView& record, const DisclosedField& field);

// The file that an attachment's value commits to; nullopt: the value is none of an attachment.
struct AttachmentFacts {
  crypto::Digest digest;
  std::uint64_t size = 0;
  std::string media_type;
};
[[nodiscard]] std::optional<AttachmentFacts> attachment_facts(ByteView value);

}  // namespace juanzong::evidence
