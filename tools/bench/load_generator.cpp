// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/load_generator.h"

#include "crypto/hex.h"
#include "crypto/random_bytes.h"

#include "tools/client/client.h"
#include "tools/client/registration.h"
#include "tools/client/request_builder.h"
#include "tools/client/submitter.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <latch>
#include <mutex>

namespace juanzong {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds patience{30};
constexpr std::size_t lines_per_setup_request = 200;

UnixMicros wall_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return UnixMicros{std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

RequestBuilder::Environment environment() {
  RequestBuilder::Environment made;
  made.now = wall_now;
  made.read_file = read_attachment_file;
  made.valid_for = std::chrono::seconds{3'600};
  return made;
}

// One cashier: connection, key, and the requests signed ahead.
struct Cashier {
  std::shared_ptr<const crypto::PrivateKey> key;
  std::unique_ptr<Client> client;
  std::vector<DraftRequest> drafts;
  std::size_t next = 0;
  Clock::time_point sent;
  LatencyHistogram latency;
  std::uint64_t refused = 0;
};

Result<std::unique_ptr<Client>> connect(const LoadOptions& options,
                                        std::shared_ptr<const crypto::PrivateKey> key) {
  ClientOptions own = options.server;
  own.key = std::move(key);
  own.program = "juanzong-bench";
  return Client::connect(std::move(own));
}

Outcome accepted(const AppendReply& reply, std::string_view what) {
  if (std::holds_alternative<message::Appended>(reply)) {
    return Done{};
  }
  const auto* error = std::get_if<Error>(&reply);
  return fail(error == nullptr ? ErrorCode::environment : error->code,
              std::string(what) + ": " +
                  (error == nullptr ? std::get<message::Refused>(reply).refusals.front().rule
                                    : error->detail));
}

Outcome register_staff(const LoadOptions& options,
                       const std::string& roles,
                       const std::shared_ptr<const crypto::PrivateKey>& key) {
  Result<std::unique_ptr<Client>> founder = connect(options, options.founder_key);
  if (!founder) {
    return fail(founder.error());
  }
  RequestBuilder builder(catalogue(), (*founder)->facts().origin, environment());
  Submitter submitter(**founder, builder, {options.founder_key, key}, patience);
  const std::string id = hex_of(crypto::random_array<16>());
  return accepted(submitter.submit(
                      registration_line({"B-" + id, "BENCH", "B-" + id, roles}, key->public_key())),
                  "staff");
}

std::shared_ptr<const crypto::PrivateKey> new_key() {
  return std::make_shared<const crypto::PrivateKey>(crypto::PrivateKey::generate());
}

// Units of this run, in a building of its own so that runs do not meet.
Result<std::vector<std::string>> register_units(const LoadOptions& options) {
  const auto key = new_key();
  if (const Outcome hired = register_staff(options, "ARC", key); !hired) {
    return fail(hired.error());
  }
  Result<std::unique_ptr<Client>> client = connect(options, key);
  if (!client) {
    return fail(client.error());
  }
  RequestBuilder builder(catalogue(), (*client)->facts().origin, environment());
  Submitter submitter(**client, builder, {key}, patience);
  const std::string building = "B" + hex_of(crypto::random_array<16>()).substr(0, 8);
  std::vector<std::string> units;
  for (std::size_t first = 0; first < options.units; first += lines_per_setup_request) {
    std::string line = "[";
    const std::size_t end = std::min(options.units, first + lines_per_setup_request);
    for (std::size_t i = first; i < end; ++i) {
      const std::string room = std::to_string(1'000 + i);
      units.push_back(building + "-1-" + room);
      line.append(i == first ? "" : ",")
          .append(R"({"type":"UnitRegistered","body":{"unit":")" + units.back() +
                  R"(","building":")" + building + R"(","entrance":"1","floor":1,"number":")" +
                  room + R"("}})");
    }
    if (const Outcome done = accepted(submitter.submit(line + "]"), "units"); !done) {
      return fail(done.error());
    }
  }
  return units;
}

std::string charge_line(const std::vector<std::string>& units, std::size_t events) {
  std::string line = "[";
  for (std::size_t i = 0; i < events; ++i) {
    const auto random = crypto::random_array<16>();
    const std::string id = hex_of(random);
    const std::string& unit = units[(random[0] * 256U + random[1]) % units.size()];
    line.append(i == 0 ? "" : ",")
        .append(R"({"type":"ChargeAssessed","body":{"charge_id":"CH-)" + id + R"(","unit":")" +
                unit + R"(","party":"00000000000000000000000000001001","party_kind":"OWNER",)" +
                R"("purpose":"WATER","amount_fen":8640,"period_from":"2025-02-01",)" +
                R"("period_to":"2025-03-01","due":"2025-04-01","tariff_ver":"2024A",)" +
                R"("calc":"24 t x 3.60"}})");
  }
  return line + "]";
}

Outcome prepare(const LoadOptions& options,
                const std::vector<std::string>& units,
                Cashier& cashier) {
  cashier.key = new_key();
  if (const Outcome hired = register_staff(options, "CAS", cashier.key); !hired) {
    return hired;
  }
  Result<std::unique_ptr<Client>> client = connect(options, cashier.key);
  if (!client) {
    return fail(client.error());
  }
  cashier.client = std::move(*client);
  RequestBuilder builder(catalogue(), cashier.client->facts().origin, environment());
  KeyChain chain;
  for (std::size_t i = 0; i < options.requests_per_connection; ++i) {
    Result<DraftRequest> draft = builder.build(charge_line(units, options.events_per_request));
    if (!draft) {
      return fail(draft.error());
    }
    sign_draft(*draft, chain, {cashier.key});
    chain = {chain.key_seq + 1, request_hash(draft->request.header)};
    cashier.drafts.push_back(std::move(*draft));
  }
  return Done{};
}

// Sends the next request; its answer sends the one after it.
void send_next(Cashier& cashier, std::latch& finished) {
  if (cashier.next == cashier.drafts.size()) {
    finished.count_down();
    return;
  }
  const DraftRequest& draft = cashier.drafts[cashier.next++];
  cashier.sent = Clock::now();
  cashier.client->append_async(draft.request, draft.keys, [&](AppendReply reply) {
    const auto took =
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - cashier.sent);
    cashier.latency.add(static_cast<std::uint64_t>(took.count()));
    cashier.refused += std::holds_alternative<message::Appended>(reply) ? 0 : 1;
    send_next(cashier, finished);
  });
}

}  // namespace

Result<LoadResult> run_append_load(const LoadOptions& wanted) {
  LoadOptions options = wanted;
  if (options.units == 0) {
    // A unit has a handful of open charges, not hundreds.
    const std::size_t events =
        options.connections * options.requests_per_connection * options.events_per_request;
    options.units = std::clamp<std::size_t>(events / 4, 1'000, 50'000);
  }
  const Result<std::vector<std::string>> units = register_units(options);
  if (!units) {
    return fail(units.error());
  }
  std::vector<std::unique_ptr<Cashier>> cashiers;
  for (std::size_t i = 0; i < options.connections; ++i) {
    cashiers.push_back(std::make_unique<Cashier>());
    if (const Outcome ready = prepare(options, *units, *cashiers.back()); !ready) {
      return fail(ready.error());
    }
  }
  std::latch finished(static_cast<std::ptrdiff_t>(cashiers.size()));
  const Clock::time_point start = Clock::now();
  for (const auto& cashier : cashiers) {
    send_next(*cashier, finished);
  }
  finished.wait();
  LoadResult result;
  result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  for (const auto& cashier : cashiers) {
    result.latency.merge(cashier->latency);
    result.refused += cashier->refused;
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
  const Clock::time_point start = Clock::now();
  for (std::size_t i = 0; i < queries; ++i) {
    const Clock::time_point asked = Clock::now();
    const Result<std::string> answer = (*client)->query(view, arguments);
    if (!answer) {
      return fail(answer.error());
    }
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - asked);
    result.latency.add(static_cast<std::uint64_t>(took.count()));
  }
  result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  result.events = queries;
  return result;
}

}  // namespace juanzong
