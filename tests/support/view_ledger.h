// SPDX-License-Identifier: Apache-2.0
// A ledger to ask views of: units with owners, decoration cases, fees, all through the real rules,
// and answers as JSON. Views are asked of the newest snapshot; the clock of a query is the last
// on().
#pragma once

#include "projections/views/query.h"

#include "tests/support/decoration_steps.h"
#include "tests/support/house.h"
#include "tests/support/test_ledger.h"

#include <boost/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::testing {

class ViewLedger {
 public:
  TestLedger ledger;
  DecorationSteps forms;  // for bodies only
  // What the last answer shows in full of people's data.
  std::vector<ShownValue> shown;
  bool sealed = false;  // whoever asks has no vault

  // Policy and contractors C-07 and C-11 of 2025-01-01.
  explicit ViewLedger(bool with_server = false);

  ViewLedger& on(std::string_view day, std::string_view time = "10:00:00");
  ViewLedger& at(std::string_view instant);
  RecordIndex given(std::string_view role, std::string_view event, std::string_view json);
  std::vector<std::string> refused(std::string_view role,
                                   std::string_view event,
                                   std::string_view json);
  [[nodiscard]] RecordIndex newest() { return RecordIndex{ledger.machine().head().size() - 1}; }

  // A registered unit whose owner took it over on 2025-01-02; today must be that day.
  void hand_over(std::string_view unit);
  void register_unit(std::string_view unit);
  void move_owner_in(std::string_view unit, std::string_view day);
  // Decoration case of `forms`, from application to the works, on 2025-01-06 to 01-08.
  void decorate();
  void accept(std::string_view day);
  // The refund's steps; indexes of calculation and approval are passed on.
  RecordIndex inspect(std::string_view flags = "");
  RecordIndex calculate(std::string_view lines, std::int64_t net);
  RecordIndex approve(RecordIndex calculation, std::int64_t net);
  RecordIndex refund(RecordIndex approval, std::int64_t net);
  [[nodiscard]] std::string calculation(std::string_view lines, std::int64_t net);

  [[nodiscard]] Result<Report> ask(std::string_view view,
                                   const QueryArguments& arguments,
                                   std::string_view roles = "CSM");
  // ask() that must succeed, as JSON.
  [[nodiscard]] boost::json::object query(std::string_view view,
                                          const QueryArguments& arguments,
                                          std::string_view roles = "CSM");
  [[nodiscard]] std::string refusal(std::string_view view,
                                    const QueryArguments& arguments,
                                    std::string_view roles = "CSM");
};

// A charge of the owner, and a payment of charges, for any unit.
struct ViewCharge {
  std::string_view id;
  std::int64_t fen = 0;
  std::string_view purpose = "PROPERTY_FEE";
  std::string_view due = "2025-06-30";
  std::string_view more = {};  // R"(,"case_ref":"deco:1")"
  std::string_view unit = house_unit;
};
[[nodiscard]] std::string charge_json(const ViewCharge& charge);
[[nodiscard]] std::string payment_json(std::string_view id,
                                       std::string_view charge_id,
                                       std::int64_t fen,
                                       std::string_view more = {},
                                       std::string_view unit = house_unit);
// The body with every occurrence of `from` replaced.
[[nodiscard]] std::string with(std::string body, std::string_view from, std::string_view to);

// Values of one column of a table.
[[nodiscard]] std::vector<std::string> column(const boost::json::object& report,
                                              std::string_view table,
                                              std::string_view key);
[[nodiscard]] const boost::json::object& row(const boost::json::object& report,
                                             std::string_view table,
                                             std::size_t at);

}  // namespace juanzong::testing
