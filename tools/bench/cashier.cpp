// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/cashier.h"

#include <utility>

namespace juanzong::bench {

Result<std::unique_ptr<Cashier>> Cashier::hired(const Target& target, const std::string& roles) {
  Result<Key> key = hire(target, roles);
  if (!key) {
    return fail(key.error());
  }
  Result<std::unique_ptr<Client>> client = connect(target, *key);
  if (!client) {
    return fail(client.error());
  }
  return std::unique_ptr<Cashier>(new Cashier(std::move(*key), std::move(*client)));
}

Result<DraftRequest> Cashier::sign_next(std::string_view line) {
  const KeyChain place = chain_;
  Result<DraftRequest> draft = place_next(line);
  if (draft) {
    sign_draft(*draft, place, {key_});
  }
  return draft;
}

Result<DraftRequest> Cashier::place_next(std::string_view line) {
  Result<DraftRequest> draft = builder_.build(line);
  if (draft) {
    place_draft(*draft, chain_, key_->public_key());
    chain_ = {draft->header.key_seq, request_hash(draft->request.header)};
  }
  return draft;
}

}  // namespace juanzong::bench
