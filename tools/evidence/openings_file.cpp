// SPDX-License-Identifier: Apache-2.0
#include "tools/evidence/openings_file.h"

#include "crypto/hex.h"

#include "events/log/commitment.h"
#include "events/model/byte_io.h"

#include "tools/evidence/plain_number.h"

#include <algorithm>
#include <tuple>

namespace juanzong::evidence {
namespace {

constexpr std::string_view title = "juanzong/evidence-openings@v1";

// Up to the next blank, which is taken too.
std::string_view take_word(std::string_view& line) {
  const std::size_t blank = line.find(' ');
  const std::string_view word = line.substr(0, blank);
  line.remove_prefix(blank == std::string_view::npos ? line.size() : blank + 1);
  return word;
}

bool is_path(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '[' ||
           c == ']';
  });
}

std::optional<DisclosedField> read_field(std::string_view line) {
  const auto index = plain_number(take_word(line));
  const std::string_view path = take_word(line);
  const auto subject = hex16(take_word(line));
  const auto salt = crypto::digest_from_hex(take_word(line));
  auto value = crypto::hex_decode(line);
  if (!index || !is_path(path) || !subject || !salt || !value) {
    return std::nullopt;
  }
  return DisclosedField{
      RecordIndex{*index}, std::string(path), PersonId{*subject}, salt->bytes, *std::move(value)};
}

}  // namespace

std::string openings_text(const std::vector<DisclosedField>& fields) {
  std::string text(title);
  text.append("\n");
  for (const DisclosedField& field : fields) {
    text.append(std::to_string(number(field.index))).append(" ").append(field.path);
    text.append(" ").append(hex_of(field.subject.bytes));
    text.append(" ").append(crypto::hex_encode(field.salt));
    text.append(" ").append(crypto::hex_encode(field.value)).append("\n");
  }
  return text;
}

Result<std::vector<DisclosedField>> parse_openings(std::string_view text) {
  std::vector<DisclosedField> fields;
  std::size_t number = 1;
  for (std::string_view rest = text; !rest.empty(); ++number) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    auto field = number > 1 ? read_field(line) : std::nullopt;
    const bool good = number == 1 ? line == title
                                  : field && (fields.empty() ||
                                              std::tie(fields.back().index, fields.back().path) <
                                                  std::tie(field->index, field->path));
    if (!good || end == std::string_view::npos) {
      return fail(ErrorCode::malformed_request, "openings.txt:" + std::to_string(number));
    }
    if (field) {
      fields.push_back(*std::move(field));
    }
    rest.remove_prefix(end + 1);
  }
  return openings_text(fields) == text
             ? Result<std::vector<DisclosedField>>(std::move(fields))
             : fail(ErrorCode::malformed_request, "openings.txt:" + std::to_string(number));
}

// The commitment binds record, subject and path: that its 32 bytes stand in the statement is
// enough, and needs no schema.
bool is_committed(const RecordView& record, const DisclosedField& field) {
  const FieldPlace place{record.header.origin,
                         field.subject,
                         record.header.request_id,
                         record.statement_number,
                         field.path};
  const crypto::Digest wanted = commitment_of(place, field.salt, field.value);
  return !std::ranges::search(record.statement.body, wanted.view()).empty();
}

std::optional<AttachmentFacts> attachment_facts(ByteView value) {
  ByteReader in(value);
  AttachmentFacts facts;
  facts.digest = in.take_digest();
  facts.size = in.take<std::uint64_t>();
  if (!in.ok()) {
    return std::nullopt;
  }
  facts.media_type = text_of(value.subspan(in.position()));
  return facts;
}

}  // namespace juanzong::evidence
