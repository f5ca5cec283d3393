// SPDX-License-Identifier: Apache-2.0
// What every load needs in the ledger before it starts: staff with fresh keys, units, and the
// events themselves. Names are random, so that runs on one ledger do not meet.
#pragma once

#include "events/model/result.h"

#include "tools/client/client.h"
#include "tools/client/request_builder.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::bench {

struct Target {
  ClientOptions server;  // without a key
  std::shared_ptr<const crypto::PrivateKey> founder_key;
};

using Key = std::shared_ptr<const crypto::PrivateKey>;

[[nodiscard]] Result<std::unique_ptr<Client>> connect(const Target& target, Key key);
// The key of a new member of staff with these roles.
[[nodiscard]] Result<Key> hire(const Target& target, const std::string& roles);
[[nodiscard]] RequestBuilder make_builder(const Client& client);
// Done if the request was recorded; otherwise `what` and why not.
[[nodiscard]] Outcome recorded(const AppendReply& reply, std::string_view what);

// "B0f3a91c2", of nobody else.
[[nodiscard]] std::string new_building();
[[nodiscard]] std::string unit_code(const std::string& building, std::size_t i);
// {"type":"UnitRegistered",…} of the i-th unit of the building.
[[nodiscard]] std::string unit_json(const std::string& building, std::size_t i);
// {"type":"ChargeAssessed",…}: moves the unit's states, postings and streams.
[[nodiscard]] std::string charge_json(const std::string& unit);
// Registers that many units of a new building; their codes.
[[nodiscard]] Result<std::vector<std::string>> register_units(const Target& target,
                                                              std::size_t count);
// A request line: charges of units drawn at random.
[[nodiscard]] std::string charges_line(const std::vector<std::string>& units, std::size_t events);

}  // namespace juanzong::bench
