// SPDX-License-Identifier: Apache-2.0
#include "events/log/statement.h"

#include "events/model/limits.h"

#include "tests/events/log/samples.h"
#include "tests/support/fixed_random.h"
#include "tests/support/golden.h"
#include "tests/support/mutations.h"

#include <gtest/gtest.h>

namespace juanzong {
namespace {

using testing::sample_statement;

Statement owned(const StatementView& view) {
  std::vector<StreamExpectation> streams;
  for (const StreamView& stream : view.streams) {
    streams.push_back({std::string(stream.name), stream.expected});
  }
  return {view.type,
          view.schema_version,
          view.back_entry,
          view.occurred_at,
          std::move(streams),
          Bytes(view.body.begin(), view.body.end())};
}

std::optional<Bytes> write_back(const Bytes& bytes) {
  const auto view = parse_statement(bytes);
  return view ? std::optional<Bytes>(*encode_statement(owned(*view))) : std::nullopt;
}

TEST(Statement, HasTheGoldenBytes) {
  EXPECT_EQ(*encode_statement(sample_statement(13)), testing::golden("statement"));
}

TEST(Statement, ComesBackAsItWas) {
  const Statement statement = sample_statement(13);
  const Bytes bytes = *encode_statement(statement);
  const auto view = parse_statement(bytes);
  ASSERT_TRUE(view);
  EXPECT_EQ(owned(*view), statement);
  EXPECT_EQ((view->body.data() - bytes.data()) % 8, 0);
}

TEST(Statement, HasOneSpellingOnly) {
  const auto count = testing::count_mutations(*encode_statement(sample_statement(13)), write_back);
  EXPECT_EQ(count.other, 0U) << "at byte " << count.first_other_at;
  EXPECT_GT(count.refused, 200U);
  EXPECT_GT(count.same, 100U);
}

TEST(Statement, RandomStatementsComeBack) {
  testing::FixedRandom random(20'260'301);
  for (int round = 0; round < 500; ++round) {
    Statement statement = sample_statement(1 + random.below(300));
    statement.streams.clear();
    const std::uint64_t streams = 1 + random.below(16);
    for (std::uint64_t i = 0; i < streams; ++i) {
      const std::string rest(1 + random.below(80), static_cast<char>('a' + i));
      statement.streams.push_back({"s:" + rest, StreamVersion{random.below(1U << 20U)}});
    }
    const Bytes bytes = *encode_statement(statement);
    ASSERT_EQ(bytes.size() % 8, 0U);
    const auto view = parse_statement(bytes);
    ASSERT_TRUE(view);
    ASSERT_EQ(owned(*view), statement);
  }
}

TEST(Statement, RefusesWhatExceedsTheLimits) {
  EXPECT_FALSE(encode_statement(sample_statement(0)));
  EXPECT_EQ(encode_statement(sample_statement(limits::statement_bytes_max)).error().code,
            ErrorCode::limit_exceeded);
  const std::size_t around = encode_statement(sample_statement(8))->size() - 8;
  const auto largest = encode_statement(sample_statement(limits::statement_bytes_max - around));
  ASSERT_TRUE(largest);
  EXPECT_EQ(largest->size(), limits::statement_bytes_max);
  EXPECT_TRUE(parse_statement(*largest));
  EXPECT_FALSE(encode_statement(sample_statement(limits::statement_bytes_max - around + 1)));
  EXPECT_FALSE(parse_statement(Bytes(limits::statement_bytes_max + 8)));
}

TEST(Statement, RefusesStreamsOutOfOrderOrNumber) {
  Statement statement = sample_statement(8);
  std::swap(statement.streams[0], statement.streams[1]);
  EXPECT_FALSE(encode_statement(statement));
  statement.streams[1] = statement.streams[0];
  EXPECT_FALSE(encode_statement(statement));
  statement.streams.clear();
  EXPECT_FALSE(encode_statement(statement));
  for (char c = 'a'; c <= 'q'; ++c) {
    statement.streams.push_back({std::string("s:") + c, any_version});
  }
  ASSERT_EQ(statement.streams.size(), 17U);
  EXPECT_FALSE(encode_statement(statement));
  statement.streams.pop_back();
  EXPECT_TRUE(encode_statement(statement));
}

TEST(Statement, KnowsAStreamName) {
  for (const char* name : {"policy", "unit:3-1-1202", "daily_cash:2025-03-14", "a:B.c_d-9"}) {
    EXPECT_TRUE(is_stream_name(name)) << name;
  }
  for (const char* name : {"", ":", "unit:", ":x", "Unit:1", "unit:a b", "unit:张", "unit:a:b"}) {
    EXPECT_FALSE(is_stream_name(name)) << name;
  }
  EXPECT_TRUE(is_stream_name("s:" + std::string(94, 'x')));
  EXPECT_FALSE(is_stream_name("s:" + std::string(95, 'x')));
}

}  // namespace
}  // namespace juanzong
