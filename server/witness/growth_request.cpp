// SPDX-License-Identifier: Apache-2.0
#include "server/witness/growth_request.h"

#include "crypto/proof_text.h"

#include <algorithm>
#include <charconv>

namespace juanzong {
namespace {

Result<HttpResponse> ask_from(const GrowthRequest& request, std::uint64_t old_size) {
  std::vector<crypto::Digest> growth;
  if (old_size > 0 && old_size < request.head.size) {
    Result<std::vector<crypto::Digest>> proof = request.growth(old_size);
    if (!proof) {
      return fail(proof.error());
    }
    growth = *std::move(proof);
  }
  return request.ask(crypto::consistency_proof_text(old_size, growth, request.note));
}

}  // namespace

std::optional<std::uint64_t> stated_size(const HttpResponse& conflict) {
  std::uint64_t size = 0;
  const char* const from = conflict.body.data();
  const char* const to = from + conflict.body.size();
  const auto [end, error] = std::from_chars(from, to, size);
  const bool whole = error == std::errc{} && std::string_view(end, to) == "\n";
  return whole ? std::optional<std::uint64_t>(size) : std::nullopt;
}

Result<HttpResponse> ask_from_known(const GrowthRequest& request, std::uint64_t& known) {
  // More than the head has is no size that it grew from: it is told again then.
  Result<HttpResponse> answer = ask_from(request, std::min(known, request.head.size));
  if (!answer || answer->status != 409) {
    return answer;
  }
  const auto size = stated_size(*answer);
  if (!size || *size > request.head.size) {
    return answer;
  }
  known = *size;
  return ask_from(request, known);
}

}  // namespace juanzong
