// SPDX-License-Identifier: Apache-2.0
// The ordered pass of the log verifier: everything that needs to remember earlier records, one
// record after the other, up to the first fault.
#pragma once

#include "crypto/digest.h"
#include "crypto/merkle_tree.h"

#include "events/log/examined_block.h"
#include "events/log/flat_index.h"
#include "events/log/log_finding.h"
#include "events/log/log_verifier.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace juanzong {

class OrderedPass {
 public:
  // What it learns goes into `result`, the finding as well.
  explicit OrderedPass(LogVerification& result) : result_(result) {}

  // `next`: the record after, if it is known, to tell which of two neighbours was altered. False
  // at a fault, or if the visitor stops.
  bool accept(const ExaminedRecord& examined,
              const ExaminedRecord* next,
              const LogVerifierOptions& options);
  // At the end of the log: no request may be open.
  void finish();

 private:
  struct Words {
    LogFault fault;
    std::string zh;
    std::string en;
  };
  using Judgement = std::optional<Words>;
  struct KeyChain {
    std::uint64_t seq = 0;
    crypto::Digest last;
  };
  struct KeyHash {
    std::size_t operator()(const KeyId& id) const {
      return std::hash<std::string_view>{}(juanzong::text_of(id.view()));
    }
  };

  Judgement judge(const ExaminedRecord& examined);
  // What the record says of itself, and its link to the record before.
  Judgement judge_envelope(const ExaminedRecord& examined);
  Judgement judge_origin(const RecordScan& scan);
  // Its place in its request, and the request's in the chain of its key.
  Judgement judge_request(const ExaminedRecord& examined);
  Judgement begin_request(const VerifiedRecord& record);
  Judgement judge_streams(const ExaminedRecord& examined);
  void report(Words found, const ExaminedRecord& examined, const ExaminedRecord* next);

  LogVerification& result_;
  crypto::CompactRange tree_;
  crypto::Digest leaf_;
  UnixMicros recorded_at_{INT64_MIN};
  bool clock_corrected_ = false;    // by the record before
  std::string next_origin_stream_;  // of the next record, if the one before ended its origin
  std::uint32_t expected_statement_ = 0;
  Bytes header_;  // of the open request
  Bytes signatures_;
  RequestIdSet request_ids_;
  StreamTable streams_;
  std::unordered_map<KeyId, KeyChain, KeyHash> keys_;
};

}  // namespace juanzong
