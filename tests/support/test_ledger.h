// SPDX-License-Identifier: Apache-2.0
// A ledger in memory with everything but network and disk: the machine, its rows, a journal that
// keeps frames in a list. Actors sign real requests; the clock is the test's.
#pragma once

#include "crypto/note_key.h"
#include "crypto/signature.h"

#include "events/procedures/json_body.h"

#include "projections/state/ledger_set.h"

#include "tests/support/memory_journal.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::testing {

// An actor's key with its chain of accepted requests.
struct TestActor {
  crypto::PrivateKey key = crypto::PrivateKey::generate();
  std::uint64_t key_seq = 0;
  crypto::Digest last_request;
};

struct TestStatement {
  std::string event;
  std::string json;
  std::vector<StreamExpectation> expect = {};  // versions for some of the event's streams
};

class TestLedger {
 public:
  // Founded at 2025-01-01 08:00 by "S-ADM"; with_server: and actor("SYS") is its server.
  explicit TestLedger(bool with_server = false);

  TestLedger& at(std::string_view instant);
  // Registers staff "S-<code>" with that role and a key; once per code.
  TestActor& actor(std::string_view role_code);

  // A signed request of these statements, not yet submitted.
  [[nodiscard]] SignedRequest make_request(TestActor& actor,
                                           const std::vector<TestStatement>& statements);
  [[nodiscard]] Result<AdmittedRequest> admit(SignedRequest request,
                                              const std::vector<crypto::PublicKey>& keys) const;
  // Submits and, if accepted, commits a frame. Moves the actor's chain on.
  AppendResult submit(TestActor& actor, SignedRequest request);
  // Likewise, of whatever signed it.
  AppendResult commit(const AdmittedRequest& request);
  AppendResult append(TestActor& actor, const std::vector<TestStatement>& statements);
  // Without a signature, as the actor's session would send it.
  AppendResult append_by_session(TestActor& actor, const std::vector<TestStatement>& statements);
  // Signed by a second actor as well.
  AppendResult append_with(TestActor& actor,
                           TestActor& second,
                           const std::vector<TestStatement>& statements);
  // append() that must succeed.
  AppendReceipt must_append(std::string_view role_code,
                            std::string_view event,
                            std::string_view json);

  // From now on the salts of every request are those of the one before, as a bad client's would be.
  void repeat_salts() { repeats_salts_ = true; }

  [[nodiscard]] DerivedRows& rows() { return *rows_; }
  [[nodiscard]] MemoryJournal& journal() { return journal_; }
  [[nodiscard]] LedgerMachine& machine() { return *machine_; }
  [[nodiscard]] UnixMicros now() const { return now_; }
  static constexpr std::string_view origin = "test.example/estate";
  // The key that record 0 names; the same in every run.
  [[nodiscard]] static crypto::SignerKey log_key();

 private:
  MemoryJournal journal_;
  std::unique_ptr<DerivedRows> rows_;
  std::unique_ptr<LedgerSet> ledgers_;
  LedgerMachine* machine_ = nullptr;
  BodyCodec codec_;
  UnixMicros now_;
  std::uint64_t ids_ = 0;
  std::uint64_t generation_ = 0;
  bool repeats_salts_ = false;
  std::map<std::string, std::unique_ptr<TestActor>, std::less<>> actors_;
};

}  // namespace juanzong::testing
