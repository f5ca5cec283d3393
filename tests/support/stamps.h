// SPDX-License-Identifier: Apache-2.0
// Time stamps and cosignatures as JSON, for ledgers whose server is the test.
#pragma once

#include "crypto/cosignature.h"
#include "crypto/hex.h"
#include "crypto/sha256.h"
#include "crypto/signed_note.h"
#include "crypto/timestamp.h"

#include "projections/state/ledger_head.h"

#include "tests/support/test_tsa.h"

#include <string>

namespace juanzong::testing {

inline crypto::Checkpoint checkpoint_of(const LedgerHead& head) {
  return {head.origin, head.size(), head.tree.root()};
}

// By a real authority, over the checkpoint's text.
inline Bytes token_over(const TestTsa& tsa, const crypto::Checkpoint& head) {
  const auto imprint = crypto::sha256(bytes_of(*crypto::format_checkpoint(head)));
  const auto reply = crypto::read_timestamp_reply(tsa.reply(crypto::timestamp_query(imprint, 7)));
  EXPECT_TRUE(reply.has_value() && reply->refusal.empty());
  return reply ? reply->token : Bytes();
}

inline std::string stamped_json(const crypto::Checkpoint& head, const Bytes& token) {
  const auto stamp = crypto::read_timestamp(token);
  EXPECT_TRUE(stamp.has_value());
  return R"({"size":)" + std::to_string(head.size) + R"(,"root":")" + to_hex(head.root) +
         R"(","note_digest":")" +
         to_hex(crypto::sha256(bytes_of(*crypto::format_checkpoint(head)))) + R"(","token":")" +
         crypto::hex_encode(token) + R"(","gen_time":")" +
         to_rfc3339(UnixMicros{stamp ? stamp->time_unix_micros : 0}) + R"("})";
}

inline std::string anchored_json(const crypto::Checkpoint& head,
                                 const crypto::SignerKey& witness,
                                 std::uint64_t seconds) {
  const auto line = crypto::format_signature_line(
      *crypto::cosign(witness, *crypto::format_checkpoint(head), seconds));
  return R"({"size":)" + std::to_string(head.size) + R"(,"root":")" + to_hex(head.root) +
         R"(","witness":")" + witness.verifier().name() + R"(","cosigned_at":")" +
         to_rfc3339(UnixMicros{static_cast<std::int64_t>(seconds) * micros_per_second}) +
         R"(","cosignature":")" + line.substr(0, line.size() - 1) + R"("})";
}

}  // namespace juanzong::testing
