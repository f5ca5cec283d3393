// SPDX-License-Identifier: Apache-2.0
// Given, when, then for rules, without database, network or clock:
//
//   RuleTester t;
//   t.at("2025-01-06T09:10:00+08:00").as("S-CSA");
//   t.given("UnitRegistered", R"({"unit":"3-1-1202", …})");
//   EXPECT_THAT(t.rules_of(t.when("DecorationApplied", R"(…)")), ElementsAre("H-DEC-1"));
//
// Bodies are JSON with the field names of the schema; every body goes through inspect_body, the
// role check and decide(), as in the server; given() also applies, and stops the test on a refusal.
#pragma once

#include "events/procedures/catalogue.h"
#include "events/procedures/json_body.h"

#include "projections/state/memory_world.h"

#include <string>
#include <string_view>
#include <vector>

namespace juanzong::testing {

class RuleTester {
 public:
  // A ledger with one member of staff per role: "S-CSA" … and the policy all tests share: deposits
  // and penalties permitted, deposit 200,000 fen, waste removal 30,000, passes 8,000.
  RuleTester();

  RuleTester& at(std::string_view instant);  // sets recorded_at and occurred_at
  RuleTester& as(std::string_view staff);    // actor of the next statements
  RuleTester& back_entry(bool flag = true);
  RuleTester& signers(std::vector<KeyId> keys);  // keys that sign the next requests
  // What the server found at the body's `target`; empty: it did not look.
  RuleTester& target_event(std::string_view event);

  // Appends; a refusal or schema violation fails the test. Returns the record's index.
  RecordIndex given(std::string_view event, std::string_view json);
  // Decides only; nothing is applied.
  Refusals when(std::string_view event, std::string_view json);
  // Decides and applies if accepted.
  Refusals append(std::string_view event, std::string_view json);
  // What the last accepted statement was assigned.
  [[nodiscard]] const AssignedValues& assigned() const { return assigned_; }

  [[nodiscard]] static std::vector<std::string> rules_of(const Refusals& refusals);
  [[nodiscard]] MemoryWorld& world() { return world_; }

 private:
  struct Prepared {
    const CatalogueEntry* entry = nullptr;
    Bytes body;
    std::vector<std::string> streams;
    std::vector<std::string_view> stream_views;
    EventContext context;
    Decision decision;
  };
  static EventView view_of(Prepared& prepared);
  Prepared prepare(std::string_view event, std::string_view json);

  MemoryWorld world_;
  BodyCodec codec_;
  std::uint64_t next_index_ = 0;
  UnixMicros now_{};
  UnixMicros last_{};  // of the newest record
  std::string actor_;
  bool back_entry_ = false;
  std::vector<KeyId> signers_;
  std::string target_event_;
  AssignedValues assigned_;
};

// A signature block as JSON: signature("OWNER", person_id(1001)); staff: staff_signature("PM").
[[nodiscard]] std::string signature(std::string_view capacity,
                                    std::string_view signer,
                                    std::string_view signed_at = "2025-01-06T09:00:00+08:00",
                                    std::string_view method = "TABLET");
[[nodiscard]] std::string staff_signature(std::string_view role,
                                          std::string_view signed_at = "2025-01-06T09:00:00+08:00");
[[nodiscard]] std::string signatures(std::initializer_list<std::string> blocks);
// 32 hexadecimal digits made from a small number.
[[nodiscard]] std::string person_id(int number);
// {"subject":…,"value":…} and {"subject":…,"text":…}
[[nodiscard]] std::string sealed(std::string_view subject, std::string_view value);
[[nodiscard]] std::string attachment(std::string_view subject, std::string_view text = "scan");

}  // namespace juanzong::testing
