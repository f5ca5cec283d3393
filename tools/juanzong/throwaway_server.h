// SPDX-License-Identifier: Apache-2.0
// A founded data directory of its own with a juanzongd on a free port, for as long as this lives.
// The directory goes with it.
#pragma once

#include "events/model/civil_time.h"
#include "events/model/result.h"

#include "tools/bench/bench_ledger.h"
#include "tools/demo/child_process.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace juanzong::cli {

class ThrowawayServer {
 public:
  // Founds a ledger of a test origin below `parent` (empty: the temporary folder); no server yet.
  [[nodiscard]] static Result<std::unique_ptr<ThrowawayServer>> found(
      const std::filesystem::path& parent, UnixMicros now);
  ThrowawayServer(const ThrowawayServer&) = delete;
  ThrowawayServer& operator=(const ThrowawayServer&) = delete;
  ~ThrowawayServer();

  // Returns when it is ready. `more`: arguments beyond directory, address and no HTTP.
  [[nodiscard]] Outcome start(const std::vector<std::string>& more = {});
  // Drains; environment if it does not end in order.
  [[nodiscard]] Outcome stop();
  void kill() { process_.reset(); }  // SIGKILL

  [[nodiscard]] Result<bench::Target> target() const;
  [[nodiscard]] pid_t process() const { return process_->process(); }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] std::filesystem::path data() const { return folder_ / "data"; }

 private:
  explicit ThrowawayServer(std::filesystem::path folder) : folder_(std::move(folder)) {}

  const std::filesystem::path folder_;
  std::unique_ptr<ServerProcess> process_;
};

}  // namespace juanzong::cli
