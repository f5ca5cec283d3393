// SPDX-License-Identifier: Apache-2.0
// Cosigning: one checkpoint shown to the witnesses of a policy, and what they answered. The network
// is the caller's function, so that tests need none.
#pragma once

#include "crypto/checkpoint.h"
#include "crypto/witness_policy.h"

#include "events/model/result.h"

#include "server/http/http_message.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct CosigningParts {
  // POSTs an add-checkpoint body to a witness.
  std::function<Result<HttpResponse>(const crypto::PolicyWitness& witness, const std::string& body)>
      ask;
  // Consistency proof from an older size to the checkpoint's.
  std::function<Result<std::vector<crypto::Digest>>(std::uint64_t old_size)> growth;
};

struct WitnessAnswer {
  bool cosigned = false;
  std::string problem;  // why not: "409 …", "environment: …"
};

struct Cosigned {
  std::string note;  // the checkpoint's, with the cosignatures that verify
  std::map<std::string, WitnessAnswer> answers;  // by the witness's name
};

// `known` keeps the size that each witness last said it had, so that the next round begins there;
// a witness that says another size (409) is asked once more from it.
[[nodiscard]] Cosigned ask_witnesses(const crypto::WitnessPolicy& policy,
                                     const crypto::Checkpoint& head,
                                     std::string_view note,
                                     std::map<std::string, std::uint64_t>& known,
                                     const CosigningParts& parts);

}  // namespace juanzong
