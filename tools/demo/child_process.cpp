// SPDX-License-Identifier: Apache-2.0
#include "tools/demo/child_process.h"

#include <array>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace juanzong {
namespace {

std::vector<char*> pointers_of(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) {
    pointers.push_back(const_cast<char*>(text.c_str()));  // NOLINT: execv does not write
  }
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> command_of(const std::filesystem::path& program,
                                    const std::vector<std::string>& arguments) {
  std::vector<std::string> command{program.string()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

// The port after "name=HOST:" in the ready line; 0 if it is not there.
std::uint16_t port_after(const std::string& line, const std::string& name) {
  const std::size_t at = line.find(name + "=");
  const std::size_t colon = at == std::string::npos ? at : line.find(':', at);
  if (colon == std::string::npos) {
    return 0;
  }
  std::uint16_t port = 0;
  std::from_chars(line.data() + colon + 1, line.data() + line.size(), port);
  return port;
}

std::string read_line(int descriptor) {
  std::string line;
  char c = 0;
  while (::read(descriptor, &c, 1) == 1 && c != '\n') {
    line.push_back(c);
  }
  return line;
}

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Result<std::filesystem::path> find_program(const std::string& name) {
  std::error_code error;
  const std::filesystem::path own = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::filesystem::path folder = own.parent_path();
  for (const std::filesystem::path& candidate :
       {folder / name,
        folder / ".." / name,
        folder / ".." / ".." / "server" / name,
        folder / ".." / "juanzong_audit" / name,
        folder / ".." / ".." / "tools" / "juanzong" / name,
        folder / ".." / ".." / "tools" / "juanzong_audit" / name,
        folder / ".." / "server" / name,
        folder / ".." / "juanzong" / name}) {
    if (std::filesystem::is_regular_file(candidate, error)) {
      return std::filesystem::weakly_canonical(candidate);
    }
  }
  return fail(ErrorCode::environment, "program not found: " + name);
}

int run_program(const std::filesystem::path& program, const std::vector<std::string>& arguments) {
  const std::vector<std::string> command = command_of(program, arguments);
  const pid_t child = ::fork();
  if (child == 0) {
    ::execv(program.c_str(), pointers_of(command).data());
    std::_Exit(127);
  }
  int status = 0;
  return child > 0 && ::waitpid(child, &status, 0) == child ? exit_code_of(status) : 127;
}

Result<std::unique_ptr<ServerProcess>> ServerProcess::start(
    const std::vector<std::string>& arguments, const std::filesystem::path& log_file) {
  const Result<std::filesystem::path> program = find_program("juanzongd");
  if (!program) {
    return fail(program.error());
  }
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return fail(ErrorCode::environment, "pipe");
  }
  const std::vector<std::string> command = command_of(*program, arguments);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    const int log = ::open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (log >= 0) {
      ::dup2(log, STDERR_FILENO);
    }
    ::execv(program->c_str(), pointers_of(command).data());
    std::_Exit(127);
  }
  ::close(ends[1]);
  const std::string line = read_line(ends[0]);
  ::close(ends[0]);
  const std::uint16_t port = port_after(line, "tcp");
  std::unique_ptr<ServerProcess> server(new ServerProcess(child, port, port_after(line, "http")));
  if (port == 0) {
    return fail(ErrorCode::environment, "juanzongd did not start; see " + log_file.string());
  }
  return server;
}

int ServerProcess::stop() {
  if (process_ <= 0) {
    return 0;
  }
  ::kill(process_, SIGTERM);
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return exit_code_of(status);
}

ServerProcess::~ServerProcess() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
}

}  // namespace juanzong
