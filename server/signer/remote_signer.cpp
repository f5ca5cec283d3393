// SPDX-License-Identifier: Apache-2.0
#include "server/signer/remote_signer.h"

#include "crypto/checkpoint.h"

#include "server/witness/growth_request.h"

#include <utility>

namespace juanzong {
namespace {

constexpr std::chrono::seconds pause{1};

// 409 with a size beyond the head's and 422: what was signed before is not the head's past.
Error refusal(const crypto::Checkpoint& head, const HttpResponse& answer) {
  const std::string ours = head.origin + ", size " + std::to_string(head.size) + ": ";
  if (answer.status == 409) {
    const auto size = stated_size(answer);
    return {ErrorCode::ledger_behind_anchor,
            ours + "签名进程已签署到 / the signer has signed size " +
                (size ? std::to_string(*size) : std::string("?"))};
  }
  if (answer.status == 422) {
    return {ErrorCode::corruption,
            ours + "与签名进程签署过的历史不同 / the signer has signed another history"};
  }
  return {ErrorCode::busy, ours + "签名进程 / the signer: HTTP " + std::to_string(answer.status)};
}

}  // namespace

Result<std::string> RemoteSigner::ask(const crypto::Checkpoint& head, const Growth& growth) {
  const auto text = crypto::format_checkpoint(head);
  if (!text) {
    return fail(ErrorCode::corruption, head.origin + ": not a checkpoint");
  }
  const Result<HttpResponse> answer =
      ask_from_known(GrowthRequest{head, *text, parts_.ask, growth}, known_);
  if (!answer) {
    return fail(ErrorCode::busy,
                "签名进程没有应答 / the signer does not answer: " + answer.error().detail);
  }
  if (answer->status != 200) {
    return fail(refusal(head, *answer));
  }
  std::string note = *text + "\n" + answer->body;
  if (crypto::open_checkpoint(note, parts_.key) != head) {
    return fail(ErrorCode::environment,
                head.origin + ": 签名进程的密钥不是本卷宗的 / not signed by this ledger's key");
  }
  known_ = head.size;
  return note;
}

Result<std::string> RemoteSigner::sign(const crypto::Checkpoint& head, const Growth& growth) {
  if (down_ && parts_.now() < ask_again_) {
    return fail(*down_);
  }
  Result<std::string> note = ask(head, growth);
  down_ = note || note.error().code != ErrorCode::busy ? std::nullopt
                                                       : std::optional<Error>(note.error());
  ask_again_ = parts_.now() + pause;
  parts_.told(note ? Outcome(Done{}) : Outcome(fail(note.error())));
  return note;
}

}  // namespace juanzong
