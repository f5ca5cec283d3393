// SPDX-License-Identifier: Apache-2.0
#include "projections/state/ledger_list.h"

#include "events/model/check.h"
#include "events/procedures/catalogue.h"
#include "events/procedures/origins.h"
#include "events/procedures/parties.h"
#include "events/procedures/registry/registry.h"

#include "projections/state/snapshot_world.h"

#include <algorithm>
#include <functional>

namespace juanzong {
namespace {

// The answer to a person who typed a name, not a listing: it stays one line.
constexpr std::size_t names_shown = 20;

using Visit = std::function<void(LedgerOrdinal, LedgerHead)>;

void visit_heads(const RowReader& rows, const Visit& visit) {
  const RowKey prefix = KeyBuilder(Table::ledger_head).take();
  rows.scan(prefix, end_of_prefix(prefix), [&](std::string_view key, std::string_view value) {
    auto head = decode_ledger_head(value);
    check(head.has_value(), "a derived ledger head decodes");
    visit(LedgerOrdinal{static_cast<std::uint16_t>(number_at(key, 1, 2))}, *std::move(head));
    return true;
  });
}

std::string one_line(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), names_shown); ++i) {
    text += (i == 0 ? "" : ", ") + names[i];
  }
  return names.size() > names_shown ? text + ", …" : text;
}

// "" also where the key ended with the company that handed the ledger over.
std::string valid_server_key(const World& world) {
  const std::string newest = world.get<StaffState>(server_staff).newest_key;
  const auto* key = world.find<ActorKeyState>(newest);
  return key != nullptr && is_valid_key(world, *key) ? newest : std::string();
}

}  // namespace

std::string log_key_in_force(const World& world) {
  const auto* state = world.find<OriginState>(origin_key);
  return state != nullptr ? state->verifier_key
                          : world.get<LedgerSettings>(ledger_key).verifier_key;
}

std::vector<LedgerEntry> list_ledgers(const RowReader& rows) {
  std::vector<LedgerEntry> list;
  visit_heads(rows, [&list](LedgerOrdinal ordinal, LedgerHead head) {
    list.push_back({ordinal, std::move(head), {}, {}, {}, false});
  });
  for (LedgerEntry& entry : list) {
    const SnapshotWorld world(rows, entry.ordinal, catalogue(), entry.head.zone);
    entry.verifier_key = log_key_in_force(world);
    entry.server_key = valid_server_key(world);
    const auto origin = world.get<OriginState>(origin_key);
    entry.former_origin = origin.former.empty() ? std::string() : origin.former.back().origin;
    entry.handed_over = origin.handed_over && number(*origin.handed_over) + 1 == entry.head.size();
  }
  return list;
}

Result<LedgerOrdinal> find_ledger(const RowReader& rows, std::string_view name) {
  std::vector<LedgerOrdinal> found;
  std::vector<std::string> names;
  visit_heads(rows, [&](LedgerOrdinal ordinal, const LedgerHead& head) {
    names.push_back(head.name);
    if (name.empty() || head.name == name) {
      found.push_back(ordinal);
    }
  });
  if (found.size() == 1) {
    return found.front();
  }
  if (found.empty()) {
    return fail(ErrorCode::unknown_ledger,
                std::string(name) + "; 现有 there are: " + one_line(names));
  }
  return fail(ErrorCode::ledger_not_named, one_line(names));
}

}  // namespace juanzong
