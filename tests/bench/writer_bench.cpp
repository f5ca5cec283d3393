// SPDX-License-Identifier: Apache-2.0
// How fast the write path is behind admission: decide, apply, chain, tree, seal, one synced write,
// rows into the overlay. Requests are signed and admitted beforehand; no network. Charges, four to
// a unit, so that states, postings and streams all move.
//
//   writer_bench [requests] [statements a request] [memory]
#include "events/storage/memory_row_store.h"
#include "events/storage/rocksdb_journal.h"

#include "server/pipeline/writer.h"

#include "tests/support/temporary_folder.h"
#include "tests/support/test_ledger.h"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <future>
#include <latch>

namespace juanzong::testing {
namespace {

using Seconds = std::chrono::duration<double>;
std::size_t units = 1'000;  // one for every four events, at least

double since(std::chrono::steady_clock::time_point start) {
  return Seconds(std::chrono::steady_clock::now() - start).count();
}

std::string unit_code(std::size_t i) {
  return "1-1-" + std::to_string(1'000 + i % units);
}

class StillClock final : public Clock {
 public:
  explicit StillClock(UnixMicros now) : now_(now) {}
  [[nodiscard]] UnixMicros now() const override { return now_; }
  [[nodiscard]] bool guards_jumps() const override { return false; }

 private:
  UnixMicros now_;
};

void register_units(TestLedger& ledger) {
  for (std::size_t i = 0; i < units; ++i) {
    const std::string room = std::to_string(1'000 + i);
    ledger.must_append("ARC",
                       "UnitRegistered",
                       R"({"unit":"1-1-)" + room +
                           R"(","building":"1","entrance":"1","floor":1,"number":")" + room +
                           "\"}");
  }
}

std::string charge_json(std::size_t i) {
  return R"({"charge_id":"CH-)" + std::to_string(i) + R"(","unit":")" + unit_code(i) +
         R"(","party":"00000000000000000000000000001001","party_kind":"OWNER","purpose":"WATER",)"
         R"("amount_fen":8640,"period_from":"2025-02-01","period_to":"2025-03-01",)"
         R"("due":"2025-04-01","tariff_ver":"2024A","calc":"24 t x 3.60"})";
}

std::vector<std::unique_ptr<AdmittedRequest>> prepare(TestLedger& ledger,
                                                      std::size_t requests,
                                                      std::size_t statements) {
  TestActor& cashier = ledger.actor("CAS");
  std::vector<std::unique_ptr<AdmittedRequest>> list;
  double admission = 0;
  for (std::size_t i = 0; i < requests; ++i) {
    std::vector<TestStatement> parts;
    for (std::size_t k = 0; k < statements; ++k) {
      parts.push_back({"ChargeAssessed", charge_json(i * statements + k)});
    }
    SignedRequest request = ledger.make_request(cashier, parts);
    const auto start = std::chrono::steady_clock::now();
    auto admitted = ledger.admit(std::move(request), {cashier.key.public_key()});
    admission += since(start);
    ++cashier.key_seq;
    cashier.last_request = admitted->hash;
    list.push_back(std::make_unique<AdmittedRequest>(std::move(*admitted)));
  }
  std::printf("admission        %8.1f µs a request, signature included\n",
              admission * 1e6 / static_cast<double>(requests));
  return list;
}

void run(std::size_t requests, std::size_t statements, bool in_memory) {
  units = std::max<std::size_t>(1'000, requests * statements / 4);
  TestLedger ledger;
  register_units(ledger);
  auto list = prepare(ledger, requests, statements);
  TemporaryFolder folder;
  std::unique_ptr<Journal> journal;
  if (in_memory) {
    journal = std::make_unique<MemoryJournal>();
  } else {
    journal = *create_rocksdb_journal(folder.path() / "log");
  }
  const auto cursor = ledger.journal().tail(0);
  while (auto frame = *cursor->next()) {
    static_cast<void>(journal->append(*frame));
  }
  DerivedRows rows(make_memory_row_store());
  Materialiser materialiser(rows, [] {});
  auto anchor = std::move(*Anchor::create(folder.path() / "anchor"));
  auto keys = std::move(*PersonKeys::create(folder.path() / "keys", crypto::SecretKey()));
  auto ledgers = std::make_unique<LedgerSet>(rows, catalogue());
  auto start = std::chrono::steady_clock::now();
  static_cast<void>(ledgers->catch_up(
      *journal, [](std::uint64_t) {}, [] {}));
  const StillClock clock(ledger.now());
  std::latch done(static_cast<std::ptrdiff_t>(requests));
  std::size_t refused = 0;
  {
    WriterParts parts{
        {*journal, *anchor, rows, materialiser, [](const std::vector<DurableSize>&) {}},
        catalogue(),
        *keys,
        clock,
        true,
        false,
        [](const std::string&) {}};
    Writer writer(std::move(parts), std::move(ledgers));
    start = std::chrono::steady_clock::now();
    for (auto& request : list) {
      WriteTask task;
      task.ledger = "estate";
      task.request = std::move(request);
      task.done = [&](AppendResult result) {
        refused += std::holds_alternative<AppendReceipt>(result) ? 0 : 1;
        done.count_down();
      };
      while (!writer.push(task)) {
        std::this_thread::yield();
      }
    }
    done.wait();
  }
  const double seconds = since(start);
  std::printf("write path       %8.0f records/s (%zu requests of %zu, %zu refused, %.2f s)\n",
              static_cast<double>(requests * statements) / seconds,
              requests,
              statements,
              refused,
              seconds);
  DerivedRows rebuilt(make_memory_row_store());
  LedgerSet again(rebuilt, catalogue());
  start = std::chrono::steady_clock::now();
  std::uint64_t folded = 0;
  static_cast<void>(again.catch_up(
      *journal, [&folded](std::uint64_t records) { folded = records; }, [] {}));
  std::printf("fold from log    %8.0f records/s\n", static_cast<double>(folded) / since(start));
}

}  // namespace
}  // namespace juanzong::testing

int main(int count, char** arguments) {
  const auto number = [&](int at, std::size_t otherwise) {
    std::size_t value = otherwise;
    if (count > at) {
      const std::string_view text = arguments[at];
      std::from_chars(text.data(), text.data() + text.size(), value);
    }
    return value;
  };
  juanzong::testing::run(number(1, 20'000), number(2, 1), count > 3);
  return 0;
}
