// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/due_list.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr std::string_view hours_key = "due";
constexpr std::uint64_t parts = 16;
constexpr std::int64_t micros_per_hour = 3'600 * micros_per_second;

// FNV-1a: the same on every machine and for ever, since it stands in states.
std::uint64_t part_of(std::string_view key) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : key) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  return hash % parts;
}

std::uint64_t hour_of(UnixMicros at) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(at.value, 0) / micros_per_hour);
}

std::uint64_t number_of(const DueEntry& entry) {
  return hour_of(entry.at) * parts + part_of(entry.key);
}

UnixMicros begin_of(std::uint64_t number) {
  return {static_cast<std::int64_t>(number / parts) * micros_per_hour};
}

}  // namespace

void add_due(const DueEntry& entry, WorldChange& world) {
  const std::uint64_t number = number_of(entry);
  auto& entries = world.edit<DueHourState>(std::to_string(number)).entries;
  const bool is_first = entries.empty();
  entries.insert(entry);
  if (is_first) {
    world.edit<DueHoursState>(hours_key).numbers.insert(number);
  }
}

void remove_due(const DueEntry& entry, WorldChange& world) {
  const std::uint64_t number = number_of(entry);
  const std::string key = std::to_string(number);
  const auto* found = world.find<DueHourState>(key);
  if (found == nullptr || !found->entries.contains(entry)) {
    return;
  }
  auto& entries = world.edit<DueHourState>(key).entries;
  entries.erase(entry);
  if (entries.empty()) {
    world.erase(StateKind::due_hour, key);
    world.edit<DueHoursState>(hours_key).numbers.erase(number);
  }
}

// Asked before every request: the parts of the first hour, and of each only the first entry.
bool is_anything_due(const World& world, UnixMicros moment) {
  const auto* hours = world.find<DueHoursState>(hours_key);
  if (hours == nullptr) {
    return false;
  }
  for (const std::uint64_t number : hours->numbers) {
    if (begin_of(number) >= moment) {
      return false;
    }
    if (world.find<DueHourState>(std::to_string(number))->entries.begin()->at < moment) {
      return true;
    }
  }
  return false;
}

std::vector<DueEntry> due_before(const World& world, UnixMicros moment, std::size_t most) {
  std::vector<DueEntry> due;
  const auto* hours = world.find<DueHoursState>(hours_key);
  if (hours == nullptr) {
    return due;
  }
  UnixMicros hour{};
  for (const std::uint64_t number : hours->numbers) {
    const UnixMicros begin = begin_of(number);
    // Parts of an hour overlap, hours do not.
    if (begin >= moment || (due.size() >= most && begin != hour)) {
      break;
    }
    hour = begin;
    std::size_t taken = 0;
    for (const DueEntry& entry : world.find<DueHourState>(std::to_string(number))->entries) {
      if (entry.at >= moment || taken++ == most) {
        break;
      }
      due.push_back(entry);
    }
  }
  std::ranges::sort(due);
  due.resize(std::min(due.size(), most));
  return due;
}

}  // namespace juanzong
