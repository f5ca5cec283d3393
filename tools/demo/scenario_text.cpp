// SPDX-License-Identifier: Apache-2.0
#include "tools/demo/scenario_text.h"

#include <boost/json.hpp>

#include <algorithm>
#include <cstdint>
#include <set>

namespace juanzong {
namespace {

namespace json = boost::json;

constexpr std::string_view default_subject = "P-1";

bool is_person(std::string_view text) {
  return text.size() > 2 && text.starts_with("P-") &&
         std::ranges::all_of(text.substr(2), [](char c) { return c >= '0' && c <= '9'; });
}

std::string text_of_field(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

class Expander {
 public:
  Expander(const ScenarioStep& step, const std::map<std::string, std::uint64_t>& saved)
      : step_(step), saved_(saved) {}

  // False when a saved name is unknown; `problem` says which.
  bool expand(json::value& value) {
    if (value.is_string()) {
      return expand_text(value);
    }
    if (value.is_array()) {
      return std::ranges::all_of(value.get_array(), [this](json::value& v) { return expand(v); });
    }
    return !value.is_object() || expand_object(value);
  }
  std::string problem;

 private:
  bool expand_text(json::value& value) {
    const std::string text(value.get_string());
    if (is_person(text)) {
      value = scenario_person(text);
    } else if (text.starts_with('$')) {
      const auto found = saved_.find(text.substr(1));
      if (found == saved_.end()) {
        problem = text + " was never saved";
        return false;
      }
      value = found->second;
    }
    return true;
  }

  bool expand_object(json::value& value) {
    json::object& object = value.get_object();
    if (const json::value* scan = object.if_contains("scan");
        scan != nullptr && scan->is_string()) {
      value = json::object{{"subject", subject_of(object)}, {"text", *scan}};
      return true;
    }
    if (const json::value* secret = object.if_contains("private"); secret != nullptr) {
      value = json::object{{"subject", subject_of(object)}, {"value", *secret}};
      return true;
    }
    for (auto& [key, item] : object) {
      if (key == "signatures" && item.is_array()) {
        for (json::value& block : item.get_array()) {
          block = signature_block(std::string(block.get_string()));
        }
      } else if (!expand(item)) {
        return false;
      }
    }
    return true;
  }

  static std::string subject_of(const json::object& object) {
    const std::string of = text_of_field(object, "of");
    return scenario_person(of.empty() ? default_subject : std::string_view(of));
  }

  // "OWNER P-1001", "STAFF PM", "OWNER P-1001 PHONE", each with an optional " @ 2025-06-13".
  json::value signature_block(std::string text) const {
    std::string signed_at = step_.at;
    if (const std::size_t other_day = text.find(" @ "); other_day != std::string::npos) {
      signed_at = text.substr(other_day + 3) + "T12:00:00+08:00";
      text.resize(other_day);
    }
    const std::size_t space = text.find(' ');
    const std::string capacity = text.substr(0, space);
    std::string signer = text.substr(space + 1);
    const bool by_phone = signer.ends_with(" PHONE");
    if (by_phone) {
      signer.resize(signer.size() - 6);
    }
    json::object block{{"capacity", capacity}, {"signed_at", signed_at}};
    if (capacity == "STAFF") {
      block["signer"] = "S-" + signer;
      block["staff_role"] = signer;
      block["method"] = "STAFF_LOGIN";
      block["id_checked"] = "KNOWN";
    } else {
      block["signer"] = is_person(signer) ? scenario_person(signer) : signer;
      block["method"] = by_phone ? "PHONE_RECORDED" : "TABLET";
      block["id_checked"] = by_phone ? "KNOWN" : "ID_CARD";
    }
    const std::string subject = scenario_person(is_person(signer) ? signer : default_subject);
    block["signed_digest"] = json::object{{"subject", subject}, {"value", step_.zh}};
    return block;
  }

  const ScenarioStep& step_;
  const std::map<std::string, std::uint64_t>& saved_;
};

Result<ScenarioStep> parse_step(std::string_view line, std::size_t number) {
  json::error_code error;
  const json::value value = json::parse({line.data(), line.size()}, error);
  if (error || !value.is_object()) {
    return fail(ErrorCode::malformed_request, "line " + std::to_string(number));
  }
  const json::object& object = value.get_object();
  ScenarioStep step;
  step.at = text_of_field(object, "at");
  step.actor = text_of_field(object, "as");
  step.zh = text_of_field(object, "zh");
  step.type = text_of_field(object, "type");
  step.save = text_of_field(object, "save");
  const json::value* body = object.if_contains("body");
  const json::value* expect = object.if_contains("expect");
  if (step.at.empty() || step.actor.empty() || step.type.empty() || body == nullptr) {
    return fail(ErrorCode::malformed_request,
                "line " + std::to_string(number) + ": at, as, type, body");
  }
  step.body = json::serialize(*body);
  if (expect != nullptr && expect->is_array()) {
    for (const json::value& rule : expect->get_array()) {
      step.expect.emplace_back(rule.get_string());
    }
  }
  return step;
}

}  // namespace

std::string scenario_person(std::string_view code) {
  const std::string digits(code.substr(2));
  return std::string(32 - digits.size(), '0') + digits;
}

std::vector<std::string> staff_of(const std::vector<ScenarioStep>& steps) {
  constexpr std::string_view mark = "\"STAFF ";
  std::set<std::string> codes;
  for (const ScenarioStep& step : steps) {
    if (!step.actor.empty()) {
      codes.insert(step.actor);
    }
    for (std::size_t at = step.body.find(mark); at != std::string::npos;
         at = step.body.find(mark, at + 1)) {
      const std::size_t start = at + mark.size();
      codes.insert(step.body.substr(start, step.body.find_first_of(" \"", start) - start));
    }
  }
  return {codes.begin(), codes.end()};
}

Result<std::vector<ScenarioStep>> parse_scenario(std::string_view text) {
  std::vector<ScenarioStep> steps;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    if (line.empty()) {
      continue;
    }
    if (line.starts_with('#')) {
      steps.emplace_back().heading = line.substr(std::min<std::size_t>(2, line.size()));
      continue;
    }
    Result<ScenarioStep> step = parse_step(line, number);
    if (!step) {
      return fail(step.error());
    }
    steps.push_back(std::move(*step));
  }
  return steps;
}

Result<std::string> expand_step(const ScenarioStep& step,
                                const std::map<std::string, std::uint64_t>& saved) {
  json::value body = json::parse(step.body);
  Expander expander(step, saved);
  if (!expander.expand(body)) {
    return fail(ErrorCode::malformed_request, step.type + ": " + expander.problem);
  }
  return json::serialize(
      json::object{{"type", step.type}, {"occurred_at", step.at}, {"body", std::move(body)}});
}

}  // namespace juanzong
