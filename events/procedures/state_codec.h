// SPDX-License-Identifier: Apache-2.0
// How a state becomes bytes and back. A state struct lists its fields once:
//
//   template <class Ar> void visit(Ar& ar) { ar(paid, payer, stage); }
//
// The encoding is canonical (fixed-width little-endian integers, u32 lengths, sets and maps in
// order), so equal states have equal bytes and a rebuild can be compared by digest. Fields are
// added at the end; a state whose fields change otherwise raises apply_version and the rows are
// rebuilt.
#pragma once

#include "events/model/byte_io.h"
#include "events/model/civil_time.h"
#include "events/model/ids.h"
#include "events/model/money.h"

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

namespace juanzong {

class StateEncoder {
 public:
  explicit StateEncoder(ByteWriter& out) : out_(out) {}
  template <class... Fields>
  void operator()(Fields&... fields) {
    (put(fields), ...);
  }

 private:
  template <std::integral T>
  void put(T& value) {
    out_.put(static_cast<std::uint64_t>(value));
  }
  template <class T>
  requires std::is_enum_v<T>
  void put(T& value) { out_.put(static_cast<std::uint64_t>(value)); }
  void put(Fen& fen) { out_.put_i64(fen.value); }
  void put(CivilDate& date) { out_.put_i64(date.days); }
  void put(CivilMonth& month) { out_.put_i64(month.months); }
  void put(UnixMicros& at) { out_.put_i64(at.value); }
  void put(crypto::Digest& digest) { out_.put(digest); }
  void put(std::string& text) { out_.put_sized<std::uint32_t>(bytes_of(text)); }
  template <std::size_t N>
  void put(std::array<std::uint8_t, N>& bytes) {
    out_.put(ByteView(bytes));
  }
  template <class T>
  void put(std::optional<T>& value) {
    out_.put(static_cast<std::uint8_t>(value.has_value()));
    if (value) {
      put(*value);
    }
  }
  template <class T>
  void put(std::vector<T>& list) {
    out_.put(static_cast<std::uint32_t>(list.size()));
    for (T& item : list) {
      put(item);
    }
  }
  template <class T>
  void put(std::set<T>& set) {
    out_.put(static_cast<std::uint32_t>(set.size()));
    for (const T& item : set) {
      T copy = item;
      put(copy);
    }
  }
  template <class K, class V>
  void put(std::map<K, V>& map) {
    out_.put(static_cast<std::uint32_t>(map.size()));
    for (auto& [key, value] : map) {
      K copy = key;
      put(copy);
      put(value);
    }
  }
  template <class T>
  requires requires(T& value, StateEncoder& ar) { value.visit(ar); }
  void put(T& value) { value.visit(*this); }

  ByteWriter& out_;
};

class StateDecoder {
 public:
  explicit StateDecoder(ByteView bytes) : in_(bytes) {}
  template <class... Fields>
  void operator()(Fields&... fields) {
    (take(fields), ...);
  }
  [[nodiscard]] bool finished() const { return in_.finished(); }

 private:
  template <std::integral T>
  void take(T& value) {
    value = static_cast<T>(in_.take<std::uint64_t>());
  }
  template <class T>
  requires std::is_enum_v<T>
  void take(T& value) { value = static_cast<T>(in_.take<std::uint64_t>()); }
  void take(Fen& fen) { fen.value = in_.take_i64(); }
  void take(CivilDate& date) { date.days = static_cast<std::int32_t>(in_.take_i64()); }
  void take(CivilMonth& month) { month.months = static_cast<std::int32_t>(in_.take_i64()); }
  void take(UnixMicros& at) { at.value = in_.take_i64(); }
  void take(crypto::Digest& digest) { digest = in_.take_digest(); }
  void take(std::string& text) { text = text_of(in_.take_sized<std::uint32_t>()); }
  template <std::size_t N>
  void take(std::array<std::uint8_t, N>& bytes) {
    bytes = in_.take_array<N>();
  }
  template <class T>
  void take(std::optional<T>& value) {
    value.reset();
    if (in_.take<std::uint8_t>() != 0) {
      take(value.emplace());
    }
  }
  template <class T>
  void take(std::vector<T>& list) {
    list.clear();
    const auto count = in_.take<std::uint32_t>();
    for (std::uint32_t i = 0; i < count && in_.ok(); ++i) {
      take(list.emplace_back());
    }
  }
  template <class T>
  void take(std::set<T>& set) {
    set.clear();
    const auto count = in_.take<std::uint32_t>();
    for (std::uint32_t i = 0; i < count && in_.ok(); ++i) {
      T item{};
      take(item);
      set.insert(std::move(item));
    }
  }
  template <class K, class V>
  void take(std::map<K, V>& map) {
    map.clear();
    const auto count = in_.take<std::uint32_t>();
    for (std::uint32_t i = 0; i < count && in_.ok(); ++i) {
      K key{};
      take(key);
      take(map[key]);
    }
  }
  template <class T>
  requires requires(T& value, StateDecoder& ar) { value.visit(ar); }
  void take(T& value) { value.visit(*this); }

  ByteReader in_;
};

}  // namespace juanzong
