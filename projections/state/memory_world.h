// SPDX-License-Identifier: Apache-2.0
// A world in memory: folds any sequence of records from nothing. As-of views fold an entity's
// streams into one; rule tests use it as the simple reference.
#pragma once

#include "events/procedures/world.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace juanzong {

struct Posting {
  PostingView view{};
  std::string account;
  std::int64_t delta = 0;
  CivilDate effective;
  bool operator==(const Posting&) const = default;
};

class MemoryWorld final : public WorldChange {
 public:
  explicit MemoryWorld(CivilZone zone = CivilZone()) : zone_(std::move(zone)) {}

  [[nodiscard]] const CivilZone& zone() const override { return zone_; }
  void erase(StateKind kind, std::string_view key) override;
  void post(PostingView view,
            std::string_view account,
            std::int64_t delta,
            CivilDate effective) override;
  [[nodiscard]] std::int64_t posted(PostingView view, std::string_view account) const override;
  void put_row(std::string_view list, std::string_view key, std::string_view value) override;

  [[nodiscard]] const std::vector<Posting>& postings() const { return postings_; }
  [[nodiscard]] const std::map<std::pair<std::string, std::string>, std::string>& rows() const {
    return rows_;
  }
  // Canonical bytes of every state, for comparisons.
  [[nodiscard]] std::map<std::pair<StateKind, std::string>, Bytes> encoded_states() const;

 private:
  [[nodiscard]] const StateBox* find_box(StateKind kind, std::string_view key) const override;
  StateBox& edit_box(StateKind kind,
                     std::string_view key,
                     std::unique_ptr<StateBox> (*make)()) override;

  CivilZone zone_;
  std::map<std::pair<StateKind, std::string>, std::unique_ptr<StateBox>> states_;
  std::map<std::pair<PostingView, std::string>, std::int64_t> totals_;
  std::vector<Posting> postings_;
  std::map<std::pair<std::string, std::string>, std::string> rows_;
};

}  // namespace juanzong
