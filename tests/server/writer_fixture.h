// SPDX-License-Identifier: Apache-2.0
// A writer on a journal in memory that can be told to fail, with requests signed ahead.
#pragma once

#include "events/log/request_signing.h"
#include "events/storage/memory_row_store.h"

#include "projections/state/founding.h"

#include "server/pipeline/writer.h"

#include "tests/support/further_ledger.h"
#include "tests/support/memory_journal.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <set>

namespace juanzong::testing {

inline constexpr std::size_t ahead = 200;  // requests signed ahead, one key chain

class StillClock final : public Clock {
 public:
  explicit StillClock(UnixMicros now) : now_us_(now.value) {}
  [[nodiscard]] UnixMicros now() const override { return UnixMicros{now_us_.load()}; }
  [[nodiscard]] bool guards_jumps() const override { return guards; }
  void set(UnixMicros now) { now_us_ = now.value; }
  bool guards = false;

 private:
  std::atomic<std::int64_t> now_us_;
};

// Frames of a TestLedger that already has its actors, and requests signed on top of it.
struct Prepared {
  TestLedger ledger;
  std::vector<std::unique_ptr<AdmittedRequest>> requests;

  Prepared() {
    TestActor& arc = ledger.actor("ARC");
    for (std::size_t i = 0; i < ahead; ++i) {
      const std::string room = std::to_string(100 + i);
      SignedRequest request = ledger.make_request(
          arc,
          {{"UnitRegistered",
            R"({"unit":"1-1-)" + room + R"(","building":"1","entrance":"1","floor":1,"number":")" +
                room + "\"}"}});
      auto admitted = ledger.admit(std::move(request), {arc.key.public_key()});
      EXPECT_TRUE(admitted.has_value());
      ++arc.key_seq;
      arc.last_request = admitted->hash;
      requests.push_back(std::make_unique<AdmittedRequest>(std::move(*admitted)));
    }
  }
};

inline std::set<std::uint64_t> accepted(const std::vector<AppendResult>& results) {
  std::set<std::uint64_t> indexes;
  for (const AppendResult& result : results) {
    if (const auto* receipt = std::get_if<AppendReceipt>(&result)) {
      EXPECT_TRUE(indexes.insert(number(receipt->first)).second || receipt->repeated);
    }
  }
  return indexes;
}

class WriterTest : public ::testing::Test {
 protected:
  void start(std::map<std::size_t, Fault> faults, bool stop_on_failure) {
    // The founding frames go in before any fault counts.
    auto inner = std::make_unique<MemoryJournal>();
    inner_ = inner.get();
    const auto cursor = prepared_.ledger.journal().tail(0);
    while (true) {
      auto frame = cursor->next();
      if (!frame->has_value()) {
        break;
      }
      ASSERT_EQ(inner_->append(**frame), AppendOutcome::ok);
    }
    journal_ = std::make_unique<FaultyJournal>(std::move(inner), std::move(faults));
    rows_ = std::make_unique<DerivedRows>(make_memory_row_store());
    materialiser_ = std::make_unique<Materialiser>(*rows_, [] { ADD_FAILURE() << "rows"; });
    auto anchor = Anchor::create(folder_.path() / "anchor");
    ASSERT_TRUE(anchor.has_value());
    anchor_ = std::move(*anchor);
    crypto::SecretKey kek;
    auto keys = PersonKeys::create(folder_.path() / "person_keys", std::move(kek));
    ASSERT_TRUE(keys.has_value());
    keys_ = std::move(*keys);
    auto ledgers = std::make_unique<LedgerSet>(*rows_, catalogue());
    ASSERT_TRUE(ledgers
                    ->catch_up(
                        *inner_, [](std::uint64_t) {}, [] {})
                    .has_value());
    WriterParts parts{
        {*journal_, *anchor_, *rows_, *materialiser_, [](const std::vector<DurableSize>&) {}},
        catalogue(),
        *keys_,
        clock_,
        stop_on_failure,
        false,
        [this](const std::string&) { ++fatal_; },
        [this](std::string_view ledger, std::string_view why) {
          stopped_.emplace_back(ledger);
          why_stopped_ = why;
        }};
    if (served_) {
      parts.server_keys.emplace("served", crypto::PrivateKey::from_seed(server_.seed()));
      parts.recovery = recovery_;
      parts.day_close_inline_streams = inline_streams_;
      parts.recovery_recorded = [this] {
        ++recorded_;
        return Outcome(Done{});
      };
    }
    writer_ = std::make_unique<Writer>(std::move(parts), std::move(ledgers));
  }

  // A second ledger in the journal that start() copies.
  void found_another_at(UnixMicros now) {
    DerivedRows rows(make_memory_row_store());
    LedgerSet ledgers(rows, catalogue());
    Result<LedgerBatch> batch = found_ledger(
        ledgers, founding_of("other", "test.example/other"), {crypto::PrivateKey::generate()}, now);
    ASSERT_TRUE(batch.has_value()) << to_text(batch.error());
    static_cast<void>(append_founding(prepared_.ledger.journal(), std::move(*batch)));
  }

  // Pushes requests [from, to) and returns what each was answered.
  std::vector<AppendResult> push(std::size_t from, std::size_t to) {
    std::vector<std::future<AppendResult>> answers;
    for (std::size_t i = from; i < to; ++i) {
      auto promise = std::make_shared<std::promise<AppendResult>>();
      answers.push_back(promise->get_future());
      WriteTask task;
      task.ledger = "estate";
      task.request = std::make_unique<AdmittedRequest>(*prepared_.requests[i]);
      task.done = [this, promise](AppendResult result) {
        check_durable(result);
        promise->set_value(std::move(result));
      };
      EXPECT_TRUE(writer_->push(task));
    }
    std::vector<AppendResult> results;
    for (auto& answer : answers) {
      results.push_back(answer.get());
    }
    return results;
  }

  // Pushes every prepared request, `step` at a time: each is accepted and stored exactly once.
  void expect_all_stored_once(std::size_t step) {
    const std::uint64_t before = journal_size();
    std::size_t answered = 0;
    for (std::size_t i = 0; i < ahead; i += step) {
      answered += accepted(push(i, i + step)).size();
    }
    EXPECT_EQ(answered, ahead);
    EXPECT_EQ(journal_size(), before + ahead);
  }

  // Called on whatever thread answers: an acknowledged record is in the journal by then.
  void check_durable(const AppendResult& result) {
    if (const auto* receipt = std::get_if<AppendReceipt>(&result)) {
      const JournalHead head = inner_->head();
      const Result<Bytes> header = inner_->chunk(head.next_position - 1, 0);
      const auto parsed = parse_frame_header(*header);
      EXPECT_GE(parsed->batches.front().tree_size, receipt->tree_size);
    }
  }

  // The writer before what it writes to.
  void TearDown() override {
    writer_.reset();
    materialiser_.reset();
  }

  std::uint64_t journal_size() {
    DerivedRows rebuilt(make_memory_row_store());
    LedgerSet set(rebuilt, catalogue());
    const Outcome done = set.catch_up(
        *inner_, [](std::uint64_t) {}, [] {});
    EXPECT_TRUE(done.has_value()) << to_text(done.error());
    return set.find("estate")->head().size();
  }

  Prepared prepared_;
  TemporaryFolder folder_;
  StillClock clock_{prepared_.ledger.now()};
  // Owned by journal_; the test looks at what is really stored.
  MemoryJournal* inner_ = nullptr;
  std::unique_ptr<FaultyJournal> journal_;
  std::unique_ptr<DerivedRows> rows_;
  std::unique_ptr<Materialiser> materialiser_;
  std::unique_ptr<Anchor> anchor_;
  std::unique_ptr<PersonKeys> keys_;
  std::unique_ptr<Writer> writer_;
  std::atomic<int> fatal_{0};
  std::vector<std::string> stopped_;  // ledgers
  std::string why_stopped_;
  // Of the ledger "served", where the test founds it.
  bool served_ = false;
  std::uint64_t inline_streams_ = limits::day_close_inline_streams;
  crypto::PrivateKey founder_ = crypto::PrivateKey::generate();
  crypto::PrivateKey server_ = crypto::PrivateKey::generate();
  std::optional<JournalRecovery> recovery_;
  int recorded_ = 0;
};

}  // namespace juanzong::testing
