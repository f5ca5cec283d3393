// SPDX-License-Identifier: Apache-2.0
#include "server/wire/wire_reader.h"

#include "server/wire/utf8.h"

#include <string_view>

namespace juanzong {

std::string WireReader::text(const flatbuffers::String* text, const char* field) {
  if (text == nullptr || !spend(text->size())) {
    return {};
  }
  const std::string_view view(text->c_str(), text->size());
  if (!is_utf8(view)) {
    fail(field, "not UTF-8");
    return {};
  }
  return std::string(view);
}

Bytes WireReader::bytes(const ByteVector* vector) {
  return vector == nullptr || !spend(vector->size())
             ? Bytes()
             : Bytes(vector->data(), vector->data() + vector->size());
}

std::optional<CivilDate> WireReader::date(const flatbuffers::String* text, const char* field) {
  if (text == nullptr || text->size() == 0) {
    return std::nullopt;
  }
  const auto date = parse_date({text->c_str(), text->size()});
  if (!date) {
    fail(field, "not a date");
  }
  return date;
}

void WireReader::fail(const char* field, const char* what) {
  if (problem_.empty()) {
    problem_ = std::string(field) + ": " + what;
  }
}

bool WireReader::spend(std::size_t bytes) {
  if (bytes > bytes_left_) {
    fail("frame", "fields share bytes");
    return false;
  }
  bytes_left_ -= bytes;
  return true;
}

}  // namespace juanzong
