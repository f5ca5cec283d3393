// SPDX-License-Identifier: Apache-2.0
#include "tools/client/submitter.h"

#include <utility>

namespace juanzong {

Submitter::Submitter(Client& client,
                     RequestBuilder& builder,
                     SigningKeys keys,
                     std::chrono::milliseconds patience,
                     Authentication authentication)
    : client_(client),
      builder_(builder),
      keys_(std::move(keys)),
      patience_(patience),
      authentication_(authentication) {
  take_chain_from_login();
}

void Submitter::take_chain_from_login() {
  const message::LoggedIn facts = client_.facts();
  chain_ = {facts.key_seq, facts.last_request};
}

AppendReply Submitter::submit(std::string_view line) {
  Result<DraftRequest> draft = builder_.build(line);
  if (!draft) {
    return draft.error();
  }
  return submit(std::move(*draft));
}

AppendReply Submitter::submit(DraftRequest draft) {
  for (const AttachmentContent& attachment : draft.attachments) {
    const Outcome stored = client_.attach(attachment.blob, attachment.subject, attachment.content);
    if (!stored) {
      return stored.error();
    }
  }
  AppendReply reply = place_and_send(draft);
  const auto* error = std::get_if<Error>(&reply);
  if (error == nullptr || error->code != ErrorCode::actor_chain_conflict) {
    return reply;
  }
  // The server asks for the request id first: had an earlier attempt been recorded, it would have
  // answered with its receipt. So this request is not recorded, and may be signed again.
  if (const Outcome connected = client_.reconnect(); !connected) {
    return connected.error();
  }
  take_chain_from_login();
  return place_and_send(draft);
}

AppendReply Submitter::place_and_send(DraftRequest& draft) {
  if (authentication_ == Authentication::session) {
    place_draft(draft, chain_, keys_.front()->public_key());
  } else {
    sign_draft(draft, chain_, keys_);
  }
  AppendReply reply = client_.append_with_retry(draft.request, draft.keys, patience_);
  const auto* appended = std::get_if<message::Appended>(&reply);
  // A repeat may lie far back in the chain: then the next request finds the conflict.
  if (appended != nullptr) {
    chain_ = {draft.header.key_seq, request_hash(draft.request.header)};
  }
  return reply;
}

}  // namespace juanzong
