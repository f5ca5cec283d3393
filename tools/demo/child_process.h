// SPDX-License-Identifier: Apache-2.0
// Other programs of this system, found beside this one: in the same folder when installed, or in
// their build folders.
#pragma once

#include "events/model/result.h"

#include <filesystem>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

namespace juanzong {

// environment if the program is nowhere.
[[nodiscard]] Result<std::filesystem::path> find_program(const std::string& name);

// Runs it with our standard streams; its exit code, 127 if it could not start.
[[nodiscard]] int run_program(const std::filesystem::path& program,
                              const std::vector<std::string>& arguments);

// juanzongd as a child: started on port 0, stopped by SIGTERM.
class ServerProcess {
 public:
  // Waits for the line "ready tcp=HOST:PORT …"; environment if the server ends before it.
  [[nodiscard]] static Result<std::unique_ptr<ServerProcess>> start(
      const std::vector<std::string>& arguments, const std::filesystem::path& log_file);
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  ~ServerProcess();  // kills what stop() did not end

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::uint16_t http_port() const { return http_port_; }
  [[nodiscard]] pid_t process() const { return process_; }
  // Drains; the exit code.
  [[nodiscard]] int stop();

 private:
  ServerProcess(pid_t process, std::uint16_t port, std::uint16_t http_port)
      : process_(process), port_(port), http_port_(http_port) {}
  pid_t process_;
  std::uint16_t port_;
  std::uint16_t http_port_;
};

}  // namespace juanzong
