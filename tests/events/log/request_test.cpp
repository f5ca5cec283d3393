// SPDX-License-Identifier: Apache-2.0
#include "events/log/request.h"

#include "events/model/limits.h"

#include "tests/events/log/samples.h"
#include "tests/support/golden.h"
#include "tests/support/mutations.h"

#include <gtest/gtest.h>

namespace juanzong {
namespace {

using testing::golden;
using testing::sample_header;

Bytes bytes_from(const crypto::Digest& digest) {
  return {digest.bytes.begin(), digest.bytes.end()};
}

std::optional<Bytes> write_back(const Bytes& bytes) {
  const auto header = parse_header(bytes);
  return header ? std::optional<Bytes>(encode_header(*header)) : std::nullopt;
}

TEST(RequestHeader, HasTheGoldenBytes) {
  const Bytes stored = encode_header(sample_header());
  EXPECT_EQ(stored, golden("header"));
  EXPECT_EQ(signed_bytes(sample_header()), golden("signed_bytes"));
  EXPECT_EQ(signed_bytes_of(stored), golden("signed_bytes"));
  EXPECT_EQ(bytes_from(request_hash(stored)), golden("request_hash"));
}

TEST(RequestHeader, ComesBackAsItWas) {
  const auto header = parse_header(encode_header(sample_header()));
  ASSERT_TRUE(header);
  EXPECT_EQ(*header, sample_header());
}

TEST(RequestHeader, HasOneSpellingOnly) {
  const auto count = testing::count_mutations(encode_header(sample_header()), write_back);
  EXPECT_EQ(count.other, 0U) << "at byte " << count.first_other_at;
  EXPECT_GT(count.refused, 180U);
}

TEST(RequestHeader, RefusesWhatNoClientMaySign) {
  RequestHeader header = sample_header();
  header.statement_count = 0;
  EXPECT_FALSE(parse_header(encode_header(header)));
  header.statement_count = limits::statements_per_request_max;
  EXPECT_TRUE(parse_header(encode_header(header)));
  header.statement_count = limits::statements_per_request_max + 1;
  EXPECT_FALSE(parse_header(encode_header(header)));
  header = sample_header();
  header.key_seq = 0;
  EXPECT_FALSE(parse_header(encode_header(header)));
  header = sample_header();
  header.suite = 2;
  EXPECT_FALSE(parse_header(encode_header(header)));
  header = sample_header();
  header.origin.clear();
  EXPECT_FALSE(parse_header(encode_header(header)));
  header.origin.assign(limits::origin_bytes_max, 'o');
  EXPECT_EQ(encode_header(header).size(), limits::header_bytes_max);
  EXPECT_TRUE(parse_header(encode_header(header)));
}

TEST(KeyId, HasTheGoldenBytes) {
  const KeyId id = key_id_of(crypto::PublicKey{testing::filled<32>(0x99)});
  EXPECT_EQ(Bytes(id.bytes.begin(), id.bytes.end()), golden("key_id"));
}

}  // namespace
}  // namespace juanzong
