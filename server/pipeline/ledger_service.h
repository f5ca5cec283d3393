// SPDX-License-Identifier: Apache-2.0
// The service over one data directory: admission and reads on the caller's thread, writes through
// the single writer.
#pragma once

#include "events/procedures/personal_data/personal_data.h"

#include "projections/views/looks.h"
#include "projections/views/query.h"

#include "server/data/data_directory.h"
#include "server/data/ledger_snapshot.h"
#include "server/pipeline/checkpoint_signer.h"
#include "server/pipeline/clock.h"
#include "server/pipeline/durable_listeners.h"
#include "server/pipeline/eraser.h"
#include "server/pipeline/heads_trees.h"
#include "server/pipeline/recent_looks.h"
#include "server/pipeline/service.h"
#include "server/pipeline/writer.h"

#include <map>
#include <memory>
#include <string>

namespace juanzong {

class LedgerService final : public Service {
 public:
  struct Parts {
    DataDirectory& data;
    const Clock& clock;
    HeadSigners head_signers;  // one per ledger
    std::function<void(const std::string& why)> on_fatal;
    bool clock_accepted = false;
    // The server's own keys, by ledger name; a ledger without one gets no records of its own.
    std::map<std::string, crypto::PrivateKey> server_keys = {};
    std::function<void(std::string_view ledger, std::string_view why)> on_ledger_stopped =
        [](std::string_view, std::string_view) {};
    crypto::RandomSource random = crypto::fill_random;  // WriterParts::random
    // An erasure that could not be carried out; it is tried again.
    std::function<void(std::string_view ledger, std::string_view why)> on_erasure_failed =
        [](std::string_view, std::string_view) {};
  };
  explicit LedgerService(Parts parts);
  // Decides what is queued, makes it durable, syncs the anchor.
  ~LedgerService() override;

  [[nodiscard]] Result<LedgerFacts> ledger(std::string_view name) const override;
  [[nodiscard]] std::vector<LedgerFacts> ledgers() const override;
  [[nodiscard]] Result<Principal> identify(std::string_view ledger,
                                           const crypto::PublicKey& key) const override;
  [[nodiscard]] Result<KeyChainHead> key_chain(const Principal& who) const override;
  void append(const Principal& who,
              SignedRequest request,
              std::vector<crypto::PublicKey> keys,
              AppendDone done) override;
  [[nodiscard]] Result<RecordPage> read_records(const Principal& who,
                                                RecordIndex from,
                                                std::size_t count) const override;
  [[nodiscard]] Result<RecordPage> read_stream(const Principal& who,
                                               std::string_view stream,
                                               StreamVersion from,
                                               std::size_t count) const override;
  void query(const Principal& who,
             std::string_view view,
             std::string_view arguments,
             QueryDone done) override;
  [[nodiscard]] Result<std::string> prove_record(std::string_view ledger,
                                                 RecordIndex index) const override;
  [[nodiscard]] Result<std::string> prove_consistency(std::string_view ledger,
                                                      std::uint64_t old_size) const override;
  [[nodiscard]] Result<std::string> prove_stream(const Principal& who,
                                                 std::string_view stream) const override;
  [[nodiscard]] Result<std::string> checkpoint(std::string_view ledger) const override;
  [[nodiscard]] Result<std::string> tile(std::string_view ledger,
                                         int level,
                                         std::uint64_t number,
                                         std::size_t width) const override;
  [[nodiscard]] Outcome attach(const Principal& who,
                               const BlobId& blob,
                               const PersonId& subject,
                               ByteView content) override;
  void attachment(const Principal& who, const AttachmentPlace& place, AttachmentDone done) override;
  // --- for whoever shows checkpoints to witnesses (witness_rounds.h)
  // A signed head of everything that is durable.
  [[nodiscard]] Result<SignedHead> newest_head(std::string_view ledger) const;
  [[nodiscard]] Result<std::vector<crypto::Digest>> growth(std::string_view ledger,
                                                           std::uint64_t old_size,
                                                           std::uint64_t new_size) const;
  // Published and proved under from now on, until a newer one is.
  void adopt_cosigned(std::string_view ledger, SignedHead cosigned);

  std::uint64_t add_durable_listener(DurableListener listener) override;
  void remove_durable_listener(std::uint64_t id) override;
  [[nodiscard]] UnixMicros now() const override { return parts_.clock.now(); }
  [[nodiscard]] bool healthy() const override { return !writer_->stopped(); }

  [[nodiscard]] std::size_t queue_depth() const { return writer_->queue_depth(); }

 private:
  [[nodiscard]] Outcome prepare(const LedgerId& ledger, const AdmittedRequest& request) const;
  [[nodiscard]] Result<LedgerFacts> facts_of(const RowReader& rows, LedgerOrdinal ordinal) const;
  [[nodiscard]] Result<LedgerSnapshot> snapshot(std::string_view ledger) const;
  [[nodiscard]] Result<LedgerSnapshot> snapshot(LedgerOrdinal ordinal) const;
  // For those who may read the log as a log.
  [[nodiscard]] Result<LedgerSnapshot> log_of(const Principal& who) const;
  [[nodiscard]] Result<SignedHead> signed_head(const LedgerSnapshot& at,
                                               std::uint64_t size_needed) const;
  [[nodiscard]] PersonDataState state_of(LedgerOrdinal ledger, const PersonId& person) const;
  // The opening of one field of a record, if its person's key still exists and is not locked.
  struct OpenedField {
    PersonId subject;
    Bytes value;
  };
  [[nodiscard]] std::optional<OpenedField> open_field(const LedgerSnapshot& at,
                                                      RecordIndex index,
                                                      std::string_view path) const;
  // The answer, and whose data it shows in full.
  struct Answer {
    std::string json;
    std::vector<SeenValue> seen;
  };
  [[nodiscard]] Result<Answer> answer(const Principal& who,
                                      std::string_view view,
                                      std::string_view arguments,
                                      QueryArguments& parsed) const;
  [[nodiscard]] Result<AttachmentSlice> read_attachment(const Principal& who,
                                                        const AttachmentPlace& place,
                                                        Look& look) const;
  // Log before reveal: `shown` is called with Done once the looks are durable, else with why not.
  void put_on_record(const Principal& who, const Look& look, std::function<void(Outcome)> shown);
  [[nodiscard]] AppendResult complete(const Principal& who, AppendResult result) const;

  Parts parts_;
  mutable std::map<std::string, CheckpointSigner> signers_;
  mutable HeadsTrees heads_trees_;
  RecentLooks recent_looks_;  // at attachments, which are read in parts
  DurableListeners listeners_;
  std::unique_ptr<Eraser> eraser_;  // outlives the writer that asks it
  std::unique_ptr<Writer> writer_;
};

}  // namespace juanzong
