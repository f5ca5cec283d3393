// SPDX-License-Identifier: Apache-2.0
// A place of business that plays the scenarios of tests/integration/scenarios: a server on a clock
// that follows the steps, everybody who acts hired at the opening, and an auditor who asks for the
// figures in between.
#pragma once

#include "tests/integration/site.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::testing {

// Steps of tests/integration/scenarios/NAME.jsonl; the test fails if it cannot be read.
[[nodiscard]] std::vector<ScenarioStep> scenario_steps(const std::string& name);

class ScenarioTest : public ::testing::Test {
 protected:
  ScenarioTest();

  // Hires everybody; `steps` are what play_to() goes on with. A scenario of the demonstration opens
  // its ledger itself, the others after opening.jsonl.
  enum class Opening : bool { shared, own };
  void begin(std::vector<ScenarioStep> steps, Opening opening = Opening::shared);
  void begin(const std::string& name) { begin(scenario_steps(name)); }
  // Plays on up to the heading that begins with these words; "": to the end. Every step must end
  // as its line says.
  void play_to(std::string_view heading = "");
  // The next step, which is then left out: the test does it itself.
  [[nodiscard]] ScenarioStep take_step();
  // Its request line, of a step that refers to nothing saved.
  [[nodiscard]] static std::string line_of(const ScenarioStep& step);
  // The server stops cleanly, and the deep audit of what it left agrees.
  void close();

  // A view as the auditor sees it, or as another role that acts in the scenario does.
  [[nodiscard]] boost::json::object ask(std::string_view view,
                                        const boost::json::object& arguments,
                                        const std::string& role = "AUD");
  // The rows of a table whose `key` has this value.
  [[nodiscard]] static std::vector<boost::json::object> rows_where(
      const boost::json::object& report,
      std::string_view table,
      std::string_view key,
      std::string_view value);
  [[nodiscard]] static std::int64_t figure(const boost::json::object& of, std::string_view key);
  // A text, date or the code of a code.
  [[nodiscard]] static std::string text(const boost::json::object& of, std::string_view key);

  Site site;
  std::unique_ptr<ScenarioPlayer> player;

 private:
  std::vector<ScenarioStep> steps_;
  std::size_t next_ = 0;
};

}  // namespace juanzong::testing
