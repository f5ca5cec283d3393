// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/load_generator.h"

#include "tools/bench/cashier.h"

#include <algorithm>
#include <latch>
#include <utility>

namespace juanzong::bench {
namespace {

// One connection with the requests signed ahead.
struct Lane {
  std::unique_ptr<Cashier> cashier;
  std::vector<DraftRequest> drafts;
  std::size_t next = 0;
  SteadyClock::time_point sent;
  LatencyHistogram latency;
  std::uint64_t refused = 0;
};

Outcome prepare(const LoadOptions& options, const std::vector<std::string>& units, Lane& lane) {
  Result<std::unique_ptr<Cashier>> cashier = Cashier::hired(options.target, "CAS");
  if (!cashier) {
    return fail(cashier.error());
  }
  lane.cashier = std::move(*cashier);
  const bool by_session = options.authentication == Authentication::session;
  for (std::size_t i = 0; i < options.requests_per_connection; ++i) {
    const std::string line = charges_line(units, options.events_per_request);
    Result<DraftRequest> draft =
        by_session ? lane.cashier->place_next(line) : lane.cashier->sign_next(line);
    if (!draft) {
      return fail(draft.error());
    }
    lane.drafts.push_back(std::move(*draft));
  }
  return Done{};
}

// Sends the next request; its answer sends the one after it.
void send_next(Lane& lane, std::latch& finished) {
  if (lane.next == lane.drafts.size()) {
    finished.count_down();
    return;
  }
  const DraftRequest& draft = lane.drafts[lane.next++];
  lane.sent = SteadyClock::now();
  lane.cashier->client().append_async(draft.request, draft.keys, [&](AppendReply reply) {
    lane.latency.add(micros_since(lane.sent));
    lane.refused += std::holds_alternative<message::Appended>(reply) ? 0 : 1;
    send_next(lane, finished);
  });
}

}  // namespace

std::size_t units_for(std::size_t events) {
  return std::clamp<std::size_t>(events / 4, 1'000, 50'000);
}

Result<LoadResult> run_append_load(const LoadOptions& options) {
  const std::size_t events =
      options.connections * options.requests_per_connection * options.events_per_request;
  const Result<std::vector<std::string>> units =
      register_units(options.target, options.units == 0 ? units_for(events) : options.units);
  if (!units) {
    return fail(units.error());
  }
  std::vector<std::unique_ptr<Lane>> lanes;
  for (std::size_t i = 0; i < options.connections; ++i) {
    lanes.push_back(std::make_unique<Lane>());
    if (const Outcome ready = prepare(options, *units, *lanes.back()); !ready) {
      return fail(ready.error());
    }
  }
  std::latch finished(static_cast<std::ptrdiff_t>(lanes.size()));
  const SteadyClock::time_point start = SteadyClock::now();
  for (const auto& lane : lanes) {
    send_next(*lane, finished);
  }
  finished.wait();
  LoadResult result;
  result.seconds = seconds_since(start);
  for (const auto& lane : lanes) {
    result.latency.merge(lane->latency);
    result.refused += lane->refused;
  }
  result.events = result.latency.count() * options.events_per_request;
  return result;
}

Result<LoadResult> run_query_load(const ClientOptions& server,
                                  std::string_view view,
                                  std::string_view arguments,
                                  std::size_t queries) {
  Result<std::unique_ptr<Client>> client = Client::connect(server);
  if (!client) {
    return fail(client.error());
  }
  LoadResult result;
  const SteadyClock::time_point start = SteadyClock::now();
  for (std::size_t i = 0; i < queries; ++i) {
    const SteadyClock::time_point asked = SteadyClock::now();
    const Result<std::string> answer = (*client)->query(view, arguments);
    if (!answer) {
      return fail(answer.error());
    }
    result.latency.add(micros_since(asked));
  }
  result.seconds = seconds_since(start);
  result.events = queries;
  return result;
}

}  // namespace juanzong::bench
