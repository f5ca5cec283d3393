// SPDX-License-Identifier: Apache-2.0
// Service: everything a connection may ask of the ledgers, whatever protocol it speaks. Safe from
// any thread. Answers come from durable state only; append() answers when that state is durable.
#pragma once

#include "crypto/signature.h"

#include "events/log/request.h"
#include "events/model/result.h"
#include "events/procedures/roles.h"

#include "projections/state/ledger_machine.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct LedgerFacts {
  std::string name;
  std::string origin;
  std::string verifier_key;
  std::uint64_t size = 0;
};

// Who asks: the staff behind a key, with the roles of this moment.
struct Principal {
  std::string ledger;
  LedgerOrdinal ordinal{};
  std::string origin;
  std::string staff;
  RoleSet roles;
  KeyId key_id;
  LedgerId ledger_id = {};
};

struct KeyChainHead {
  std::uint64_t key_seq = 0;
  crypto::Digest last_request;
};

struct RecordPage {
  std::vector<Bytes> records;
  std::uint64_t next = 0;  // index, or stream version, at which to go on
  std::uint64_t tree_size = 0;
  std::uint64_t stream_version = 0;
};

struct AttachmentSlice {
  Bytes bytes;  // from the asked offset on, at most blob_chunk_bytes
  std::uint64_t total = 0;
  std::string media_type;
};

// Which part of which attachment. view_id: the archivist's approval, which copies of documents
// need; "": as a paper of the record's case.
struct AttachmentPlace {
  RecordIndex index{};
  std::string path;
  std::uint64_t offset = 0;
  std::string view_id;
};

class Service {
 public:
  Service() = default;
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  virtual ~Service() = default;

  // "" names the only ledger.
  [[nodiscard]] virtual Result<LedgerFacts> ledger(std::string_view name) const = 0;
  [[nodiscard]] virtual std::vector<LedgerFacts> ledgers() const = 0;
  // unknown_key, key_not_valid. The caller has checked that the peer holds the key.
  [[nodiscard]] virtual Result<Principal> identify(std::string_view ledger,
                                                   const crypto::PublicKey& key) const = 0;
  [[nodiscard]] virtual Result<KeyChainHead> key_chain(const Principal& who) const = 0;

  // Admission runs on the calling thread (the dear signature check with it); `done` is called
  // exactly once, from another thread or at once, after whatever the answer rests on is durable.
  // A process that must stop answers outcome_unknown.
  using AppendDone = std::function<void(AppendResult)>;
  virtual void append(const Principal& who,
                      SignedRequest request,
                      std::vector<crypto::PublicKey> keys,
                      AppendDone done) = 0;

  [[nodiscard]] virtual Result<RecordPage> read_records(const Principal& who,
                                                        RecordIndex from,
                                                        std::size_t count) const = 0;
  [[nodiscard]] virtual Result<RecordPage> read_stream(const Principal& who,
                                                       std::string_view stream,
                                                       StreamVersion from,
                                                       std::size_t count) const = 0;
  // `arguments` is a JSON object, the answer too (docs/QUERIES.md). `done` is called exactly once:
  // at once, or, where the answer shows somebody's personal data in full, from another thread when
  // that look is on record and durable. A look that the rules refuse shows nothing: not_permitted.
  using QueryDone = std::function<void(Result<std::string>)>;
  virtual void query(const Principal& who,
                     std::string_view view,
                     std::string_view arguments,
                     QueryDone done) = 0;
  // A tlog-proof file for one record; a consistency proof and the checkpoint it leads to.
  [[nodiscard]] virtual Result<std::string> prove_record(std::string_view ledger,
                                                         RecordIndex index) const = 0;
  [[nodiscard]] virtual Result<std::string> prove_consistency(std::string_view ledger,
                                                              std::uint64_t old_size) const = 0;
  // A stream proof (events/log/stream_proof.h) up to the newest day close.
  [[nodiscard]] virtual Result<std::string> prove_stream(const Principal& who,
                                                         std::string_view stream) const = 0;
  // The newest signed checkpoint, of a size that is durable and anchored.
  [[nodiscard]] virtual Result<std::string> checkpoint(std::string_view ledger) const = 0;
  // C2SP tiles: level -1 is the entry bundle. `width` 256 for a full tile.
  [[nodiscard]] virtual Result<std::string> tile(std::string_view ledger,
                                                 int level,
                                                 std::uint64_t number,
                                                 std::size_t width) const = 0;
  // The whole content of an attachment; durable when it returns.
  [[nodiscard]] virtual Outcome attach(const Principal& who,
                                       const BlobId& blob,
                                       const PersonId& subject,
                                       ByteView content) = 0;

  // What an attachment of a record holds, checked against its commitment. Who may: the archivist
  // and the heads (docs/QUERIES.md); not_found also for what was erased. `done` as of query().
  using AttachmentDone = std::function<void(Result<AttachmentSlice>)>;
  virtual void attachment(const Principal& who,
                          const AttachmentPlace& place,
                          AttachmentDone done) = 0;

  // Called after every commit with the ledger's new durable size; for subscriptions.
  using DurableListener = std::function<void(LedgerOrdinal ledger, std::uint64_t size)>;
  virtual std::uint64_t add_durable_listener(DurableListener listener) = 0;
  virtual void remove_durable_listener(std::uint64_t id) = 0;

  [[nodiscard]] virtual UnixMicros now() const = 0;
  [[nodiscard]] virtual bool healthy() const = 0;
};

}  // namespace juanzong
