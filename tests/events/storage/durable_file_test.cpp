// SPDX-License-Identifier: Apache-2.0
#include "events/storage/durable_file.h"

#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

namespace juanzong {
namespace {

namespace fs = std::filesystem;

class DurableFile : public ::testing::Test {
 protected:
  fs::path file() const { return folder_.path() / "file"; }
  std::size_t entries() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()));
  }
  Result<Bytes> content() const { return read_file(file(), 1U << 20U); }

  testing::TemporaryFolder folder_;
};

TEST_F(DurableFile, ReplacesTheContentWhole) {
  ASSERT_TRUE(write_file_durably(file(), bytes_of("first and longer")));
  ASSERT_TRUE(write_file_durably(file(), bytes_of("second")));
  EXPECT_EQ(text_of(*content()), "second");
  ASSERT_TRUE(write_file_durably(file(), {}));
  EXPECT_TRUE(content()->empty());
  EXPECT_EQ(entries(), 1U);
  struct stat status {};
  ASSERT_EQ(::stat(file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(DurableFile, CreationKeepsWhatIsThere) {
  ASSERT_TRUE(create_file_durably(file(), bytes_of("first")));
  EXPECT_EQ(create_file_durably(file(), bytes_of("second")).error().code, ErrorCode::not_permitted);
  EXPECT_EQ(text_of(*content()), "first");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(DurableFile, ErrorsAreAnswers) {
  EXPECT_EQ(content().error().code, ErrorCode::not_found);
  EXPECT_EQ(write_file_durably(file() / "below", {}).error().code, ErrorCode::io_failure);
  EXPECT_EQ(read_file(folder_.path(), 10).error().code, ErrorCode::io_failure);
  ASSERT_TRUE(write_file_durably(file(), Bytes(1'000)));
  EXPECT_EQ(read_file(file(), 999).error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(read_file(file(), 1'000)->size(), 1'000U);
}

TEST_F(DurableFile, FoldersChangePlacesInOneStep) {
  fs::create_directory(folder_.path() / "a");
  fs::create_directory(folder_.path() / "b");
  ASSERT_TRUE(write_file_durably(folder_.path() / "a" / "x", bytes_of("1")));
  ASSERT_TRUE(exchange_folders(folder_.path() / "a", folder_.path() / "b"));
  EXPECT_TRUE(fs::exists(folder_.path() / "b" / "x"));
  EXPECT_FALSE(fs::exists(folder_.path() / "a" / "x"));
  EXPECT_FALSE(exchange_folders(folder_.path() / "a", folder_.path() / "none"));
}

}  // namespace
}  // namespace juanzong
