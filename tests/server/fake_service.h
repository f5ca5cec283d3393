// SPDX-License-Identifier: Apache-2.0
// A Service in memory: admits every request for real, records it as its header, and never refuses
// unless told to. Appends can be held back, so that tests decide when and in which order they end.
#pragma once

#include "server/pipeline/durable_listeners.h"
#include "server/pipeline/service.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace juanzong::testing {

class FakeService final : public Service {
 public:
  static constexpr std::string_view ledger_name = "garden";
  static constexpr std::string_view origin = "records.example/garden";

  void register_key(const crypto::PublicKey& key, std::string staff);
  void revoke_keys();

  // Appends are kept until release(); `newest_first` turns their order round.
  void hold_appends();
  void release_appends(bool newest_first);
  [[nodiscard]] bool wait_for_held(std::size_t count);
  void refuse_with(Refusal refusal);
  // Puts records of this many bytes at the end and tells the listeners.
  void add_records(std::size_t count, std::size_t bytes);
  // The next append is recorded, but its answer is lost: it never comes.
  void lose_next_answer();
  // Forgets the lost ones: a service lets go of every append before the I/O threads end.
  void forget_lost_answers();
  void set_report(std::string report) { report_ = std::move(report); }

  [[nodiscard]] std::size_t recorded() const;
  [[nodiscard]] std::map<BlobId, Bytes> blobs() const;

  // Service
  Result<LedgerFacts> ledger(std::string_view name) const override;
  std::vector<LedgerFacts> ledgers() const override;
  Result<Principal> identify(std::string_view ledger, const crypto::PublicKey& key) const override;
  Result<KeyChainHead> key_chain(const Principal& who) const override;
  void append(const Principal& who,
              SignedRequest request,
              std::vector<crypto::PublicKey> keys,
              AppendDone done) override;
  Result<RecordPage> read_records(const Principal& who,
                                  RecordIndex from,
                                  std::size_t count) const override;
  Result<RecordPage> read_stream(const Principal& who,
                                 std::string_view stream,
                                 StreamVersion from,
                                 std::size_t count) const override;
  void query(const Principal& who,
             std::string_view view,
             std::string_view arguments,
             QueryDone done) override;
  Result<std::string> prove_record(std::string_view ledger, RecordIndex index) const override;
  Result<std::string> prove_stream(const Principal& who, std::string_view stream) const override;
  Result<std::string> prove_consistency(std::string_view ledger,
                                        std::uint64_t old_size) const override;
  Result<std::string> checkpoint(std::string_view ledger) const override;
  Result<std::string> tile(std::string_view ledger,
                           int level,
                           std::uint64_t number,
                           std::size_t width) const override;
  void attachment(const Principal&, const AttachmentPlace&, AttachmentDone done) override {
    done(fail(ErrorCode::not_found));
  }
  Outcome attach(const Principal& who,
                 const BlobId& blob,
                 const PersonId& subject,
                 ByteView content) override;
  std::uint64_t add_durable_listener(DurableListener listener) override;
  void remove_durable_listener(std::uint64_t id) override;
  UnixMicros now() const override { return UnixMicros{1'750'000'000'000'000}; }
  bool healthy() const override { return true; }

 private:
  struct Held {
    AppendDone done;
    AppendResult result;
  };
  struct Known {
    crypto::Digest hash;
    AppendReceipt receipt;
  };
  [[nodiscard]] AppendResult decide(const SignedRequest& request,
                                    const std::vector<crypto::PublicKey>& keys);
  void push_record(std::size_t bytes);
  void tell_listeners();

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<crypto::PublicKey, std::string> staff_;
  std::map<KeyId, KeyChainHead> chains_;
  std::map<RequestId, Known> known_;
  std::vector<Bytes> records_;
  std::map<BlobId, Bytes> blobs_;
  std::deque<Held> held_;
  bool holding_ = false;
  bool losing_ = false;
  std::vector<AppendDone> lost_;
  std::optional<Refusal> refusal_;
  std::string report_ = "{}";
  DurableListeners listeners_;
};

}  // namespace juanzong::testing
