// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/mixed_load.h"

#include "tools/bench/cashier.h"
#include "tools/bench/load_generator.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <latch>
#include <thread>
#include <utility>

namespace juanzong::bench {
namespace {

// One connection. Its figures are the client's loop's until all requests are answered.
struct Lane {
  std::unique_ptr<Cashier> cashier;
  std::vector<DraftRequest> drafts;
  LatencyHistogram latency;
  std::uint64_t refused = 0;
};
using Lanes = std::vector<std::unique_ptr<Lane>>;

Result<Lanes> prepare(const MixedOptions& options) {
  const std::size_t events = options.requests() * options.events_per_request;
  const Result<std::vector<std::string>> units = register_units(options.target, units_for(events));
  if (!units) {
    return fail(units.error());
  }
  Lanes lanes;
  for (std::size_t i = 0; i < options.connections; ++i) {
    Result<std::unique_ptr<Cashier>> cashier = Cashier::hired(options.target, "CAS");
    if (!cashier) {
      return fail(cashier.error());
    }
    lanes.push_back(std::make_unique<Lane>());
    lanes.back()->cashier = std::move(*cashier);
  }
  for (std::size_t i = 0; i < options.requests(); ++i) {
    Lane& lane = *lanes[i % lanes.size()];
    Result<DraftRequest> draft =
        lane.cashier->sign_next(charges_line(*units, options.events_per_request));
    if (!draft) {
      return fail(draft.error());
    }
    lane.drafts.push_back(std::move(*draft));
  }
  return lanes;
}

void send(Lane& lane, std::size_t i, SteadyClock::time_point due, std::latch& answered) {
  const DraftRequest& draft = lane.drafts[i];
  lane.cashier->client().append_async(
      draft.request, draft.keys, [&lane, due, &answered](const AppendReply& reply) {
        lane.latency.add(micros_since(due));
        lane.refused += std::holds_alternative<message::Appended>(reply) ? 0 : 1;
        answered.count_down();
      });
}

// Sends each request when it is due; returns when all are answered.
LoadResult run_appends(const MixedOptions& options, const Lanes& lanes) {
  const std::size_t requests = options.requests();
  std::latch answered(static_cast<std::ptrdiff_t>(requests));
  const SteadyClock::time_point start = SteadyClock::now();
  for (std::size_t i = 0; i < requests; ++i) {
    const SteadyClock::time_point due =
        start + std::chrono::duration_cast<SteadyClock::duration>(options.due(i));
    std::this_thread::sleep_until(due);
    send(*lanes[i % lanes.size()], i / lanes.size(), due, answered);
  }
  answered.wait();
  LoadResult result;
  result.seconds = seconds_since(start);
  for (const auto& lane : lanes) {
    result.latency.merge(lane->latency);
    result.refused += lane->refused;
  }
  result.events = (requests - result.refused) * options.events_per_request;
  return result;
}

Result<LoadResult> ask_until(const std::atomic<bool>& ended,
                             Client& client,
                             const MixedOptions& options) {
  LoadResult result;
  const SteadyClock::time_point start = SteadyClock::now();
  while (!ended) {
    const SteadyClock::time_point asked = SteadyClock::now();
    const Result<std::string> answer = client.query(options.view, options.view_arguments);
    if (!answer) {
      return fail(answer.error());
    }
    result.latency.add(micros_since(asked));
  }
  result.seconds = seconds_since(start);
  result.events = result.latency.count();
  return result;
}

}  // namespace

std::size_t MixedOptions::requests() const {
  return std::max<std::size_t>(events_per_second * seconds / events_per_request, 1);
}

std::chrono::nanoseconds MixedOptions::due(std::size_t request) const {
  const std::uint64_t events = request * events_per_request;
  return std::chrono::nanoseconds(events * std::uint64_t{1'000'000'000} / events_per_second);
}

Result<MixedResult> run_mixed_load(const MixedOptions& wanted) {
  if (wanted.requests() > mixed_requests_max ||
      wanted.requests() * wanted.events_per_request > mixed_events_max) {
    return fail(ErrorCode::limit_exceeded, "rate x seconds: 300,000 requests, 2,000,000 events");
  }
  const Result<Key> auditor = hire(wanted.target, "AUD");
  if (!auditor) {
    return fail(auditor.error());
  }
  const Result<std::unique_ptr<Client>> asker = connect(wanted.target, *auditor);
  if (!asker) {
    return fail(asker.error());
  }
  MixedOptions options = wanted;
  if (options.view_arguments.empty()) {
    options.view_arguments = "{}";
  }
  // Before the load: a question that is refused must not cost the minutes of signing.
  if (const auto first = (*asker)->query(options.view, options.view_arguments); !first) {
    return fail(first.error());
  }
  const Result<Lanes> lanes = prepare(options);
  if (!lanes) {
    return fail(lanes.error());
  }
  std::atomic<bool> ended{false};
  auto questions =
      std::async(std::launch::async, [&] { return ask_until(ended, **asker, options); });
  MixedResult result;
  result.append = run_appends(options, *lanes);
  ended = true;
  Result<LoadResult> asked = questions.get();
  if (!asked) {
    return fail(asked.error());
  }
  result.query = std::move(*asked);
  return result;
}

}  // namespace juanzong::bench
