// SPDX-License-Identifier: Apache-2.0
// Record 0: what a ledger says about itself. Its key is not registered yet; it names itself.
#pragma once

#include "crypto/signature.h"

#include "events/model/civil_time.h"
#include "events/model/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

// The event of record 0.
inline constexpr std::string_view genesis_event = "LedgerCreated";

struct GenesisFacts {
  std::string name;
  std::string origin;
  std::string verifier_key;
  std::string founder;
  crypto::PublicKey founder_key;
  CivilZone zone;
};

// From the body of a LedgerCreated event that passed inspection. schema_violation if the zone does
// not ascend or the key has not 32 bytes.
[[nodiscard]] Result<GenesisFacts> read_genesis(ByteView body);

// The body of LedgerCreated.
[[nodiscard]] Bytes make_genesis_body(const GenesisFacts& facts,
                                      std::string_view timezone,
                                      std::string_view tzdata_version);

}  // namespace juanzong
