// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/session_policy.h"

#include "tools/bench/cashier.h"

namespace juanzong::bench {

Outcome adopt_session_policy(const Target& target) {
  Result<std::unique_ptr<Cashier>> manager = Cashier::hired(target, "PM");
  if (!manager) {
    return fail(manager.error());
  }
  Client& client = (*manager)->client();
  const std::string line =
      R"({"type":"PolicyAdopted","body":{"policy_ver":1,"effective":"2020-01-01","values":[)"
      R"({"key":"statement.signature","value":"session"}],"signatures":[{"signer":")" +
      client.facts().staff +
      R"(","capacity":"STAFF","staff_role":"PM","method":"STAFF_LOGIN",)"
      R"("signed_at":"2020-01-01T08:00:00+08:00","id_checked":"KNOWN",)"
      R"("signed_digest":{"subject":"00000000000000000000000000001001","value":"policy"}}]}})";
  const Result<DraftRequest> draft = (*manager)->sign_next(line);
  return draft ? recorded(client.append(draft->request, draft->keys), "policy")
               : fail(draft.error());
}

}  // namespace juanzong::bench
