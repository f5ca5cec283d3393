// SPDX-License-Identifier: Apache-2.0
// What a backup must know of the records in it: the attachments that they name, and whose those
// are; what record 0 says of its ledger; under which origins and log keys the ledger spoke.
#pragma once

#include "events/log/record_scan.h"
#include "events/model/ids.h"
#include "events/model/result.h"
#include "events/procedures/event_schema.h"
#include "events/vault/person_keys.h"

#include "projections/state/genesis.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace juanzong {

// The origin of the records from `first` on; heads of it have sizes from `first` to the `first` of
// the next.
struct OriginKey {
  std::uint64_t first = 0;
  std::string origin;
  std::string verifier_key;
  std::uint64_t lost_until = 0;  // heads beyond its end up to this size are declared lost
};

class RecordFacts {
 public:
  void add(const LedgerId& ledger, const RecordScan& record);

  // program_too_old: an event that this program does not know may name attachments; corruption: a
  // body that cannot be read. The first of them.
  [[nodiscard]] Outcome outcome() const;
  // Blob, and whose key it is sealed under.
  [[nodiscard]] const std::map<BlobId, KeyOwner>& blobs() const { return blobs_; }
  [[nodiscard]] const std::map<LedgerId, GenesisFacts>& ledgers() const { return ledgers_; }
  // Oldest first; at least one a ledger.
  [[nodiscard]] const std::map<LedgerId, std::vector<OriginKey>>& origins() const {
    return origins_;
  }

 private:
  [[nodiscard]] Outcome read(const LedgerId& ledger, const RecordScan& record);
  void read_origin(const LedgerId& ledger, const RecordScan& record);
  [[nodiscard]] bool may_name_blobs(const EventDescriptor& event);

  std::map<BlobId, KeyOwner> blobs_;
  std::map<LedgerId, GenesisFacts> ledgers_;
  std::map<LedgerId, std::vector<OriginKey>> origins_;
  std::map<EventType, bool> with_attachments_;
  std::optional<Error> error_;
};

}  // namespace juanzong
