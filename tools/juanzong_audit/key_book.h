// SPDX-License-Identifier: Apache-2.0
// Key book: which public key an actor's signature must fit at an index, read from the records
// alone: record 0 names the founder's key, ActorKeyRegistered, Rotated and Revoked change the rest.
// A key is judged at the first record of the request that it signs; revocation never works
// backwards.
#pragma once

#include "crypto/signature.h"

#include "events/log/record_scan.h"
#include "events/model/ids.h"

#include "projections/state/genesis.h"

#include "tools/juanzong_audit/audit_finding.h"
#include "tools/juanzong_audit/compromise_claim.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::audit {

// The key of the log under one of its origins, as the records name it.
struct LogKey {
  std::string origin;
  std::string verifier_key;
};

class KeyBook {
 public:
  // Reads what a record says about keys; it takes effect with the request's last record, but a new
  // key may sign the request that registers it. A finding if the body cannot be read.
  [[nodiscard]] std::optional<AuditFinding> read(const RecordScan& scanned);
  // The keys of a request's signatures, in order, before the request takes effect. Without
  // signatures none; then the header's key, for which a session vouched, must be in force.
  [[nodiscard]] std::optional<AuditFinding> resolve(RecordIndex first,
                                                    const RecordScan& request,
                                                    std::vector<crypto::PublicKey>& keys) const;
  // The request is over.
  void commit();

  // Facts of record 0, once it was read.
  [[nodiscard]] const std::optional<GenesisFacts>& genesis() const { return genesis_; }
  // Of record 0, and of each change of origin.
  [[nodiscard]] const std::vector<LogKey>& log_keys() const { return log_keys_; }
  // Staff behind a key; empty if unknown.
  [[nodiscard]] std::string staff_of(const KeyId& key) const;
  [[nodiscard]] std::size_t size() const { return keys_.size(); }
  // What revocations claim about the time before them; records are not counted yet.
  [[nodiscard]] const std::vector<CompromiseClaim>& claims() const { return claims_; }

 private:
  struct Entry {
    crypto::PublicKey key;
    std::string staff;
    std::optional<std::uint64_t> revoked;
  };
  struct Registration {
    std::string key_id;  // as the body names it
    Entry entry;
  };
  [[nodiscard]] std::optional<AuditFinding> find(RecordIndex first,
                                                 const KeyId& id,
                                                 crypto::PublicKey& key) const;
  void read_change(std::string_view event, const RecordScan& record);
  std::optional<AuditFinding> read_founding(const RecordScan& record);
  void add(std::string_view key_id, std::string_view staff, ByteView public_key);
  void revoke(std::string_view key_id, std::uint64_t index);
  void claim(std::string_view key_id, std::string_view since, std::uint64_t index);
  void replace_server_key(std::string_view next, std::uint64_t index);

  std::optional<GenesisFacts> genesis_;
  std::vector<LogKey> log_keys_;
  std::map<KeyId, Entry> keys_;
  std::map<KeyId, Entry> added_;  // by the request that is open
  std::vector<std::pair<KeyId, std::uint64_t>> revoked_;
  std::vector<CompromiseClaim> claims_;
  std::string server_key_;  // registered last for the server itself
};

}  // namespace juanzong::audit
