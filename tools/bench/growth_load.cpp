// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/growth_load.h"

#include "tools/bench/cashier.h"

#include <future>
#include <optional>
#include <utility>

namespace juanzong::bench {
namespace {

constexpr std::size_t charges_per_unit = 10;

std::uint64_t bytes_of(const std::vector<Bytes>& statements) {
  std::uint64_t bytes = 0;
  for (const Bytes& statement : statements) {
    bytes += statement.size();
  }
  return bytes;
}

// Request lines of one cashier: a block of new units, then one charge for each of them, ten times.
class GrowthLines {
 public:
  explicit GrowthLines(std::size_t block) : block_(block) {}
  std::string next() {
    const std::size_t round = line_ / (charges_per_unit + 1);
    const bool units = line_ % (charges_per_unit + 1) == 0;
    ++line_;
    const std::size_t first = round * block_;
    std::string text = "[";
    for (std::size_t i = first; i < first + block_; ++i) {
      text.append(i == first ? "" : ",")
          .append(units ? unit_json(building_, i) : charge_json(unit_code(building_, i)));
    }
    return text + "]";
  }

 private:
  const std::size_t block_;
  const std::string building_ = new_building();
  std::size_t line_ = 0;
};

}  // namespace

// One connection; used by one thread at a time.
class GrowthLoad::Lane {
 public:
  Lane(std::unique_ptr<Cashier> cashier, std::size_t events)
      : cashier_(std::move(cashier)), lines_(events) {}

  // Sends the request that is ready, signs the one after it, then waits for the answer.
  Result<message::Appended> step() {
    if (const Outcome ready = sign(); !ready) {
      return fail(ready.error());
    }
    const DraftRequest draft = *std::exchange(ready_, std::nullopt);
    bytes = bytes_of(draft.request.statements);
    // Shared: the loop may still be inside set_value() when the answer is taken.
    const auto answered = std::make_shared<std::promise<AppendReply>>();
    const SteadyClock::time_point sent = SteadyClock::now();
    cashier_->client().append_async(
        draft.request, draft.keys, [this, sent, answered](AppendReply reply) {
          latency.add(micros_since(sent));
          answered->set_value(std::move(reply));
        });
    const Outcome next = sign();
    const AppendReply reply = answered->get_future().get();
    const Outcome done = recorded(reply, "growth");
    if (!next || !done) {
      return fail(next ? done.error() : next.error());
    }
    return std::get<message::Appended>(reply);
  }

  LatencyHistogram latency;
  std::uint64_t bytes = 0;  // of the statements of the last step

 private:
  Outcome sign() {
    if (ready_) {
      return Done{};
    }
    Result<DraftRequest> draft = cashier_->sign_next(lines_.next());
    if (!draft) {
      return fail(draft.error());
    }
    ready_ = std::move(*draft);
    return Done{};
  }

  const std::unique_ptr<Cashier> cashier_;
  GrowthLines lines_;
  std::optional<DraftRequest> ready_;
};

GrowthLoad::GrowthLoad(std::size_t events_per_request) : events_per_request_(events_per_request) {}
GrowthLoad::~GrowthLoad() = default;

Result<std::unique_ptr<GrowthLoad>> GrowthLoad::open(const GrowthOptions& options) {
  std::unique_ptr<GrowthLoad> load(new GrowthLoad(options.events_per_request));
  for (std::size_t i = 0; i < options.connections; ++i) {
    Result<std::unique_ptr<Cashier>> cashier = Cashier::hired(options.target, "ARC CAS");
    if (!cashier) {
      return fail(cashier.error());
    }
    load->records_ = (*cashier)->client().facts().tree_size;
    load->lanes_.push_back(std::make_unique<Lane>(std::move(*cashier), options.events_per_request));
  }
  return load;
}

Outcome GrowthLoad::run(Lane& lane) {
  while (requests_left_.fetch_sub(1) > 0) {
    const Result<message::Appended> appended = lane.step();
    if (!appended) {
      requests_left_ = 0;
      return fail(appended.error());
    }
    records_ += appended->count;
    statement_bytes_ += lane.bytes;
  }
  return Done{};
}

Result<LoadResult> GrowthLoad::grow_to(std::uint64_t records) {
  const std::uint64_t before = records_;
  const std::uint64_t missing = records > before ? records - before : 0;
  requests_left_ =
      static_cast<std::int64_t>((missing + events_per_request_ - 1) / events_per_request_);
  std::vector<std::future<Outcome>> runs;
  const SteadyClock::time_point start = SteadyClock::now();
  for (const auto& lane : lanes_) {
    lane->latency = {};
    runs.push_back(std::async(std::launch::async, [this, &lane] { return run(*lane); }));
  }
  Outcome done = Done{};
  for (std::future<Outcome>& each : runs) {
    const Outcome ended = each.get();
    done = done ? ended : done;
  }
  LoadResult result;
  result.seconds = seconds_since(start);
  result.events = records_ - before;
  for (const auto& lane : lanes_) {
    result.latency.merge(lane->latency);
  }
  return done ? Result<LoadResult>(result) : fail(done.error());
}

std::vector<std::uint64_t> growth_marks(std::uint64_t first, std::uint64_t records) {
  std::vector<std::uint64_t> marks;
  for (std::uint64_t mark = first; mark < records; mark *= 2) {
    marks.push_back(mark);
  }
  marks.push_back(records);
  return marks;
}

}  // namespace juanzong::bench
