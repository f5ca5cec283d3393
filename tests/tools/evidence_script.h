// SPDX-License-Identifier: Apache-2.0
// Packages in folders of the test's own, and verify.sh as a stranger runs it.
#pragma once

#include "tools/evidence/manifest.h"

#include "tests/support/temporary_folder.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/wait.h>
#include <vector>

namespace juanzong::testing {

struct ScriptAnswer {
  int exit_code = -1;
  std::string text;
};

class EvidenceScript {
 public:
  [[nodiscard]] std::string write(const std::string& name, ByteView content) const {
    const std::filesystem::path path = folder_.path() / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text_of(content);
    return path.string();
  }
  // In a new folder; its path.
  [[nodiscard]] std::string unpack(const evidence::PackageFiles& files) {
    const std::string name = "package" + std::to_string(++count_);
    for (const auto& [path, content] : files) {
      static_cast<void>(write(name + "/" + path, content));
    }
    return (folder_.path() / name).string();
  }
  [[nodiscard]] static ScriptAnswer run(const std::string& package,
                                        const std::vector<std::string>& options) {
    std::string command =
        "bash '" JUANZONG_SOURCE_DIR "/tools/evidence/verify.sh' '" + package + "'";
    for (const std::string& option : options) {
      command += " '" + option + "'";
    }
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    ScriptAnswer answer;
    std::array<char, 4096> buffer{};
    while (const std::size_t read = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
      answer.text.append(buffer.data(), read);
    }
    const int status = ::pclose(pipe);
    answer.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return answer;
  }

 private:
  TemporaryFolder folder_;
  int count_ = 0;
};

}  // namespace juanzong::testing
