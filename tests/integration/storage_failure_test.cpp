// SPDX-License-Identifier: Apache-2.0
// Storage that fails under load, and a server that is told to stop: whatever was acknowledged is
// there afterwards, and the process says by its exit code how it ended.
#include "tests/integration/append_load.h"
#include "tests/integration/site.h"

#include <gmock/gmock.h>

#include <array>
#include <csignal>
#include <fstream>
#include <sys/mount.h>
#include <sys/resource.h>

namespace juanzong::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds patience{30};

void expect_nothing_lost(Site& site, const std::vector<AppendLoad::Ack>& acks) {
  site.start();
  {
    const Desk desk = site.founder();
    EXPECT_EQ(missing(desk, acks), 0U) << "of " << acks.size();
    EXPECT_EQ(outcome_of(desk.submitter->submit(staff_line(fresh_name()))), "");
  }
  EXPECT_EQ(site.stop(), 0);
  EXPECT_EQ(site.audit(), 0);
}

TEST(StorageFailure, SigtermUnderLoadAnswersEveryRequest) {
  Site site;
  site.start();
  const Desk desk = site.founder();
  AppendLoad load(desk);
  ASSERT_TRUE(load.wait_for_acks(300));
  EXPECT_EQ(site.stop(), 0);
  load.finish();
  EXPECT_EQ(load.acks().size() + load.others().size(), load.sent());
  using ::testing::AnyOf;
  EXPECT_THAT(load.others(),
              ::testing::Each(AnyOf("outcome_unknown", "shutting_down", "actor_chain_conflict")));
  expect_nothing_lost(site, load.acks());
}

TEST(StorageFailure, KillNineUnderLoadLosesNothingAcknowledged) {
  Site site;
  site.start();
  const Desk desk = site.founder();
  AppendLoad load(desk);
  ASSERT_TRUE(load.wait_for_acks(300));
  site.kill();
  load.finish();
  expect_nothing_lost(site, load.acks());
}

// The journal's file may not grow any more: write(2) fails with EFBIG, as a failing disk would.
TEST(StorageFailure, AFailedWriteEndsTheProcess) {
  std::signal(SIGXFSZ, SIG_IGN);  // the server inherits it
  Site site;
  site.start();
  std::signal(SIGXFSZ, SIG_DFL);
  const Desk desk = site.founder();
  AppendLoad load(desk);
  ASSERT_TRUE(load.wait_for_acks(200));
  const rlimit limit{16UL << 10U, RLIM_INFINITY};
  ASSERT_EQ(::prlimit(site.server().process(), RLIMIT_FSIZE, &limit, nullptr), 0);
  EXPECT_EQ(site.wait_for_end(patience), 1) << site.said();
  load.finish();
  EXPECT_THAT(load.others(), ::testing::Not(::testing::IsEmpty()));
  expect_nothing_lost(site, load.acks());
}

class SmallDisk {
 public:
  SmallDisk() { mounted_ = mount("size=64m", 0); }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) {
      ::umount2(folder_.path().c_str(), MNT_DETACH);
    }
  }
  [[nodiscard]] bool mounted() const { return mounted_; }
  [[nodiscard]] bool enlarge() const { return mount("size=256m", MS_REMOUNT); }
  // Leaves only that much room.
  void fill_except(std::uintmax_t bytes) const {
    const std::uintmax_t room = fs::space(path()).available;
    ASSERT_GT(room, bytes);
    const std::string block(64UL << 10U, 'x');
    std::ofstream ballast(path() / "ballast", std::ios::binary);
    for (std::uintmax_t left = room - bytes; left >= block.size(); left -= block.size()) {
      ballast << block;
    }
  }
  [[nodiscard]] const fs::path& path() const { return folder_.path(); }

 private:
  [[nodiscard]] bool mount(const char* options, unsigned long flags) const {
    return ::mount("tmpfs", path().c_str(), "tmpfs", flags, options) == 0;
  }
  TemporaryFolder folder_;
  bool mounted_ = false;
};

TEST(StorageFailure, AFullDiskEndsTheProcessAndRoomBringsItBack) {
  const SmallDisk disk;
  if (!disk.mounted()) {
    GTEST_SKIP() << "mounting a small tmpfs needs root";
  }
  Site site({.folder = disk.path()});
  site.start();
  const Desk desk = site.founder();
  disk.fill_except(1UL << 20U);
  AppendLoad load(desk);
  EXPECT_EQ(site.wait_for_end(patience), 1) << site.said();
  load.finish();
  EXPECT_GT(load.acks().size(), 0U);
  ASSERT_TRUE(disk.enlarge());
  expect_nothing_lost(site, load.acks());
}

}  // namespace
}  // namespace juanzong::testing
