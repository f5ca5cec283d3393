// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/bench_ledger.h"

#include "crypto/hex.h"
#include "crypto/random_bytes.h"

#include "tools/client/registration.h"
#include "tools/client/submitter.h"

#include <algorithm>

namespace juanzong::bench {
namespace {

constexpr std::chrono::seconds patience{30};
constexpr std::size_t lines_per_setup_request = 200;

UnixMicros wall_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return UnixMicros{std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

std::string random_name() {
  return hex_of(crypto::random_array<16>());
}

}  // namespace

Result<std::unique_ptr<Client>> connect(const Target& target, Key key) {
  ClientOptions own = target.server;
  own.key = std::move(key);
  own.program = "juanzong-bench";
  return Client::connect(std::move(own));
}

RequestBuilder make_builder(const Client& client) {
  RequestBuilder::Environment environment;
  environment.now = wall_now;
  environment.read_file = read_attachment_file;
  environment.valid_for = std::chrono::seconds{3'600};
  return {catalogue(), client.facts().origin, std::move(environment)};
}

Outcome recorded(const AppendReply& reply, std::string_view what) {
  if (std::holds_alternative<message::Appended>(reply)) {
    return Done{};
  }
  const auto* error = std::get_if<Error>(&reply);
  return fail(error == nullptr ? ErrorCode::environment : error->code,
              std::string(what) + ": " +
                  (error == nullptr ? std::get<message::Refused>(reply).refusals.front().rule
                                    : error->detail));
}

Result<Key> hire(const Target& target, const std::string& roles) {
  Result<std::unique_ptr<Client>> founder = connect(target, target.founder_key);
  if (!founder) {
    return fail(founder.error());
  }
  const Key key = std::make_shared<const crypto::PrivateKey>(crypto::PrivateKey::generate());
  RequestBuilder builder = make_builder(**founder);
  Submitter submitter(**founder, builder, {target.founder_key, key}, patience);
  const std::string id = random_name();
  const Outcome hired = recorded(submitter.submit(registration_line(
                                     {"B-" + id, "BENCH", "B-" + id, roles}, key->public_key())),
                                 "staff");
  return hired ? Result<Key>(key) : fail(hired.error());
}

std::string new_building() {
  return "B" + random_name().substr(0, 8);
}

std::string unit_code(const std::string& building, std::size_t i) {
  return building + "-1-" + std::to_string(1'000 + i);
}

std::string unit_json(const std::string& building, std::size_t i) {
  return R"({"type":"UnitRegistered","body":{"unit":")" + unit_code(building, i) +
         R"(","building":")" + building + R"(","entrance":"1","floor":1,"number":")" +
         std::to_string(1'000 + i) + R"("}})";
}

std::string charge_json(const std::string& unit) {
  return R"({"type":"ChargeAssessed","body":{"charge_id":"CH-)" + random_name() + R"(","unit":")" +
         unit + R"(","party":"00000000000000000000000000001001","party_kind":"OWNER",)" +
         R"("purpose":"WATER","amount_fen":8640,"period_from":"2025-02-01",)" +
         R"("period_to":"2025-03-01","due":"2025-04-01","tariff_ver":"2024A",)" +
         R"("calc":"24 t x 3.60"}})";
}

Result<std::vector<std::string>> register_units(const Target& target, std::size_t count) {
  const Result<Key> key = hire(target, "ARC");
  if (!key) {
    return fail(key.error());
  }
  Result<std::unique_ptr<Client>> client = connect(target, *key);
  if (!client) {
    return fail(client.error());
  }
  RequestBuilder builder = make_builder(**client);
  Submitter submitter(**client, builder, {*key}, patience);
  const std::string building = new_building();
  std::vector<std::string> units;
  for (std::size_t first = 0; first < count; first += lines_per_setup_request) {
    std::string line = "[";
    const std::size_t end = std::min(count, first + lines_per_setup_request);
    for (std::size_t i = first; i < end; ++i) {
      units.push_back(unit_code(building, i));
      line.append(i == first ? "" : ",").append(unit_json(building, i));
    }
    if (const Outcome done = recorded(submitter.submit(line + "]"), "units"); !done) {
      return fail(done.error());
    }
  }
  return units;
}

std::string charges_line(const std::vector<std::string>& units, std::size_t events) {
  std::string line = "[";
  for (std::size_t i = 0; i < events; ++i) {
    const auto random = crypto::random_array<2>();
    const std::string& unit = units[(random[0] * 256U + random[1]) % units.size()];
    line.append(i == 0 ? "" : ",").append(charge_json(unit));
  }
  return line + "]";
}

}  // namespace juanzong::bench
