// SPDX-License-Identifier: Apache-2.0
// LedgerMachine: one ledger as a deterministic machine. submit() judges an admitted request at the
// ledger's newest index and, if nothing refuses it, turns it into records; replay() folds a record
// that is already in the journal. Writer, catch-up, rebuild and deep audit run this same code, so
// an auditor's replay decides what the server decided.
//
// Owned by one thread. Nothing here is durable: the caller appends the records to the journal and
// says so with durable(), or drops the machine.
#pragma once

#include "events/log/frame.h"
#include "events/log/record.h"
#include "events/model/error.h"
#include "events/model/refusal.h"
#include "events/procedures/catalogue.h"

#include "projections/state/admission.h"
#include "projections/state/ledger_head.h"
#include "projections/state/ledger_world.h"
#include "projections/state/log_index.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace juanzong {

// What an append returns; the same for a repeated request id, for ever.
struct AppendReceipt {
  RecordIndex first{};
  std::uint16_t count = 0;
  UnixMicros recorded_at;              // zero for a repeat: read the records
  std::uint64_t tree_size = 0;         // after the request
  std::vector<crypto::Digest> leaves;  // empty for a repeat
  std::vector<AssignedValues> assigned;
  bool repeated = false;
};

// Statement by statement, the rules that refuse it; empty lists for the others.
struct RefusedRequest {
  std::uint16_t statement = 0;
  Refusals refusals;
};

using AppendResult = std::variant<AppendReceipt, RefusedRequest, Error>;

// Records and openings of the batch that is being built.
struct BatchDraft {
  LedgerBatch batch;  // first, prev_leaf, records; sealed by finish_batch()
  struct PlainOpening {
    RecordIndex index{};
    PersonId subject;
    const Opening* opening = nullptr;  // into the admitted request
  };
  std::vector<PlainOpening> openings;
};

class LedgerMachine {
 public:
  LedgerMachine(const DerivedRows& durable,
                LedgerOrdinal ordinal,
                const Catalogue& catalogue,
                LedgerHead head);

  [[nodiscard]] const LedgerHead& head() const { return head_; }
  [[nodiscard]] LedgerOrdinal ordinal() const { return ordinal_; }
  [[nodiscard]] const World& world() const { return world_; }

  // What a record is stamped with at `now`: that, unless it would fall below the last record's, or
  // below the true time if the last record corrected the clock.
  [[nodiscard]] UnixMicros stamp_at(UnixMicros now) const {
    return std::max(now, earliest_stamp());
  }
  [[nodiscard]] AppendResult submit(const AdmittedRequest& request,
                                    UnixMicros now,
                                    BatchDraft& draft);

  // Folds a stored record: the next index, linked to the last leaf; corruption otherwise.
  [[nodiscard]] Outcome replay(const RecordView& record);

  // Starts and seals the batch of this ledger.
  void begin_batch(BatchDraft& draft) const;
  void finish_batch(BatchDraft& draft) const;

  // Rows of everything since the last drain, head row included.
  void drain(RowBatch& rows, std::uint64_t generation);
  void durable(std::uint64_t generation);

 private:
  struct Actor {
    std::string staff;
    RoleSet roles;
  };
  struct Decided {
    EventContext context;
    AssignedValues assigned;
    std::vector<StreamLink> links;
  };
  // By names that point into the request.
  using StreamHeads = boost::unordered_flat_map<std::string_view, StreamHead>;

  [[nodiscard]] UnixMicros earliest_stamp() const;
  [[nodiscard]] std::optional<AppendResult> check_repeat(const AdmittedRequest& request) const;
  [[nodiscard]] Result<Actor> check_header(const AdmittedRequest& request, UnixMicros now) const;
  [[nodiscard]] Result<Actor> check_genesis(const AdmittedRequest& request);
  [[nodiscard]] Outcome check_signed(const AdmittedRequest& request, UnixMicros now) const;
  [[nodiscard]] Outcome check_signers(const AdmittedRequest& request) const;
  [[nodiscard]] bool second_person_signed(const AdmittedRequest& request,
                                          const Actor& actor,
                                          RoleSet roles) const;
  [[nodiscard]] std::optional<Refusal> check_statement(const AdmittedRequest& request,
                                                       const AdmittedStatement& statement,
                                                       const Actor& actor,
                                                       StreamHeads& heads,
                                                       RecordIndex index,
                                                       std::vector<StreamLink>& links);
  [[nodiscard]] EventContext context_of(const AdmittedRequest& request,
                                        const AdmittedStatement& statement,
                                        const Actor& actor,
                                        std::size_t number,
                                        UnixMicros recorded_at) const;
  [[nodiscard]] std::string_view target_event_of(const AdmittedRequest& request,
                                                 const AdmittedStatement& statement,
                                                 const EventContext& context) const;
  void turn_day(UnixMicros recorded_at);
  void record_request(const AdmittedRequest& request,
                      const std::vector<Decided>& decided,
                      BatchDraft& draft,
                      AppendReceipt& receipt);
  void enter_record(const RequestHeader& header,
                    const StatementView& statement,
                    UnixMicros recorded_at,
                    const crypto::Digest& leaf);
  void enter_request(const RequestHeader& header, const crypto::Digest& hash, RecordIndex last);
  void collect_openings(const AdmittedRequest& request, RecordIndex first, BatchDraft& draft) const;

  const Catalogue& catalogue_;
  LedgerOrdinal ordinal_;
  bool changed_ = false;  // since the last drain
  LedgerHead head_;
  LogIndex index_;
  LedgerWorld world_;
};

}  // namespace juanzong
