// SPDX-License-Identifier: Apache-2.0
// RecordScan: the layout of record.h read without allocating, for verifiers that go through
// millions of records. Accepts exactly the byte strings that parse_record accepts (a test holds
// the two equal on damaged records).
#pragma once

#include "crypto/byte_view.h"
#include "crypto/digest.h"

#include "events/model/civil_time.h"
#include "events/model/ids.h"

#include <cstdint>
#include <string_view>

namespace juanzong {

// Views point into the bytes that were scanned.
struct RecordScan {
  RecordIndex index{};
  std::uint32_t rules_version = 0;
  UnixMicros recorded_at;
  crypto::Digest prev;
  // Of the request header.
  std::string_view origin;
  RequestId request_id;
  KeyId key_id;
  std::uint64_t key_seq = 0;
  crypto::Digest prev_request;
  std::uint16_t statement_count = 0;
  crypto::Digest statements_root;

  ByteView header;      // as parse_record gives it
  ByteView signatures;  // key_id 32 ‖ signature 64, each; empty: the session vouched
  std::uint16_t statement_number = 0;
  ByteView path;  // 32 each
  std::uint8_t stream_count = 0;
  ByteView links;    // version u64 ‖ previous u64, each
  ByteView streams;  // name (u8 length) ‖ expected u64, each
  EventType type{};
  ByteView statement;
  ByteView body;
  ByteView bytes;
};

[[nodiscard]] bool scan_record(ByteView bytes, RecordScan& scan);

}  // namespace juanzong
