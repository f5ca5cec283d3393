// SPDX-License-Identifier: Apache-2.0
// Eraser: carries out what PersonErased decides, on a thread of its own, once that record is
// durable. In this order, with what a crash leaves behind:
//   1 the records that name the person are read, the files of their attachments deleted
//                                    a part is deleted: the rest is, at the next start
//   2 the person's key is destroyed  the attachments are gone, the key goes at the next start
//   3 ErasureCompleted is on record  everything is gone; it is found gone and stated
// Every step may be done again, and the figures do not depend on how often. A record may name a
// file that is not this person's; only what opens under his key is deleted, hence the order.
#pragma once

#include "events/log/journal.h"
#include "events/procedures/personal_data/personal_data.h"
#include "events/vault/blob_store.h"
#include "events/vault/person_keys.h"

#include "projections/engine/derived_rows.h"
#include "projections/engine/row_keys.h"
#include "projections/state/own_request.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>

namespace juanzong {

// What of a person stands in the records of a ledger.
struct PersonTraces {
  std::uint64_t openings = 0;  // commitments, each with an opening in the vault
  std::set<BlobId> blobs;
};

class Eraser {
 public:
  struct Parts {
    const DerivedRows& rows;
    const Journal& journal;
    PersonKeys& keys;
    const BlobStore& blobs;
    // From the eraser's thread; it is tried again after `patience`.
    std::function<void(std::string_view ledger, std::string_view why)> on_failure;
    std::chrono::milliseconds patience = std::chrono::minutes(1);
  };
  // Before it returns, whoever was erased and has a key again is erased again: person keys that
  // were restored from an older copy bring nobody back.
  explicit Eraser(Parts parts);
  Eraser(const Eraser&) = delete;
  Eraser& operator=(const Eraser&) = delete;
  // Stops at the next page of records; what is left is done after the next start.
  ~Eraser();

  // One erasure of a ledger at a time; asking again changes nothing.
  void ask(LedgerOrdinal ledger, std::string_view erasure_id);
  // ErasureCompleted, once; nullopt while it is not done.
  [[nodiscard]] std::optional<OwnStatement> take(LedgerOrdinal ledger, std::string_view erasure_id);

 private:
  using Name = std::pair<LedgerOrdinal, std::string>;
  void repeat_completed();
  void run();
  // nullopt: PersonErased is not durable yet.
  [[nodiscard]] Result<std::optional<OwnStatement>> carry_out(const Name& name);
  [[nodiscard]] Result<OwnStatement> destroy(LedgerOrdinal ledger,
                                             const KeyOwner& owner,
                                             std::string_view id,
                                             const ErasureState& erasure);
  // How many of them are gone.
  [[nodiscard]] Result<std::uint64_t> delete_blobs(const KeyOwner& owner,
                                                   const std::set<BlobId>& blobs);

  Parts parts_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<Name> asked_;
  std::map<Name, OwnStatement> done_;
  std::chrono::steady_clock::time_point not_before_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

// Reads the whole log, a page at a time. `interrupted` true: not_found.
[[nodiscard]] Result<PersonTraces> find_traces(const DerivedRows& rows,
                                               const Journal& journal,
                                               LedgerOrdinal ledger,
                                               const PersonId& person,
                                               const std::atomic<bool>& interrupted);

}  // namespace juanzong
