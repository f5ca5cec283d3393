// SPDX-License-Identifier: Apache-2.0
// WireReader: copies the fields of one verified message. It collects the first thing that is
// wrong; fields after it read as empty, and the message is thrown away at the end. It also holds
// the copies to the size of the frame: many tables may point at one byte field, and 1 MiB must not
// become gigabytes.
#pragma once

#include "crypto/byte_view.h"

#include "events/model/civil_time.h"

#include <flatbuffers/flatbuffers.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace juanzong {

class WireReader {
 public:
  using ByteVector = flatbuffers::Vector<std::uint8_t>;

  explicit WireReader(std::size_t bytes_max) : bytes_left_(bytes_max) {}

  // UTF-8, or empty if absent.
  [[nodiscard]] std::string text(const flatbuffers::String* text, const char* field);
  [[nodiscard]] Bytes bytes(const ByteVector* vector);
  template <std::size_t N>
  [[nodiscard]] std::array<std::uint8_t, N> array(const ByteVector* vector, const char* field) {
    std::array<std::uint8_t, N> out{};
    if (vector == nullptr || vector->size() != N) {
      fail(field, "wrong length");
      return out;
    }
    std::copy_n(vector->data(), N, out.begin());
    return out;
  }
  // Nothing if absent or empty.
  [[nodiscard]] std::optional<CivilDate> date(const flatbuffers::String* text, const char* field);

  void fail(const char* field, const char* what);
  // Empty while nothing is wrong.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  [[nodiscard]] bool spend(std::size_t bytes);

  std::size_t bytes_left_;
  std::string problem_;
};

// The verifier lets an absent list pass; it is an empty one.
template <class Table, class Function>
void for_each(const flatbuffers::Vector<flatbuffers::Offset<Table>>* list, Function&& function) {
  if (list != nullptr) {
    for (const Table* item : *list) {
      function(*item);
    }
  }
}

}  // namespace juanzong
