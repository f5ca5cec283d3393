// SPDX-License-Identifier: Apache-2.0
#include "projections/state/memory_world.h"

namespace juanzong {

const StateBox* MemoryWorld::find_box(StateKind kind, std::string_view key) const {
  const auto found = states_.find({kind, std::string(key)});
  return found == states_.end() ? nullptr : found->second.get();
}

StateBox& MemoryWorld::edit_box(StateKind kind,
                                std::string_view key,
                                std::unique_ptr<StateBox> (*make)()) {
  auto& box = states_[{kind, std::string(key)}];
  if (!box) {
    box = make();
  }
  return *box;
}

void MemoryWorld::erase(StateKind kind, std::string_view key) {
  states_.erase({kind, std::string(key)});
}

void MemoryWorld::post(PostingView view,
                       std::string_view account,
                       std::int64_t delta,
                       CivilDate effective) {
  postings_.push_back({view, std::string(account), delta, effective});
  totals_[{view, std::string(account)}] += delta;
}

std::int64_t MemoryWorld::posted(PostingView view, std::string_view account) const {
  const auto found = totals_.find({view, std::string(account)});
  return found == totals_.end() ? 0 : found->second;
}

void MemoryWorld::put_row(std::string_view list, std::string_view key, std::string_view value) {
  rows_[{std::string(list), std::string(key)}] = value;
}

std::map<std::pair<StateKind, std::string>, Bytes> MemoryWorld::encoded_states() const {
  std::map<std::pair<StateKind, std::string>, Bytes> states;
  for (const auto& [key, box] : states_) {
    states.emplace(key, encoded(*box));
  }
  return states;
}

}  // namespace juanzong
