// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/scenario_site.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace juanzong::testing {

namespace json = boost::json;

std::vector<ScenarioStep> scenario_steps(const std::string& name) {
  std::ifstream in(std::string(JUANZONG_SOURCE_DIR) + "/tests/integration/scenarios/" + name +
                   ".jsonl");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  EXPECT_FALSE(text.empty()) << name;
  const auto steps = parse_scenario(text);
  EXPECT_TRUE(steps.has_value()) << name << ": " << (steps ? "" : to_text(steps.error()));
  return steps ? *steps : std::vector<ScenarioStep>{};
}

ScenarioTest::ScenarioTest() : site({.clock = "2024-08-01T07:00:00+08:00"}) {
  site.start();
  player = std::make_unique<ScenarioPlayer>(site.player());
}

void ScenarioTest::begin(std::vector<ScenarioStep> steps, Opening opening) {
  const std::vector<ScenarioStep> before =
      opening == Opening::shared ? scenario_steps("opening") : std::vector<ScenarioStep>{};
  std::vector<ScenarioStep> everything = before;
  everything.insert(everything.end(), steps.begin(), steps.end());
  std::vector<std::string> staff = staff_of(everything);
  staff.insert(staff.end(), {"AUD", "SEC"});
  const Outcome hired = player->hire(staff, "2024-08-01T08:00:00+08:00");
  ASSERT_TRUE(hired.has_value()) << to_text(hired.error());
  ASSERT_TRUE(player->play(before)) << site.transcript();
  steps_ = std::move(steps);
}

void ScenarioTest::play_to(std::string_view heading) {
  const auto from = steps_.begin() + static_cast<std::ptrdiff_t>(next_);
  const auto end = heading.empty()
                       ? steps_.end()
                       : std::find_if(from, steps_.end(), [heading](const ScenarioStep& step) {
                           return step.heading.starts_with(heading);
                         });
  ASSERT_TRUE(heading.empty() || end != steps_.end()) << "no heading " << heading;
  ASSERT_TRUE(player->play({from, end})) << site.transcript();
  next_ = static_cast<std::size_t>(end - steps_.begin());
}

ScenarioStep ScenarioTest::take_step() {
  while (next_ < steps_.size() && steps_[next_].type.empty()) {
    ++next_;
  }
  EXPECT_LT(next_, steps_.size());
  return next_ < steps_.size() ? steps_[next_++] : ScenarioStep{};
}

std::string ScenarioTest::line_of(const ScenarioStep& step) {
  const Result<std::string> line = expand_step(step, {});
  EXPECT_TRUE(line.has_value()) << step.zh;
  return line ? *line : "";
}

void ScenarioTest::close() {
  EXPECT_EQ(site.stop(), 0);
  EXPECT_EQ(site.audit(), 0);
}

json::object ScenarioTest::ask(std::string_view view,
                               const json::object& arguments,
                               const std::string& role) {
  const Result<std::string> answer =
      player->client_of(role)->query(view, json::serialize(arguments));
  EXPECT_TRUE(answer.has_value()) << view << ": " << (answer ? "" : to_text(answer.error()));
  return answer ? json::parse(*answer).as_object() : json::object();
}

std::vector<json::object> ScenarioTest::rows_where(const json::object& report,
                                                   std::string_view table,
                                                   std::string_view key,
                                                   std::string_view value) {
  std::vector<json::object> rows;
  const json::value* list = report.if_contains(table);
  EXPECT_NE(list, nullptr) << json::serialize(report);
  if (list != nullptr) {
    for (const json::value& row : list->as_array()) {
      if (text(row.as_object(), key) == value) {
        rows.push_back(row.as_object());
      }
    }
  }
  return rows;
}

std::int64_t ScenarioTest::figure(const json::object& of, std::string_view key) {
  const json::value* value = of.if_contains(key);
  EXPECT_TRUE(value != nullptr && value->is_number()) << key << " of " << json::serialize(of);
  return value != nullptr && value->is_number() ? value->to_number<std::int64_t>() : -1;
}

std::string ScenarioTest::text(const json::object& of, std::string_view key) {
  const json::value* value = of.if_contains(key);
  if (value != nullptr && value->is_object()) {
    value = value->get_object().if_contains("code");
  }
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace juanzong::testing
