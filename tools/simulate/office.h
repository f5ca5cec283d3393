// SPDX-License-Identifier: Apache-2.0
// Office: the front office of a simulated community. One member of staff a role ("S-CSA"), each
// with a real key drawn from the seed, sends real requests through the service that a network
// session talks to (server/pipeline), in process, under a clock that the simulation moves.
//
// A statement that should be accepted and is not, or one that should be refused and is not, stops
// the office: everything asked of it afterwards is dropped, and trouble() says what happened.
#pragma once

#include "events/model/result.h"

#include "server/data/data_directory.h"
#include "server/pipeline/ledger_service.h"

#include "tools/client/request_builder.h"
#include "tools/simulate/seeded_random.h"
#include "tools/simulate/simulated_clock.h"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::simulate {

struct Line {
  std::string event;
  std::string body;  // JSON
};

struct Counts {
  std::map<std::string, std::uint64_t> accepted;  // statements by event
  std::map<std::string, std::uint64_t> refused;   // intended refusals by rule
};

struct OfficeOptions {
  std::filesystem::path data;  // a data directory whose founder's key is of this seed
  std::uint64_t seed = 0;
  UnixMicros start;  // not before its newest record
};

class Office {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Office>> open(const OfficeOptions& options);
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;
  ~Office();

  // Registers "S-<role>" with a key of the seed, written to DIR/keys/staff.S-<role>.key.
  void hire(const std::string& role);

  [[nodiscard]] UnixMicros now() const { return clock_.now(); }
  [[nodiscard]] CivilDate today() const { return zone_.date_of(now()); }
  [[nodiscard]] const CivilZone& zone() const { return zone_; }
  [[nodiscard]] std::string now_text() const { return to_rfc3339(now()); }
  void go_to(UnixMicros at);
  // Waits for the answers to everything asked so far, and judges them.
  void settle();

  // One request, its statements all of that role. Answers are awaited when the clock moves, so that
  // what belongs to one moment shares the syncs of its commit.
  void must(std::string_view role, std::string_view event, const std::string& body);
  void must_all(std::string_view role, const std::vector<Line>& lines);
  // must(), answered; the index of its record.
  [[nodiscard]] RecordIndex must_at(std::string_view role,
                                    std::string_view event,
                                    const std::string& body);
  // One of the rules that refuse it is this one.
  void refused(std::string_view role,
               std::string_view event,
               const std::string& body,
               std::string_view rule);

  // The answer of a view as the auditor gets it, JSON. `arguments`: a JSON object.
  [[nodiscard]] Result<std::string> query(std::string_view view, std::string_view arguments) const;

  [[nodiscard]] std::uint64_t records() const;
  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] const std::optional<Error>& trouble() const { return trouble_; }
  void stop(Error error);

 private:
  struct Member {
    std::shared_ptr<const crypto::PrivateKey> key;
    KeyChain chain;
  };

  Office(const OfficeOptions& options, std::unique_ptr<DataDirectory> data);
  [[nodiscard]] Outcome begin(const std::filesystem::path& root);
  [[nodiscard]] std::string line_of(const std::vector<Line>& lines) const;
  // A request under way, with what its answer should be.
  struct Asked {
    std::string role;
    std::vector<std::string> events;
    std::string rule;  // that refuses it; empty: none does
    std::future<AppendResult> answer;
  };
  // Signs and appends, at the place in the chain that the expected answers so far leave; `more`:
  // keys that sign behind the member's own.
  void ask(Member& member, std::string_view line, Asked asked, SigningKeys more);
  [[nodiscard]] Outcome attach(const Principal& who, const DraftRequest& draft);
  [[nodiscard]] bool is_expected(const Asked& asked, const AppendResult& result);
  void complain(const Asked& asked, const AppendResult& result);

  SimulatedClock clock_;
  CivilZone zone_;
  SeededRandom random_;       // keys, ids, salts
  SeededRandom server_side_;  // of the writer's thread
  std::unique_ptr<DataDirectory> data_;
  std::unique_ptr<LedgerService> service_;
  std::unique_ptr<RequestBuilder> builder_;
  std::map<std::string, Member, std::less<>> staff_;
  std::deque<Asked> under_way_;
  RecordIndex newest_{};  // first record of the request that was answered last
  Counts counts_;
  std::optional<Error> trouble_;
};

// The keys with which the ledger of a simulation is founded.
struct FoundingSecrets {
  crypto::PrivateKey log;
  crypto::PrivateKey founder;
  crypto::PrivateKey server;
};
[[nodiscard]] FoundingSecrets founding_secrets(std::uint64_t seed);
// What the request that founds it draws its id from.
[[nodiscard]] crypto::RandomSource founding_random(std::uint64_t seed);

}  // namespace juanzong::simulate
