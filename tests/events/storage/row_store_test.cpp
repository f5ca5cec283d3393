// SPDX-License-Identifier: Apache-2.0
// One suite for both row stores: what the projections rely on holds for either.
#include "events/storage/row_store.h"

#include "events/storage/memory_row_store.h"

#include "tests/support/fixed_random.h"
#include "tests/support/row_changes.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sys/wait.h>
#include <unistd.h>

namespace juanzong {
namespace {

enum class Kind { memory, rocksdb };

class RowStores : public ::testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (GetParam() == Kind::memory) {
      store_ = make_memory_row_store();
      return;
    }
    auto opened = open_row_store(folder_.path() / "derived");
    ASSERT_TRUE(opened) << to_text(opened.error());
    store_ = std::move(*opened);
  }
  std::string all_from(std::string_view from) const {
    std::string text;
    for (const auto at = store_->seek(from); at->valid(); at->next()) {
      text.append(at->key()).append("=").append(at->value()).append(" ");
    }
    return text;
  }

  testing::TemporaryFolder folder_;
  std::unique_ptr<RowStore> store_;
};

TEST_P(RowStores, PutReplaceAndDelete) {
  EXPECT_FALSE(store_->get("a"));
  ASSERT_TRUE(store_->write(testing::row_batch({{"a", "1"}, {"b", "2"}, {"c", ""}}).rows()));
  EXPECT_EQ(store_->get("a"), "1");
  EXPECT_EQ(store_->get("c"), "");
  ASSERT_TRUE(store_->write(
      testing::row_batch({{"a", std::nullopt}, {"b", "3"}, {"z", std::nullopt}}).rows()));
  EXPECT_EQ(all_from(""), "b=3 c= ");
  ASSERT_TRUE(store_->write({}));
  ASSERT_TRUE(store_->flush());
  EXPECT_EQ(all_from("bb"), "c= ");
}

TEST_P(RowStores, SeekInBothDirections) {
  ASSERT_TRUE(store_->write(testing::row_batch({{"b", "1"}, {"d", "2"}, {"f", "3"}}).rows()));
  EXPECT_EQ(store_->seek("c")->key(), "d");
  EXPECT_EQ(store_->seek("d")->key(), "d");
  EXPECT_FALSE(store_->seek("g")->valid());
  EXPECT_EQ(store_->seek_for_previous("c")->key(), "b");
  EXPECT_EQ(store_->seek_for_previous("d")->key(), "d");
  EXPECT_EQ(store_->seek_for_previous("zzz")->key(), "f");
  EXPECT_FALSE(store_->seek_for_previous("a")->valid());
  const auto at = store_->seek("f");
  at->previous();
  EXPECT_EQ(at->key(), "d");
  at->previous();
  at->previous();
  EXPECT_FALSE(at->valid());
  at->previous();
  at->next();
  EXPECT_FALSE(at->valid());
}

TEST_P(RowStores, ACursorSeesTheRowsAsTheyWere) {
  ASSERT_TRUE(store_->write(testing::row_batch({{"a", "1"}, {"b", "2"}}).rows()));
  const auto at = store_->seek("");
  ASSERT_TRUE(
      store_->write(testing::row_batch({{"a", "9"}, {"aa", "9"}, {"b", std::nullopt}}).rows()));
  EXPECT_EQ(at->value(), "1");
  at->next();
  EXPECT_EQ(at->key(), "b");
  EXPECT_EQ(at->value(), "2");
  at->next();
  EXPECT_FALSE(at->valid());
  EXPECT_EQ(all_from(""), "a=9 aa=9 ");
}

TEST_P(RowStores, KeysAndValuesAreAnyBytes) {
  const std::string key("\x00\xff\x00k", 4);
  const std::string value("\x00v\x00", 3);
  ASSERT_TRUE(
      store_->write(testing::row_batch({{key, value}, {std::string("\xff"), "last"}}).rows()));
  EXPECT_EQ(store_->get(key), value);
  EXPECT_EQ(store_->seek_for_previous("\xff\xff")->value(), "last");
}

TEST_P(RowStores, RandomWritesAgreeWithAMap) {
  testing::FixedRandom random(20'260'307);
  std::map<std::string, std::string> model;
  for (int round = 0; round < 200; ++round) {
    std::map<std::string, std::optional<std::string>> changes;
    for (int i = 0; i < 20; ++i) {
      const std::string key = std::to_string(random.below(300));
      const std::string value = std::to_string(random.below(1'000'000));
      changes[key] = random.below(3) == 0 ? std::nullopt : std::optional<std::string>(value);
    }
    const std::vector<RowChange> sorted(changes.begin(), changes.end());
    ASSERT_TRUE(store_->write(sorted));
    for (const auto& [key, value] : changes) {
      model.erase(key);
      if (value) {
        model[key] = *value;
      }
    }
    if (round % 50 == 0) {
      ASSERT_TRUE(store_->flush());
    }
  }
  std::string expected;
  for (const auto& [key, value] : model) {
    expected.append(key).append("=").append(value).append(" ");
  }
  EXPECT_EQ(all_from(""), expected);
}

INSTANTIATE_TEST_SUITE_P(Both,
                         RowStores,
                         ::testing::Values(Kind::memory, Kind::rocksdb),
                         [](const auto& named) {
                           return named.param == Kind::memory ? "Memory" : "Rocksdb";
                         });

TEST(RocksdbRowStore, IsThereAfterACleanEndAndReadableBeside) {
  const testing::TemporaryFolder folder;
  const auto directory = folder.path() / "derived";
  {
    const auto store = open_row_store(directory);
    ASSERT_TRUE(store);
    ASSERT_TRUE((*store)->write(testing::row_batch({{"k", "v"}}).rows()));
    ASSERT_TRUE((*store)->flush());
    const auto reader = open_row_store_read_only(directory);
    ASSERT_TRUE(reader) << to_text(reader.error());
    EXPECT_EQ((*reader)->get("k"), "v");
    EXPECT_EQ(open_row_store(directory).error().code, ErrorCode::already_running);
  }
  EXPECT_EQ((*open_row_store(directory))->get("k"), "v");
}

// More rows than go through the memtable, after the others in key order.
void add_filler(RowBatch& batch, const std::string& value) {
  for (int i = 10'000; i < 20'000; ++i) {
    batch.put("z" + std::to_string(i), value);
  }
}

// Run by the tests below in a process of its own (a fork has none of RocksDB's threads).
TEST(RocksdbRowStore, DISABLED_ChildWritesAndDies) {
  const char* directory = std::getenv("JUANZONG_TEST_ROWS");
  const char* flush_at = std::getenv("JUANZONG_TEST_FLUSH_AT");
  const char* large_at = std::getenv("JUANZONG_TEST_LARGE_AT");
  ASSERT_TRUE(directory != nullptr && flush_at != nullptr);
  const auto store = open_row_store(directory);
  ASSERT_TRUE(store);
  for (int position = 1; position <= 50; ++position) {
    const std::string value = std::to_string(position);
    RowBatch batch = testing::row_batch({{"position", value}, {"row1", value}, {"row2", value}});
    if (large_at != nullptr && value == large_at) {
      add_filler(batch, value);
    }
    ASSERT_TRUE((*store)->write(batch.rows()));
    if (value == flush_at) {
      ASSERT_TRUE((*store)->flush());
    }
  }
  ::kill(::getpid(), SIGKILL);
}

bool child_died_writing(const std::filesystem::path& directory, int flush_at, int large_at = 0) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::setenv("JUANZONG_TEST_ROWS", directory.c_str(), 1);
    ::setenv("JUANZONG_TEST_FLUSH_AT", std::to_string(flush_at).c_str(), 1);
    ::setenv("JUANZONG_TEST_LARGE_AT", std::to_string(large_at).c_str(), 1);
    ::execl("/proc/self/exe",
            "events_test",
            "--gtest_also_run_disabled_tests",
            "--gtest_brief=1",
            "--gtest_filter=RocksdbRowStore.DISABLED_ChildWritesAndDies",
            nullptr);
    ::_exit(1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

// What is found after a death must be exactly some batch's state, rows and position together.
TEST(RocksdbRowStore, AfterADeathTheRowsAreThoseOfOneEarlierPosition) {
  for (const int flush_at : {1, 7, 23, 50}) {
    const testing::TemporaryFolder folder;
    const auto directory = folder.path() / "derived";
    ASSERT_TRUE(child_died_writing(directory, flush_at));
    const auto store = open_row_store(directory);
    ASSERT_TRUE(store) << to_text(store.error());
    EXPECT_EQ((*store)->get("position"), std::to_string(flush_at));
    EXPECT_EQ((*store)->get("row1"), (*store)->get("position"));
    EXPECT_EQ((*store)->get("row2"), (*store)->get("position"));
  }
}

// A large batch is durable at once, with all that came before it.
TEST(RocksdbRowStore, AfterADeathALargeBatchIsThereWhole) {
  const testing::TemporaryFolder folder;
  const auto directory = folder.path() / "derived";
  ASSERT_TRUE(child_died_writing(directory, 7, 23));
  const auto store = open_row_store(directory);
  ASSERT_TRUE(store) << to_text(store.error());
  EXPECT_EQ((*store)->get("position"), "23");
  EXPECT_EQ((*store)->get("row1"), "23");
  EXPECT_EQ((*store)->get("z10000"), "23");
  EXPECT_EQ((*store)->get("z19999"), "23");
}

// Small and large batches in turn: the newer value wins, whichever way it came.
TEST(RocksdbRowStore, SmallAndLargeBatchesKeepTheirOrder) {
  const testing::TemporaryFolder folder;
  const auto directory = folder.path() / "derived";
  {
    const auto store = open_row_store(directory);
    ASSERT_TRUE(store);
    for (int round = 1; round <= 6; ++round) {
      const std::string value = std::to_string(round);
      RowBatch batch = testing::row_batch({{"position", value}, {"row", value}});
      if (round % 2 == 0) {
        add_filler(batch, value);
      }
      ASSERT_TRUE((*store)->write(batch.rows()));
      EXPECT_EQ((*store)->get("row"), value);
      EXPECT_EQ((*store)->seek("row")->value(), value);
      ASSERT_TRUE((*store)->write(
          testing::row_batch({{"position", value}, {"z15000", std::nullopt}}).rows()));
      EXPECT_FALSE((*store)->get("z15000"));
    }
    ASSERT_TRUE((*store)->flush());
  }
  const auto again = open_row_store(directory);
  EXPECT_EQ((*again)->get("row"), "6");
  EXPECT_EQ((*again)->get("z15001"), "6");
  EXPECT_FALSE((*again)->get("z15000"));
}

TEST(RocksdbRowStore, ADamagedStoreIsReportedForRebuilding) {
  const testing::TemporaryFolder folder;
  const auto directory = folder.path() / "derived";
  ASSERT_TRUE((*open_row_store(directory))->write(testing::row_batch({{"k", "v"}}).rows()));
  std::ofstream(directory / "CURRENT") << "MANIFEST-999999\n";
  EXPECT_EQ(open_row_store(directory).error().code, ErrorCode::corruption);
  std::ofstream(directory / "CURRENT") << "x";
  EXPECT_EQ(open_row_store(directory).error().code, ErrorCode::corruption);
}

}  // namespace
}  // namespace juanzong
