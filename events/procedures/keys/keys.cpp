// SPDX-License-Identifier: Apache-2.0
// The procedure's row for the catalogue.
#include "events/procedures/keys/keys.h"

#include "events/procedures/joined_handlers.h"
#include "events/procedures/keys/keys_schema.h"
#include "events/procedures/keys/rules.h"
#include "events/procedures/register_numbers.h"

#include <array>
#include <vector>

namespace juanzong {
namespace {

constexpr std::array rules{keys::formalities_rule,
                           keys::vacant_rule,
                           keys::collector_rule,
                           keys::viewing_rule,
                           keys::loan_rule,
                           keys::exception_rule,
                           key_register_rule,
                           keys::loss_rule};

constexpr std::array states{state_type<KeyState>("key"),
                            state_type<RegisterNumberState>("register_number")};

std::vector<EventHandler> all_handlers() {
  return joined_handlers({keys::receive_handlers(),
                          keys::hand_out_handlers(),
                          keys::loan_handlers(),
                          keys::loss_handlers()});
}

}  // namespace

const Procedure& keys_procedure() {
  static const std::vector<EventHandler> handlers = all_handlers();
  static const Procedure procedure{
      "P23", "keys", "钥匙", "Keys", keys_schema, handlers, rules, states};
  return procedure;
}

}  // namespace juanzong
