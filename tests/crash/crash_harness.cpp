// SPDX-License-Identifier: Apache-2.0
// kill -9 under load, again and again: every acknowledged record must be there afterwards, with the
// leaf it was acknowledged with, on a clean chain. Roles by re-executing this program, because a
// forked copy of RocksDB has no threads.
//
//   crash_harness test CYCLES               a fresh directory, an audit, and both controls
//   crash_harness run DIR CYCLES [unsafe]   0: nothing lost; 2: something; 3: DIR does not open
//   crash_harness load DIR [unsafe]         appends until it is killed; acknowledgements to fd 3
//   crash_harness verify DIR ACKS           opens, reads every acknowledged record
//
// `unsafe` is the positive control: the journal says ok before it writes. The harness must report
// loss then, or it could not find any.
#include "crypto/merkle_tree.h"

#include "projections/state/record_reader.h"

#include "server/pipeline/clock.h"

#include "tools/juanzong/new_data.h"
#include "tools/juanzong_audit/audit_command.h"

#include "tests/crash/crash_load.h"

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace juanzong::testing {
namespace {

struct CycleOptions {
  std::filesystem::path directory;
  int cycles = 0;
  bool is_unsafe = false;
  bool forget_anchor = false;  // the first anchor is put back before each look
};

int run_verify(const std::filesystem::path& directory, const std::filesystem::path& acks) {
  const auto data = open_data(directory);
  if (data == nullptr) {
    return exit_refused;
  }
  const DerivedRows::Snapshot rows(data->rows());
  const RecordReader reader(rows, data->journal(), LedgerOrdinal{0});
  std::ifstream in(acks, std::ios::binary);
  Ack ack;
  std::uint64_t lost = 0;
  while (in.read(reinterpret_cast<char*>(&ack), sizeof ack)) {
    const auto record = reader.record(RecordIndex{ack.index});
    const bool there = record && crypto::leaf_hash(*record).bytes == ack.leaf;
    lost += there ? 0 : 1;
  }
  if (lost > 0) {
    std::fprintf(
        stderr, "%llu acknowledged records are gone\n", static_cast<unsigned long long>(lost));
  }
  return lost > 0 ? exit_lost : 0;
}

pid_t start(const std::vector<std::string>& arguments, int acks) {
  const pid_t child = ::fork();
  if (child != 0) {
    return child;
  }
  if (acks >= 0) {
    ::dup2(acks, ack_descriptor);
  }
  std::vector<char*> pointers;
  for (const std::string& argument : arguments) {
    pointers.push_back(const_cast<char*>(argument.c_str()));
  }
  pointers.push_back(nullptr);
  ::execv("/proc/self/exe", pointers.data());
  std::_Exit(127);
}

int wait_for(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : exit_lost;
}

int verify(const std::filesystem::path& directory, const std::filesystem::path& acks) {
  return wait_for(start({"crash_harness", "verify", directory.string(), acks.string()}, -1));
}

// Lets the load run for `alive` after its first acknowledgement, kills it, keeps what it said.
std::size_t kill_once(const std::filesystem::path& directory,
                      bool is_unsafe,
                      std::chrono::milliseconds alive,
                      const std::filesystem::path& acks) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) {
    return 0;
  }
  ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  std::vector<std::string> arguments{"crash_harness", "load", directory.string()};
  if (is_unsafe) {
    arguments.emplace_back("unsafe");
  }
  const pid_t child = start(arguments, ends[1]);
  ::close(ends[1]);
  std::ofstream out(acks, std::ios::binary | std::ios::app);
  std::size_t count = 0;
  std::thread killer;
  Ack ack;
  // Reads to the end of the pipe: also what was acknowledged just before the kill.
  while (::read(ends[0], &ack, sizeof ack) == static_cast<ssize_t>(sizeof ack)) {
    if (count++ == 0) {
      killer = std::thread([child, alive] {
        std::this_thread::sleep_for(alive);
        ::kill(child, SIGKILL);
      });
    }
    out.write(reinterpret_cast<const char*>(&ack), sizeof ack);
  }
  if (killer.joinable()) {
    killer.join();
  }
  ::close(ends[0]);
  wait_for(child);
  return count;
}

// Runs cycles of load, kill and verify until something is missing: 0, exit_lost or exit_refused.
int run_cycles(const CycleOptions& options) {
  const std::filesystem::path acks = options.directory.string() + ".acks";
  const std::filesystem::path anchor = options.directory / "anchor";
  const std::filesystem::path first_anchor = options.directory.string() + ".anchor";
  std::filesystem::remove(acks);
  constexpr auto overwrite = std::filesystem::copy_options::overwrite_existing;
  std::filesystem::copy_file(anchor, first_anchor, overwrite);
  constexpr std::uint32_t seed = 20'250'616;
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> alive_ms(1, 60);
  std::size_t total = 0;
  int result = 0;
  int cycle = 0;
  for (; cycle < options.cycles && result == 0; ++cycle) {
    const std::chrono::milliseconds alive(alive_ms(random));
    const std::size_t count = kill_once(options.directory, options.is_unsafe, alive, acks);
    total += count;
    if (options.forget_anchor) {
      std::filesystem::copy_file(first_anchor, anchor, overwrite);
    }
    result = count == 0 ? exit_refused : verify(options.directory, acks);
  }
  std::printf("%d cycles, %zu acknowledged records, %s (seed %u)\n",
              cycle,
              total,
              result == 0           ? "0 lost"
              : result == exit_lost ? "some lost"
                                    : "the directory does not open",
              seed);
  return result;
}

bool audits_clean(const std::filesystem::path& directory, const std::string& verifier_key) {
  const std::string folder = directory.string();
  const std::array arguments{
      "juanzong-audit", folder.c_str(), "--vkey", verifier_key.c_str(), "--deep"};
  return audit::run_audit(
             static_cast<int>(arguments.size()), arguments.data(), std::cout, std::cerr) == 0;
}

Result<std::string> found(const std::filesystem::path& directory) {
  cli::NewData wanted;
  wanted.directory = directory;
  wanted.ledger = "crash";
  wanted.origin = "test.juanzong.local/crash";
  wanted.now = make_system_clock()->now();
  return cli::create_data(wanted);
}

// The cycles, the audit, and the two controls: the anchor must refuse what the lying journal left,
// and with the anchor forgotten, the missing records themselves must be found.
int run_test(const std::filesystem::path& folder, int cycles) {
  constexpr int control_cycles = 50;
  const auto key = found(folder / "data");
  if (!key || !found(folder / "control") || !found(folder / "forgetful")) {
    return exit_refused;
  }
  const bool kept = run_cycles({folder / "data", cycles, false, false}) == 0 &&
                    audits_clean(folder / "data", *key);
  const bool refused =
      run_cycles({folder / "control", control_cycles, true, false}) == exit_refused;
  const bool missed = run_cycles({folder / "forgetful", control_cycles, true, true}) == exit_lost;
  std::printf("kept and audited: %s; the anchor finds loss: %s; reading finds loss: %s\n",
              kept ? "yes" : "NO",
              refused ? "yes" : "NO",
              missed ? "yes" : "NO");
  return kept && refused && missed ? 0 : exit_lost;
}

int run_test_in_temporary_folder(int cycles) {
  std::string folder = (std::filesystem::temp_directory_path() / "juanzong-crash-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) {
    return 1;
  }
  const int result = run_test(folder, cycles);
  if (result == 0) {
    std::filesystem::remove_all(folder);
  } else {
    std::printf("kept for inspection: %s\n", folder.c_str());
  }
  return result;
}

int number_of(const std::string& text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

int dispatch(const std::vector<std::string>& arguments) {
  const auto has = [&](std::size_t at, std::string_view text) {
    return arguments.size() > at && arguments[at] == text;
  };
  if (has(1, "load") && arguments.size() > 2) {
    return run_load(arguments[2], has(3, "unsafe"));
  }
  if (has(1, "verify") && arguments.size() > 3) {
    return run_verify(arguments[2], arguments[3]);
  }
  if (has(1, "run") && arguments.size() > 3) {
    return run_cycles({arguments[2], number_of(arguments[3]), has(4, "unsafe"), false});
  }
  if (has(1, "test") && arguments.size() > 2) {
    return run_test_in_temporary_folder(number_of(arguments[2]));
  }
  std::fprintf(stderr, "crash_harness test CYCLES | run DIR CYCLES [unsafe]\n");
  return 1;
}

}  // namespace
}  // namespace juanzong::testing

int main(int count, char** arguments) {
  return juanzong::testing::dispatch({arguments, arguments + count});
}
