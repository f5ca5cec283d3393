// SPDX-License-Identifier: Apache-2.0
#include "events/log/frame.h"

#include "crypto/sha256.h"

#include "events/model/byte_io.h"
#include "events/model/limits.h"

#include "tests/events/log/opened_frame.h"
#include "tests/events/log/samples.h"
#include "tests/support/fixed_random.h"
#include "tests/support/golden.h"
#include "tests/support/mutations.h"

#include <gtest/gtest.h>

namespace juanzong {
namespace {

using testing::sample_batches;
using testing::sample_frame_head;

Frame sample_frame() {
  return seal_frame(sample_frame_head(), sample_batches());
}

TEST(Frame, HasTheGoldenBytes) {
  const Frame frame = sample_frame();
  ASSERT_EQ(frame.chunks.size(), 4U);
  for (std::size_t i = 0; i < frame.chunks.size(); ++i) {
    EXPECT_EQ(frame.chunks[i], testing::golden("frame_chunk_" + std::to_string(i))) << i;
  }
}

TEST(Frame, OpensToTheBatchesThatWereSealed) {
  const Frame frame = sample_frame();
  EXPECT_TRUE(check_frame(frame.chunks));
  const auto batches = testing::opened_frame(frame.chunks);
  ASSERT_TRUE(batches);
  ASSERT_EQ(batches->size(), 2U);
  EXPECT_EQ((*batches)[0].records, sample_batches()[0].records);
  EXPECT_EQ((*batches)[0].openings, sample_batches()[0].openings);
  EXPECT_EQ((*batches)[1].records, sample_batches()[1].records);
  const auto header = parse_frame_header(frame.chunks[0]);
  ASSERT_TRUE(header);
  EXPECT_EQ(header->tip, frame.tip);
  EXPECT_EQ(header->head.position, 41U);
  EXPECT_EQ(header->head.writer, sample_frame_head().writer);
  EXPECT_EQ(header->chunk_count, 4U);
}

TEST(Frame, EveryDamageToAnyChunkIsRefused) {
  const Frame frame = sample_frame();
  for (std::size_t i = 0; i < frame.chunks.size(); ++i) {
    testing::for_each_mutation(frame.chunks[i], [&](const Bytes& mutated, std::size_t at) {
      std::vector<Bytes> chunks = frame.chunks;
      chunks[i] = mutated;
      ASSERT_FALSE(check_frame(chunks)) << "chunk " << i << " byte " << at;
    });
  }
}

TEST(Frame, MissingSurplusOrSwappedChunksAreRefused) {
  const Frame frame = sample_frame();
  EXPECT_FALSE(check_frame({}));
  for (std::size_t i = 0; i < frame.chunks.size(); ++i) {
    std::vector<Bytes> chunks = frame.chunks;
    chunks.erase(chunks.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(check_frame(chunks)) << i;
    chunks = frame.chunks;
    chunks.push_back(chunks[i]);
    EXPECT_FALSE(check_frame(chunks)) << i;
    for (std::size_t j = 0; j < i; ++j) {
      chunks = frame.chunks;
      std::swap(chunks[i], chunks[j]);
      EXPECT_FALSE(check_frame(chunks)) << i << " " << j;
    }
  }
}

// A chunk alone carries no digest; what its parser accepts must at least have one spelling.
TEST(RecordChunk, HasOneSpellingOnly) {
  const auto write_back = [](const Bytes& bytes) -> std::optional<Bytes> {
    const auto chunk = parse_record_chunk(bytes);
    if (!chunk) {
      return std::nullopt;
    }
    LedgerBatch batch;
    batch.first = chunk->first;
    for (const ByteView record : chunk->records) {
      batch.records.emplace_back(record.begin(), record.end());
    }
    batch.tree_size = number(batch.first) + batch.records.size();
    Bytes again = seal_frame({}, {batch}).chunks.at(1);
    again[2] = static_cast<std::uint8_t>(chunk->batch);
    again[3] = static_cast<std::uint8_t>(chunk->batch >> 8);
    return again;
  };
  const auto count = testing::count_mutations(sample_frame().chunks[1], write_back);
  EXPECT_EQ(count.other, 0U) << "at byte " << count.first_other_at;
  EXPECT_GT(count.same, 0U);
}

TEST(OpeningChunk, HasOneSpellingOnly) {
  const auto write_back = [](const Bytes& bytes) -> std::optional<Bytes> {
    const auto chunk = parse_opening_chunk(bytes);
    if (!chunk) {
      return std::nullopt;
    }
    LedgerBatch batch = sample_batches()[0];
    batch.openings = chunk->openings;
    Bytes again = seal_frame({}, {batch}).chunks.at(2);
    again[2] = static_cast<std::uint8_t>(chunk->batch);
    again[3] = static_cast<std::uint8_t>(chunk->batch >> 8);
    return again;
  };
  const auto count = testing::count_mutations(sample_frame().chunks[2], write_back);
  EXPECT_EQ(count.other, 0U) << "at byte " << count.first_other_at;
  EXPECT_GT(count.same, 0U);
}

TEST(Frame, ChunksStayBelowTheirTargetUnlessOneRecordIsLarger) {
  testing::FrameWriter writer;
  const Frame frame = writer.next(500, 304);
  EXPECT_GT(frame.chunks.size(), 5U);
  for (const Bytes& chunk : frame.chunks) {
    EXPECT_LE(chunk.size(), limits::chunk_bytes_target);
  }
  EXPECT_TRUE(check_frame(frame.chunks));
  const Frame large = writer.next(2, limits::record_bytes_max / 8 * 8);
  ASSERT_EQ(large.chunks.size(), 3U);
  EXPECT_TRUE(check_frame(large.chunks));
}

TEST(Frame, AChunkOfTheTargetSizeIsNotSplit) {
  testing::FrameWriter writer;
  // 16 + 2 · 4 bytes of offsets, then two records that fill the rest exactly.
  const std::size_t half = (limits::chunk_bytes_target - 24) / 2 / 8 * 8;
  ASSERT_EQ(24 + 2 * half, limits::chunk_bytes_target - 8);
  EXPECT_EQ(writer.next(2, half).chunks.size(), 2U);
  EXPECT_EQ(writer.next(2, half + 8).chunks.size(), 3U);
}

TEST(Frame, WithoutBatchesIsAFenceAndOpensEmpty) {
  const Frame frame = seal_frame(sample_frame_head(), {});
  ASSERT_EQ(frame.chunks.size(), 1U);
  EXPECT_TRUE(check_frame(frame.chunks));
  EXPECT_TRUE(frame.batches.empty());
}

TEST(Frame, RandomFramesComeBack) {
  testing::FixedRandom random(20'260'302);
  testing::FrameWriter writer;
  for (int round = 0; round < 60; ++round) {
    std::vector<LedgerBatch> batches;
    const std::uint64_t count = 1 + random.below(3);
    for (std::uint64_t i = 0; i < count; ++i) {
      LedgerBatch batch = writer.batch(1 + random.below(80), 64 + 8 * random.below(400));
      for (std::uint64_t n = random.below(30); n > 0; --n) {
        batch.openings.push_back({batch.first,
                                  PersonId{testing::filled<16>(random.byte())},
                                  std::string(random.below(120), 'p'),
                                  Bytes(random.below(4'000), random.byte())});
      }
      batches.push_back(std::move(batch));
    }
    const Frame frame = writer.seal(batches);
    ASSERT_TRUE(check_frame(frame.chunks)) << to_text(check_frame(frame.chunks).error());
    const auto opened = testing::opened_frame(frame.chunks);
    ASSERT_TRUE(opened);
    ASSERT_EQ(opened->size(), batches.size());
    for (std::size_t i = 0; i < batches.size(); ++i) {
      ASSERT_EQ((*opened)[i].records, batches[i].records);
      ASSERT_EQ((*opened)[i].openings, batches[i].openings);
    }
  }
}

// Offsets in the header of a frame with one batch.
constexpr std::size_t chunk_count_at = 6;
constexpr std::size_t record_chunks_at = 264;
constexpr std::size_t tip_at = 300;

// The same records in two chunks where one would do, under a header that says so.
std::vector<Bytes> split_in_two(const Frame& frame) {
  const auto chunk = parse_record_chunk(frame.chunks[1]);
  std::vector<Bytes> chunks{frame.chunks[0]};
  const std::size_t half = chunk->records.size() / 2;
  for (const auto& [begin, end] :
       {std::pair{std::size_t{0}, half}, {half, chunk->records.size()}}) {
    ByteWriter out;
    out.put(std::uint8_t{1}).put(std::uint8_t{0}).put(chunk->batch);
    out.put(static_cast<std::uint32_t>(end - begin)).put(number(chunk->first) + begin);
    std::uint32_t data = 0;
    for (std::size_t i = begin; i < end; ++i) {
      data += static_cast<std::uint32_t>(chunk->records[i].size());
      out.put(data);
    }
    out.pad_to(8);
    for (std::size_t i = begin; i < end; ++i) {
      out.put(chunk->records[i]);
    }
    chunks.push_back(out.take());
  }
  Bytes& header = chunks.front();
  header[chunk_count_at] = 3;
  header[record_chunks_at] = 2;
  const crypto::Digest tip = crypto::sha256(bytes_of("jznf1"), ByteView(header).first(tip_at));
  std::ranges::copy(tip.bytes, header.begin() + tip_at);
  return chunks;
}

TEST(Frame, ChunksSplitAnotherWayAreRefused) {
  testing::FrameWriter writer;
  const Frame frame = writer.next(6, 64);
  ASSERT_EQ(frame.chunks.size(), 2U);
  const std::vector<Bytes> chunks = split_in_two(frame);
  ASSERT_TRUE(parse_frame_header(chunks[0]));
  EXPECT_FALSE(check_frame_form(chunks));
  EXPECT_FALSE(testing::opened_frame(chunks));
}

TEST(Frame, FormAloneLeavesTheRecordsToWhoeverHashesThem) {
  std::vector<Bytes> chunks = sample_frame().chunks;
  chunks[1].back() ^= 1;
  EXPECT_TRUE(check_frame_form(chunks));
  EXPECT_FALSE(check_frame(chunks));
}

TEST(Frame, ARecordOutOfItsChainIsRefused) {
  std::vector<LedgerBatch> batches = sample_batches();
  std::swap(batches[0].records[0], batches[0].records[2]);
  EXPECT_FALSE(check_frame(seal_frame(sample_frame_head(), batches).chunks));
  batches = sample_batches();
  batches[0].last_leaf.bytes[0] ^= 1;
  EXPECT_FALSE(check_frame(seal_frame(sample_frame_head(), batches).chunks));
}

}  // namespace
}  // namespace juanzong
