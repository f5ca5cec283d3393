// SPDX-License-Identifier: Apache-2.0
// Compact tables for verifiers: open addressing, no deletion, no node per entry. Ten million
// request ids take 320 MB at most, streams 32 bytes each and their names.
#pragma once

#include "events/model/ids.h"

#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace juanzong {

class RequestIdSet {
 public:
  RequestIdSet() : slots_(1024) {}

  // False if it was there.
  bool insert(const RequestId& id) {
    if (id == RequestId{}) {
      return !std::exchange(has_zero_, true);
    }
    if (2 * (count_ + 1) > slots_.size()) {
      grow();
    }
    RequestId& slot = slots_[find(slots_, id)];
    if (slot == id) {
      return false;
    }
    slot = id;
    ++count_;
    return true;
  }

 private:
  // The tail of a UUIDv7 is random; the head adds the time.
  static std::size_t hash(const RequestId& id) {
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    std::memcpy(&head, id.bytes.data(), 8);
    std::memcpy(&tail, id.bytes.data() + 8, 8);
    std::uint64_t mixed = (head ^ (tail * 0x9E37'79B9'7F4A'7C15U)) * 0xBF58'476D'1CE4'E5B9U;
    return mixed ^ (mixed >> 32U);
  }
  static std::size_t find(const std::vector<RequestId>& slots, const RequestId& id) {
    std::size_t at = hash(id) & (slots.size() - 1);
    while (slots[at] != RequestId{} && slots[at] != id) {
      at = (at + 1) & (slots.size() - 1);
    }
    return at;
  }
  void grow() {
    std::vector<RequestId> wider(slots_.size() * 2);
    for (const RequestId& id : slots_) {
      if (id != RequestId{}) {
        wider[find(wider, id)] = id;
      }
    }
    slots_ = std::move(wider);
  }

  std::vector<RequestId> slots_;
  std::size_t count_ = 0;
  bool has_zero_ = false;
};

class StreamTable {
 public:
  struct Head {
    std::uint64_t version = 0;
    std::uint64_t last = number(no_index);
  };

  StreamTable() : slots_(1024) {}

  // The head of the stream; a new one has version 0. Valid until the next call.
  Head& at(std::string_view name) {
    if (2 * (count_ + 1) > slots_.size()) {
      grow();
    }
    const std::uint64_t hash = std::hash<std::string_view>{}(name) | 1U;
    Slot& slot = slots_[find(hash, name)];
    if (slot.hash == 0) {
      slot = {hash, names_.size(), {}};
      names_.push_back(static_cast<char>(name.size()));
      names_.append(name);
      ++count_;
    }
    return slot.head;
  }
  [[nodiscard]] std::size_t size() const { return count_; }

 private:
  struct Slot {
    std::uint64_t hash = 0;  // never 0 when used
    std::uint64_t name_at = 0;
    Head head;
  };
  [[nodiscard]] std::string_view name_of(const Slot& slot) const {
    const auto length = static_cast<unsigned char>(names_[slot.name_at]);
    return std::string_view(names_).substr(slot.name_at + 1, length);
  }
  [[nodiscard]] std::size_t find(std::uint64_t hash, std::string_view name) const {
    std::size_t at = (hash >> 1U) & (slots_.size() - 1);
    while (slots_[at].hash != 0 && (slots_[at].hash != hash || name_of(slots_[at]) != name)) {
      at = (at + 1) & (slots_.size() - 1);
    }
    return at;
  }
  void grow() {
    std::vector<Slot> wider(slots_.size() * 2);
    for (const Slot& slot : slots_) {
      std::size_t at = (slot.hash >> 1U) & (wider.size() - 1);
      while (slot.hash != 0 && wider[at].hash != 0) {
        at = (at + 1) & (wider.size() - 1);
      }
      if (slot.hash != 0) {
        wider[at] = slot;
      }
    }
    slots_ = std::move(wider);
  }

  std::vector<Slot> slots_;
  std::string names_;
  std::size_t count_ = 0;
};

}  // namespace juanzong
