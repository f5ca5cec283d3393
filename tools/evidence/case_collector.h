// SPDX-License-Identifier: Apache-2.0
// Collecting a case file: the case's stream and all that whoever doubts it will ask for next — the
// keys that signed, who holds them, the policy and the history of operation. Every stream is whole
// up to the same day close and proved under the same checkpoint.
#pragma once

#include "events/log/stream_proof.h"
#include "events/model/result.h"

#include "tools/evidence/case_file.h"

#include <functional>
#include <optional>
#include <string>

namespace juanzong::evidence {

// Answers a stream's proof, from files or from a server.
using ProveStream = std::function<Result<StreamProof>(const std::string& stream)>;

struct Collected {
  CaseFile file;
  bool moved = false;  // two answers under different checkpoints or closes: ask all again
};

// not_found: there is no such stream at the day close, or the exporter's key was not registered
// then. `staff`, `key`: who exports.
[[nodiscard]] Result<Collected> collect_case(const std::string& stream,
                                             const std::string& staff,
                                             const KeyId& key,
                                             const ProveStream& prove);

}  // namespace juanzong::evidence
