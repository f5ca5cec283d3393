// SPDX-License-Identifier: Apache-2.0
// A unit and its people for the tests of handover, move-in, move-out and occupancy: bodies as JSON,
// charges and payments booked directly, and a whole handover in one call.
#pragma once

#include "events/procedures/world.h"

#include "tests/support/rule_tester.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::testing {

inline constexpr std::string_view house_unit = "3-1-1202";
inline const std::string house_owner = person_id(1001);
inline const std::string house_tenant = person_id(2001);

// {"unit":"3-1-1202",…}: fields joined.
[[nodiscard]] std::string json(std::initializer_list<std::string> fields);
// "name":"value"
[[nodiscard]] std::string text(std::string_view name, std::string_view value);
[[nodiscard]] std::string house_sealed(std::string_view name, std::string_view value = "x");
[[nodiscard]] std::string house_attachment(std::string_view name);
[[nodiscard]] std::string signed_by_house_owner();
[[nodiscard]] std::string signed_by_house_tenant();
[[nodiscard]] std::string unit_field(std::string_view unit = house_unit);

void register_unit(RuleTester& t, std::string_view unit = house_unit);

struct TestCharge {
  std::string_view id;
  std::string_view party;
  std::string_view due = "2025-03-01";
  std::int64_t fen = 42'000;
  std::uint8_t purpose = 1;  // PROPERTY_FEE
  std::string_view from = {};
  std::string_view to = {};
  std::string_view unit = house_unit;
};
void assess(RuleTester& t, const TestCharge& charge);
void pay(RuleTester& t, std::string_view charge_id);

// Steps of a handover on 2025-03-03, each judged by the rules.
[[nodiscard]] std::string roster_json(std::string_view owner = house_owner);
[[nodiscard]] std::string identity_json(std::string_view owner = house_owner);
[[nodiscard]] std::string documents_json();
[[nodiscard]] std::string owner_file_json();
[[nodiscard]] std::string safety_json();
[[nodiscard]] std::string issued_json();
[[nodiscard]] std::string completed_json(RecordIndex receipt, int defects_open = 0);
void give_papers(RuleTester& t);       // identity, documents, owner file, responsibility paper
void assess_half_year(RuleTester& t);  // charge F-1, 2025-03-03 to 2025-09-03
void hand_over(RuleTester& t);         // everything, paid
// Steps of tenancy T-1 in the handed over unit, on 2025-10-20 at the earliest.
[[nodiscard]] std::string consent_json(std::string_view tenancy = "T-1");
[[nodiscard]] std::string tenant_json(std::string_view tenancy = "T-1");
[[nodiscard]] std::string tenant_paper_json(std::string_view tenancy = "T-1");
[[nodiscard]] std::string tenant_moves_in_json(std::string_view on, std::string_view use);
[[nodiscard]] std::string owner_confirmed_json(std::string_view on);
[[nodiscard]] std::string owner_moves_in_json(std::string_view on, std::string_view use);
void rent_out(RuleTester& t, std::string_view on);  // consent to move-in, residential
void move_owner_in(RuleTester& t, std::string_view on, std::string_view use = "RESIDENTIAL");
// Steps of the end of tenancy T-1.
[[nodiscard]] std::string of_tenancy(std::initializer_list<std::string> fields);
[[nodiscard]] std::string move_out_declared_json();
[[nodiscard]] std::string metered_json();
[[nodiscard]] std::string settled_json(std::string_view up_to);
[[nodiscard]] std::string move_out_consented_json();
[[nodiscard]] std::string ended_json(std::string_view on, std::string_view reason = "MOVED_OUT");
void clear_tenancy(RuleTester& t, std::string_view up_to);  // declared to CLEARED
void expect_states_round_trip(RuleTester& t);
// The body with the first `from` replaced; fails the test if there is none.
[[nodiscard]] std::string replaced(std::string body, std::string_view from, std::string_view to);
// Adopts policy version 2, in force from that day.
void adopt(RuleTester& t, std::string_view key, std::string_view value, std::string_view effective);

// A tester, the rules of a refusal, and the counts of entrance 3-1.
class HouseTest : public ::testing::Test {
 protected:
  std::vector<std::string> rules_when(std::string_view event, const std::string& body) {
    return RuleTester::rules_of(t.when(event, body));
  }
  std::int64_t count(std::string_view category) {
    return t.world().posted(PostingView::occupancy, "3-1:" + std::string(category));
  }
  RuleTester t;
};

}  // namespace juanzong::testing
