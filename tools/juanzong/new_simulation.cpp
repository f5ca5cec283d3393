// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/new_simulation.h"

#include "tools/juanzong/new_data.h"
#include "tools/simulate/simulation.h"

namespace juanzong::cli {

Result<std::string> found_simulation(const std::filesystem::path& data, std::uint64_t seed) {
  NewData wanted;
  wanted.directory = data;
  wanted.ledger = "simulated";
  wanted.origin = simulate::simulation_origin(seed);
  wanted.now = simulate::start_of_simulation();
  wanted.random = simulate::founding_random(seed);
  simulate::FoundingSecrets secrets = simulate::founding_secrets(seed);
  auto log = crypto::SignerKey::create(wanted.origin, std::move(secrets.log));
  if (!log) {
    return fail(ErrorCode::environment, wanted.origin);
  }
  const NewKeys keys{*std::move(log), std::move(secrets.founder), std::move(secrets.server)};
  return create_data(wanted, keys);
}

}  // namespace juanzong::cli
