// SPDX-License-Identifier: Apache-2.0
// Showing a checkpoint to somebody who remembers the last one (a witness, the signer process): the
// body is tlog-witness's add-checkpoint, from the size that it is known to have.
#pragma once

#include "crypto/checkpoint.h"

#include "events/model/result.h"

#include "server/http/http_message.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct GrowthRequest {
  const crypto::Checkpoint& head;
  std::string_view note;  // what is shown of the head: a signed note, or its text alone
  // POSTs a body.
  std::function<Result<HttpResponse>(const std::string& body)> ask;
  // Consistency proof from an older size to the head's.
  std::function<Result<std::vector<crypto::Digest>>(std::uint64_t old_size)> growth;
};

// The last answer. Somebody that says another size (409) than `known` is asked once more from it,
// unless it has more than the head; `known` is then its size.
[[nodiscard]] Result<HttpResponse> ask_from_known(const GrowthRequest& request,
                                                  std::uint64_t& known);

// The size that a 409 states.
[[nodiscard]] std::optional<std::uint64_t> stated_size(const HttpResponse& conflict);

}  // namespace juanzong
