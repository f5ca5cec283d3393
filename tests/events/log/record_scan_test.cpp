// SPDX-License-Identifier: Apache-2.0
#include "events/log/record_scan.h"

#include "events/log/record.h"

#include "tests/events/log/samples.h"

#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

void expect_same_verdict(const Bytes& bytes) {
  RecordScan scan;
  const bool scanned = scan_record(bytes, scan);
  const auto parsed = parse_record(bytes);
  ASSERT_EQ(scanned, parsed.has_value());
  if (parsed) {
    EXPECT_EQ(scan.index, parsed->index);
    EXPECT_EQ(scan.recorded_at, parsed->recorded_at);
    EXPECT_EQ(scan.prev, parsed->prev);
    EXPECT_EQ(scan.origin, parsed->header.origin);
    EXPECT_EQ(scan.key_seq, parsed->header.key_seq);
    EXPECT_EQ(scan.statements_root, parsed->header.statements_root);
    EXPECT_EQ(scan.stream_count, parsed->links.size());
    EXPECT_EQ(scan.type, parsed->statement.type);
    EXPECT_TRUE(std::ranges::equal(scan.body, parsed->statement.body));
  }
}

TEST(RecordScan, JudgesEveryFlippedBitAsParseRecordDoes) {
  for (const Bytes& record : {sample_record(), sample_record_of_session()}) {
    for (std::size_t i = 0; i < record.size() * 8; ++i) {
      Bytes flipped = record;
      flipped[i / 8] = static_cast<std::uint8_t>(flipped[i / 8] ^ (1U << (i % 8)));
      expect_same_verdict(flipped);
    }
  }
}

TEST(RecordScan, JudgesEveryTruncationAndExtensionAsParseRecordDoes) {
  for (Bytes record : {sample_record(), sample_record_of_session()}) {
    for (std::size_t size = 0; size <= record.size(); ++size) {
      expect_same_verdict({record.begin(), record.begin() + static_cast<std::ptrdiff_t>(size)});
    }
    record.resize(record.size() + 8);
    expect_same_verdict(record);
  }
}

}  // namespace
}  // namespace juanzong::testing
