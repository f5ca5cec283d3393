// SPDX-License-Identifier: Apache-2.0
// kill -9 under load, again and again: every acknowledged record must be there afterwards, with the
// leaf it was acknowledged with, on a clean chain. Roles by re-executing this program, because a
// forked copy of RocksDB has no threads.
//
//   crash_harness run DIR CYCLES [unsafe]   0: nothing acknowledged was lost; 2: something was
//   crash_harness load DIR [unsafe]         appends until it is killed; acknowledgements to fd 3
//   crash_harness verify DIR ACKS           opens, reads every acknowledged record
//
// `unsafe` is the positive control: the journal says ok before it writes. The harness must report
// loss then, or it could not find any.
#include "crypto/key_file.h"
#include "crypto/merkle_tree.h"
#include "crypto/random_bytes.h"

#include "events/log/request_signing.h"
#include "events/procedures/json_body.h"
#include "events/procedures/parties.h"

#include "projections/state/admission.h"
#include "projections/state/record_reader.h"

#include "server/data/data_directory.h"
#include "server/pipeline/writer.h"

#include "tests/crash/hasty_journal.h"

#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <random>
#include <semaphore>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace juanzong::testing {
namespace {

constexpr int ack_descriptor = 3;
constexpr std::ptrdiff_t window = 64;
constexpr int exit_lost = 2;

// What one acknowledgement says; written in one write(2), so never half.
struct Ack {
  std::uint64_t index = 0;
  std::array<std::uint8_t, 32> leaf{};
};

std::unique_ptr<DataDirectory> open_data(const std::filesystem::path& directory) {
  auto data = DataDirectory::open(
      directory, [](std::uint64_t) {}, [] { std::abort(); });
  if (!data) {
    std::fprintf(stderr, "open: %s\n", to_text(data.error()).c_str());
    return nullptr;
  }
  return std::move(*data);
}

// Signs StaffRegistered requests, one after the other, on the founder's chain.
class Load {
 public:
  Load(const DataDirectory& data, crypto::PrivateKey key, const World& world, std::string origin)
      : key_(std::move(key)), origin_(std::move(origin)), codec_(catalogue()) {
    static_cast<void>(data);
    const std::string id = crypto::to_hex(crypto::Digest{key_id_of(key_.public_key()).bytes});
    const auto state = world.get<ActorKeyState>(id);
    key_seq_ = state.key_seq;
    last_request_ = state.last_request;
  }

  std::unique_ptr<AdmittedRequest> next(UnixMicros now) {
    const std::string staff = hex_of(crypto::random_array<16>());
    const CatalogueEntry& entry = *catalogue().find("StaffRegistered");
    const auto body = codec_.from_json(entry,
                                       R"({"staff":"S-)" + staff + R"(","department":"D",)" +
                                           R"("badge_no":"B-)" + staff + R"(","roles":"CSA"})",
                                       BodyHooks{});
    Statement statement;
    statement.type = entry.descriptor.type;
    statement.occurred_at = now;
    statement.streams = {{"staff:S-" + staff, any_version}};
    statement.body = body->body;
    RequestDraft draft;
    draft.origin = origin_;
    draft.request_id = make_request_id(now.value / 1000, crypto::random_array<10>());
    draft.key_seq = ++key_seq_;
    draft.prev_request = last_request_;
    draft.signed_at = now;
    draft.not_after = UnixMicros{now.value + micros_per_day};
    draft.statements = {*encode_statement(statement)};
    const crypto::PrivateKey* keys[] = {&key_};
    const std::array public_keys{key_.public_key()};
    auto admitted = admit_request(
        sign_request(std::move(draft), keys), public_keys, catalogue(), Openings::required);
    last_request_ = admitted->hash;
    return std::make_unique<AdmittedRequest>(std::move(*admitted));
  }

 private:
  crypto::PrivateKey key_;
  std::string origin_;
  BodyCodec codec_;
  std::uint64_t key_seq_ = 0;
  crypto::Digest last_request_;
};

void acknowledge(const AppendResult& result) {
  const auto* receipt = std::get_if<AppendReceipt>(&result);
  if (receipt == nullptr) {
    std::fprintf(stderr, "load: not accepted\n");
    std::abort();
  }
  const Ack ack{number(receipt->first), receipt->leaves.front().bytes};
  if (::write(ack_descriptor, &ack, sizeof ack) != static_cast<ssize_t>(sizeof ack)) {
    std::abort();
  }
}

int run_load(const std::filesystem::path& directory, bool is_unsafe) {
  auto data = open_data(directory);
  if (data == nullptr) {
    return exit_lost;
  }
  auto key = crypto::read_private_key(data->paths().keys / "founder.key");
  const LedgerMachine& machine = *data->ledgers().all().front();
  const std::string ledger = machine.head().name;
  Load load(
      *data, std::get<crypto::PrivateKey>(std::move(key)), machine.world(), machine.head().origin);
  HastyJournal hasty(data->journal());
  Journal& journal = is_unsafe ? static_cast<Journal&>(hasty) : data->journal();
  const auto clock = make_system_clock();
  WriterParts parts{{journal,
                     data->anchor(),
                     data->rows(),
                     data->materialiser(),
                     [](const std::vector<DurableSize>&) {}},
                    catalogue(),
                    data->person_keys(),
                    *clock,
                    true,
                    false,
                    [](const std::string&) { std::abort(); }};
  Writer writer(std::move(parts), data->take_ledgers());
  std::counting_semaphore<window> free_slots(window);
  while (true) {
    free_slots.acquire();
    WriteTask task;
    task.ledger = ledger;
    task.request = load.next(clock->now());
    task.done = [&free_slots](AppendResult result) {
      acknowledge(result);
      free_slots.release();
    };
    if (!writer.push(task)) {
      std::abort();
    }
  }
}

int run_verify(const std::filesystem::path& directory, const std::filesystem::path& acks) {
  const auto data = open_data(directory);
  if (data == nullptr) {
    return exit_lost;
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

int run_cycles(const std::filesystem::path& directory, int cycles, bool is_unsafe) {
  const std::filesystem::path acks = directory.string() + ".acks";
  std::filesystem::remove(acks);
  constexpr std::uint32_t seed = 20'250'616;
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> alive_ms(1, 60);
  std::size_t total = 0;
  for (int cycle = 0; cycle < cycles; ++cycle) {
    const std::chrono::milliseconds alive(alive_ms(random));
    const std::size_t count = kill_once(directory, is_unsafe, alive, acks);
    total += count;
    if (count == 0 ||
        wait_for(start({"crash_harness", "verify", directory.string(), acks.string()}, -1)) != 0) {
      std::printf("cycle %d (seed %u): loss or refusal after %zu acknowledged records\n",
                  cycle,
                  seed,
                  total);
      return exit_lost;
    }
  }
  std::printf("%d cycles, %zu acknowledged records, 0 lost (seed %u)\n", cycles, total, seed);
  return 0;
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
    int cycles = 0;
    std::from_chars(arguments[3].data(), arguments[3].data() + arguments[3].size(), cycles);
    return run_cycles(arguments[2], cycles, has(4, "unsafe"));
  }
  std::fprintf(stderr, "crash_harness run DIR CYCLES [unsafe]\n");
  return 1;
}

}  // namespace
}  // namespace juanzong::testing

int main(int count, char** arguments) {
  return juanzong::testing::dispatch({arguments, arguments + count});
}
