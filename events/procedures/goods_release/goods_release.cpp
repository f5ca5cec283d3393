// SPDX-License-Identifier: Apache-2.0
// The procedure's row for the catalogue, the stage of a slip, and what its lists of items say.
#include "events/procedures/goods_release/goods_release.h"

#include "events/procedures/goods_release/goods_release_schema.h"
#include "events/procedures/goods_release/rules.h"
#include "events/procedures/joined_handlers.h"
#include "events/procedures/policy.h"

#include <algorithm>
#include <array>
#include <set>

namespace juanzong {
namespace {

constexpr std::array<std::string_view, 6> stages{
    "NONE", "REQUESTED", "REFUSED", "ISSUED", "STOPPED", "RELEASED"};

bool takes_back(const std::optional<ReleaseWord>& word, const IssuedSlip& issued) {
  return word && !word->consents && word->index > issued.index;
}

}  // namespace

std::string_view name_of(ReleaseStage stage) {
  return stages[static_cast<std::size_t>(stage)];
}

ReleaseStage ReleaseSlipState::stage() const {
  if (!exists()) {
    return ReleaseStage::none;
  }
  if (gate) {
    return ReleaseStage::released;
  }
  if (!issued) {
    return refusals.empty() ? ReleaseStage::requested : ReleaseStage::refused;
  }
  const bool refused = !refusals.empty() && refusals.back().index > issued->index;
  const bool stopped =
      refused || takes_back(owner_word, *issued) || takes_back(company_word, *issued);
  return stopped ? ReleaseStage::stopped : ReleaseStage::issued;
}

namespace goods_release {

std::vector<ReleaseGoods> goods_of(const ItemList& items) {
  std::vector<ReleaseGoods> goods;
  for (const body::ReleaseItem* item : items) {
    goods.push_back({text_of(item->name()),
                     item->qty_milli(),
                     text_of(item->qty_unit()),
                     static_cast<std::uint8_t>(item->category())});
  }
  return goods;
}

void check_items(const ItemList& items, Decision& decision) {
  std::set<std::string_view> names;
  for (const body::ReleaseItem* item : items) {
    if (!names.insert(view_of(item->name())).second) {
      decision.refuse_schema("items", "同一物品重复", "an item stands in the list twice");
    }
    if (item->qty_milli() < 0) {
      decision.refuse_schema("items.qty_milli", "数量须大于 0", "a quantity is positive");
    }
  }
}

void check_large(const ItemList& items, Decision& decision) {
  for (const body::ReleaseItem* item : items) {
    if (item->category() == body::GoodsCategory::UNSPECIFIED) {
      decision.refuse(large_rule, {fact("item", view_of(item->name()))});
    }
  }
}

std::vector<Fact> items_beyond(const ItemList& items, const std::vector<ReleaseGoods>& allowed) {
  std::vector<Fact> beyond;
  for (const body::ReleaseItem* item : items) {
    const auto same = std::ranges::find(allowed, view_of(item->name()), &ReleaseGoods::name);
    if (same == allowed.end() || same->qty_unit != view_of(item->qty_unit()) ||
        item->qty_milli() > same->qty_milli) {
      beyond.push_back(fact("item", view_of(item->name())));
    }
  }
  return beyond;
}

std::vector<Fact> items_named(const ItemList& items, const std::vector<std::string>& words) {
  std::vector<Fact> named;
  for (const body::ReleaseItem* item : items) {
    const bool found = std::ranges::any_of(words, [item](const std::string& word) {
      return !word.empty() && view_of(item->name()).find(word) != std::string_view::npos;
    });
    if (found) {
      named.push_back(fact("item", view_of(item->name())));
    }
  }
  return named;
}

const ReleaseSlipState* find_slip(const World& world,
                                  std::string_view slip_id,
                                  std::string_view unit,
                                  Decision& decision) {
  const auto* slip = world.find<ReleaseSlipState>(slip_id);
  if (slip == nullptr || slip->unit != unit) {
    decision.refuse_schema("slip_id", "该房屋无此放行申报", "the unit has no such request");
    return nullptr;
  }
  return slip;
}

Arrears arrears_of_mover(const World& world,
                         std::string_view unit,
                         std::string_view party,
                         CivilDate up_to) {
  const bool whole_unit = policy_text(world, "goods.arrears_scope", up_to) == "UNIT";
  return whole_unit ? arrears_of_unit(world, unit, up_to) : arrears_of(world, unit, party, up_to);
}

namespace {

constexpr std::array rules{
    clearance_rule, consent_rule, unreachable_rule, call_rule, slip_rule, gate_rule, large_rule};

constexpr std::array states{state_type<ReleaseSlipState>("release_slip"),
                            state_type<ClearanceState>("clearance")};

std::vector<EventHandler> all_handlers() {
  return joined_handlers({request_handlers(),
                          consent_handlers(),
                          clearance_handlers(),
                          slip_handlers(),
                          gate_handlers()});
}

}  // namespace
}  // namespace goods_release

const Procedure& goods_release_procedure() {
  static const std::vector<EventHandler> handlers = goods_release::all_handlers();
  static const Procedure procedure{"P04",
                                   "goods_release",
                                   "物品放行",
                                   "Goods release",
                                   goods_release_schema,
                                   handlers,
                                   goods_release::rules,
                                   goods_release::states};
  return procedure;
}

}  // namespace juanzong
