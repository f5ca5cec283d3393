// SPDX-License-Identifier: Apache-2.0
// Log verifier: whether a sequence of records is a whole and unaltered ledger, without knowing a
// single event. Checked, in index order, until the first fault:
//
//   layout; index = previous + 1; prev = leaf of the record before (genesis link for record 0);
//   recorded_at never falls; one origin, until a record changes it; the n statements of a request
//   contiguous under one header with one set of signatures, each with its path to R; request ids
//   once for ever; key_seq and prev_request of each key; version and previous index of each stream,
//   dense from 1.
//
// Stored links can be checked independently of each other, so hashing runs on all threads, in
// blocks; one ordered pass follows for what needs memory. Signatures are the caller's: `visit`
// sees every good record in order.
#pragma once

#include "crypto/digest.h"
#include "crypto/merkle_tree.h"

#include "events/log/log_finding.h"
#include "events/log/record_scan.h"
#include "events/log/record_source.h"
#include "events/model/result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace juanzong {

// A record that passed, with its hashes.
struct VerifiedRecord {
  RecordScan scan;
  crypto::Digest leaf;
  crypto::Digest request_hash;  // of the request's first record only
};

// The origin of the records from `first` on. Heads of it have sizes from `first` to the `first` of
// the next span: the record that ends an origin is its last.
struct OriginSpan {
  std::uint64_t first = 0;
  std::string origin;
};

struct LogVerification {
  std::uint64_t size = 0;                         // records that passed
  crypto::Digest root;                            // over them (RFC 6962)
  std::map<std::uint64_t, crypto::Digest> roots;  // at the watched sizes that were reached
  std::uint64_t requests = 0;
  std::uint64_t streams = 0;
  std::uint64_t keys = 0;
  std::string origin;  // of record 0
  std::vector<OriginSpan> origins;
  std::optional<LogFinding> finding;
};

struct LogVerifierOptions {
  unsigned threads = 2;
  std::vector<std::uint64_t> watched_sizes;
  // False stops. Called in order on the calling thread.
  std::function<bool(const VerifiedRecord&)> visit;
  // Records that passed so far, now and then.
  std::function<void(std::uint64_t records)> progress;
};

[[nodiscard]] LogVerification verify_log(RecordSource& source, const LogVerifierOptions& options);

}  // namespace juanzong
