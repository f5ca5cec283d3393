// SPDX-License-Identifier: Apache-2.0
// The attachments that records name, and whose they are: what a backup of the records must hold.
// On the way it reads record 0 of every ledger.
#pragma once

#include "events/log/record_scan.h"
#include "events/model/ids.h"
#include "events/model/result.h"
#include "events/procedures/event_schema.h"

#include "projections/state/genesis.h"

#include <map>
#include <optional>

namespace juanzong {

class NamedBlobs {
 public:
  void add(const LedgerId& ledger, const RecordScan& record);

  // program_too_old: an event that this program does not know may name attachments; corruption: a
  // body that cannot be read. The first of them.
  [[nodiscard]] Outcome outcome() const;
  // Blob and subject.
  [[nodiscard]] const std::map<BlobId, PersonId>& blobs() const { return blobs_; }
  [[nodiscard]] const std::map<LedgerId, GenesisFacts>& ledgers() const { return ledgers_; }

 private:
  [[nodiscard]] Outcome read(const LedgerId& ledger, const RecordScan& record);
  [[nodiscard]] bool may_name_blobs(const EventDescriptor& event);

  std::map<BlobId, PersonId> blobs_;
  std::map<LedgerId, GenesisFacts> ledgers_;
  std::map<EventType, bool> with_attachments_;
  std::optional<Error> error_;
};

}  // namespace juanzong
