// SPDX-License-Identifier: Apache-2.0
#include "events/log/anchor.h"

#include "tests/events/log/samples.h"
#include "tests/support/golden.h"
#include "tests/support/memory_journal.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>

namespace juanzong {
namespace {

class AnchorFile : public ::testing::Test {
 protected:
  std::filesystem::path file() const { return folder_.path() / "anchor"; }

  Bytes content() const {
    std::ifstream in(file(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    const ByteView view = bytes_of(text);
    return {view.begin(), view.end()};
  }
  void damage(std::size_t at) const {
    std::fstream both(file(), std::ios::binary | std::ios::in | std::ios::out);
    const Bytes now = content();
    both.seekp(static_cast<std::streamoff>(at));
    both.put(static_cast<char>(now[at] ^ 0x20));
  }

 private:
  testing::TemporaryFolder folder_;
};

JournalHead head_at(std::uint64_t position) {
  return {position, testing::digest_of_byte(static_cast<std::uint8_t>(position))};
}

TEST_F(AnchorFile, BeginsEmptyAndIsNotOverwritten) {
  ASSERT_TRUE(Anchor::create(file()));
  const auto opened = Anchor::open(file());
  ASSERT_TRUE(opened);
  EXPECT_EQ((*opened)->newest(), JournalHead{});
  EXPECT_EQ(content().size(), 1024U);
  EXPECT_EQ(Anchor::create(file()).error().code, ErrorCode::io_failure);
  EXPECT_EQ(Anchor::open(file().string() + "-none").error().code, ErrorCode::not_found);
}

TEST_F(AnchorFile, SlotHasTheGoldenBytes) {
  const auto anchor = Anchor::create(file());
  ASSERT_TRUE(anchor);
  for (const std::uint64_t position : {1U, 2U}) {
    ASSERT_TRUE((*anchor)->write(head_at(position)));
  }
  ASSERT_TRUE((*anchor)->write({42, testing::digest_of_byte(0x66)}));  // generation 3, slot 1
  ASSERT_TRUE((*anchor)->sync());
  const Bytes now = content();
  EXPECT_EQ(Bytes(now.begin() + 512, now.end()), testing::golden("anchor_slot"));
}

TEST_F(AnchorFile, RemembersTheNewestOfManyWrites) {
  {
    const auto anchor = Anchor::create(file());
    ASSERT_TRUE(anchor);
    for (std::uint64_t position = 1; position <= 9; ++position) {
      ASSERT_TRUE((*anchor)->write(head_at(position)));
    }
  }
  const auto again = Anchor::open(file());
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)->newest(), head_at(9));
  ASSERT_TRUE((*again)->write(head_at(10)));
  EXPECT_EQ((*Anchor::open(file()))->newest(), head_at(10));
}

TEST_F(AnchorFile, OneDamagedSlotLeavesTheOtherInForce) {
  const auto anchor = Anchor::create(file());
  ASSERT_TRUE(anchor);
  for (std::uint64_t position = 1; position <= 4; ++position) {
    ASSERT_TRUE((*anchor)->write(head_at(position)));
  }
  // Generation 4 lies in slot 0, generation 3 in slot 1.
  for (std::size_t at = 0; at < 512; ++at) {
    damage(at);
    EXPECT_EQ((*Anchor::open(file()))->newest(), head_at(3)) << at;
    damage(at);
    damage(512 + at);
    EXPECT_EQ((*Anchor::open(file()))->newest(), head_at(4)) << at;
    damage(512 + at);
  }
}

TEST_F(AnchorFile, TwoDamagedSlotsAreRefused) {
  const auto anchor = Anchor::create(file());
  ASSERT_TRUE(anchor);
  ASSERT_TRUE((*anchor)->write(head_at(1)));
  damage(20);
  damage(512 + 100);
  EXPECT_EQ(Anchor::open(file()).error().code, ErrorCode::corruption);
}

TEST_F(AnchorFile, AShortFileOrSwappedSlotsAreRefused) {
  const auto anchor = Anchor::create(file());
  ASSERT_TRUE(anchor);
  ASSERT_TRUE((*anchor)->write(head_at(1)));
  const Bytes now = content();
  std::filesystem::resize_file(file(), 1023);
  EXPECT_EQ(Anchor::open(file()).error().code, ErrorCode::corruption);
  std::ofstream out(file(), std::ios::binary | std::ios::trunc);
  const auto text = text_of(now);
  out << text.substr(512) << text.substr(0, 512);
  out.close();
  EXPECT_EQ(Anchor::open(file()).error().code, ErrorCode::corruption);
}

TEST(CheckAgainstAnchor, PassesAtAndAfterTheAnchorOnly) {
  testing::FrameWriter writer;
  testing::MemoryJournal journal;
  std::vector<JournalHead> heads{{}};
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(journal.append(writer.next()), AppendOutcome::ok);
    heads.push_back(journal.head());
  }
  for (const JournalHead& head : heads) {
    EXPECT_TRUE(check_against_anchor(journal, head));
  }
  JournalHead ahead = heads[5];
  ahead.next_position = 6;
  EXPECT_EQ(check_against_anchor(journal, ahead).error().code, ErrorCode::ledger_behind_anchor);
  JournalHead other = heads[3];
  other.tip.bytes[0] ^= 1;
  EXPECT_EQ(check_against_anchor(journal, other).error().code, ErrorCode::ledger_behind_anchor);
}

}  // namespace
}  // namespace juanzong
