// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/append_reply.h"

#include "crypto/digest.h"

#include <algorithm>
#include <array>

namespace juanzong::cli {
namespace {

namespace json = boost::json;

json::object record_json(const message::Appended& appended, std::size_t at) {
  json::object out;
  out["index"] = number(appended.first) + at;
  out["leaf"] = at < appended.leaves.size() ? crypto::to_hex(appended.leaves[at]) : std::string();
  out["recorded_at"] = to_rfc3339(appended.recorded_at);
  if (at < appended.assigned.size()) {
    const AssignedValues& assigned = appended.assigned[at];
    if (!assigned.receipt_no.empty()) {
      out["receipt_no"] = assigned.receipt_no;
    }
    if (assigned.not_before) {
      out["not_before"] = to_text(*assigned.not_before);
    }
  }
  if (appended.repeated) {
    out["repeated"] = true;
  }
  return out;
}

json::object refusal_json(const Refusal& refusal) {
  json::object out{
      {"rule", refusal.rule}, {"zh", refusal.zh}, {"en", refusal.en}, {"clause", refusal.clause}};
  json::array& facts = out["facts"].emplace_array();
  for (const Fact& fact : refusal.facts) {
    facts.push_back({{"name", fact.name}, {"value", fact.value}});
  }
  if (refusal.earliest) {
    out["earliest"] = to_text(*refusal.earliest);
  }
  return out;
}

std::string refusal_text(const Refusal& refusal) {
  std::string text = "拒绝 refused " + refusal.rule + " [" + refusal.clause + "] " + refusal.zh +
                     " / " + refusal.en;
  for (const Fact& fact : refusal.facts) {
    text += "\n    " + fact.name + " = " + fact.value;
  }
  if (refusal.earliest) {
    text += "\n    最早 not before " + to_text(*refusal.earliest);
  }
  return text;
}

}  // namespace

json::value reply_json(const AppendReply& reply, bool as_list) {
  if (const auto* appended = std::get_if<message::Appended>(&reply)) {
    if (!as_list) {
      return record_json(*appended, 0);
    }
    json::array list;
    for (std::size_t i = 0; i < appended->count; ++i) {
      list.push_back(record_json(*appended, i));
    }
    return list;
  }
  if (const auto* refused = std::get_if<message::Refused>(&reply)) {
    json::object out;
    json::array& list = out["refused"].emplace_array();
    for (const Refusal& refusal : refused->refusals) {
      list.push_back(refusal_json(refusal));
    }
    out["statement"] = refused->statement;
    return out;
  }
  const Error& error = std::get<Error>(reply);
  return json::object{{"error",
                       json::object{{"code", name_of(error.code)},
                                    {"zh", zh_of(error.code)},
                                    {"en", en_of(error.code)},
                                    {"detail", error.detail}}}};
}

std::string reply_text(const AppendReply& reply) {
  if (const auto* appended = std::get_if<message::Appended>(&reply)) {
    return "已入卷 recorded #" + std::to_string(number(appended->first)) +
           (appended->count > 1 ? "…+" + std::to_string(appended->count - 1) : std::string());
  }
  if (const auto* error = std::get_if<Error>(&reply)) {
    return to_text(*error);
  }
  const auto& refused = std::get<message::Refused>(reply);
  std::string text = refused.statement == 0
                         ? std::string()
                         : "statement " + std::to_string(refused.statement) + ": ";
  for (const Refusal& refusal : refused.refusals) {
    text += (&refusal == refused.refusals.data() ? "" : "\n") + refusal_text(refusal);
  }
  return text;
}

ExitCode exit_code_of(const AppendReply& reply) {
  if (std::holds_alternative<message::Appended>(reply)) {
    return ExitCode::done;
  }
  const auto* error = std::get_if<Error>(&reply);
  return error == nullptr ? ExitCode::refused : exit_code_of(*error);
}

ExitCode worse_of(ExitCode a, ExitCode b) {
  static constexpr std::array rising{ExitCode::done,
                                     ExitCode::refused,
                                     ExitCode::environment,
                                     ExitCode::verification_failed,
                                     ExitCode::will_not_start,
                                     ExitCode::outcome_unknown};
  return std::ranges::find(rising, a) < std::ranges::find(rising, b) ? b : a;
}

}  // namespace juanzong::cli
