// SPDX-License-Identifier: Apache-2.0
#include "tools/demo/scenario_player.h"

#include "events/procedures/roles.h"

#include "tools/client/registration.h"

#include <algorithm>
#include <fstream>

namespace juanzong {
namespace {

constexpr std::chrono::seconds patience{20};

std::string failure_text(const AppendReply& reply) {
  if (const auto* error = std::get_if<Error>(&reply)) {
    return to_text(*error);
  }
  const auto* refused = std::get_if<message::Refused>(&reply);
  return refused == nullptr ? "" : refused->refusals.front().rule;
}

// "2025-01-06T09:10:00+08:00" as "2025-01-06 09:10".
std::string short_time(const std::string& at) {
  return at.substr(0, 10) + " " + at.substr(11, 5);
}

std::string actor_name(const std::string& code) {
  const auto role = role_from_code(code);
  return role ? std::string(zh_of(*role)) : code;
}

}  // namespace

void ScenarioPlayer::set_clock(std::string_view instant) {
  now_ = parse_instant(instant).value_or(now_);
  // Written beside and renamed, so that the server never reads half a time.
  const std::filesystem::path beside = options_.clock_file.string() + ".new";
  std::ofstream(beside) << instant << '\n';
  std::filesystem::rename(beside, options_.clock_file);
}

Result<ScenarioPlayer::Actor> ScenarioPlayer::connect(SigningKeys keys) {
  ClientOptions options = options_.server;
  options.key = keys.front();
  Result<std::unique_ptr<Client>> client = Client::connect(std::move(options));
  if (!client) {
    return fail(client.error());
  }
  Actor actor;
  actor.client = std::move(*client);
  RequestBuilder::Environment environment;
  environment.now = [this] { return now_; };
  environment.read_file = read_attachment_file;
  actor.builder = std::make_unique<RequestBuilder>(
      catalogue(), actor.client->facts().origin, std::move(environment));
  actor.submitter =
      std::make_unique<Submitter>(*actor.client, *actor.builder, std::move(keys), patience);
  return actor;
}

Outcome ScenarioPlayer::hire_one(const std::string& code) {
  auto key = std::make_shared<const crypto::PrivateKey>(crypto::PrivateKey::generate());
  Result<Actor> both = connect({options_.founder_key, key});
  if (!both) {
    return fail(both.error());
  }
  const Registration registration{"S-" + code, "PROJECT", "B-" + code, code};
  const AppendReply reply =
      both->submitter->submit(registration_line(registration, key->public_key()));
  if (!std::holds_alternative<message::Appended>(reply)) {
    return fail(ErrorCode::environment, code + ": " + failure_text(reply));
  }
  Result<Actor> own = connect({key});
  if (!own) {
    return fail(own.error());
  }
  actors_.emplace(code, std::move(*own));
  return Done{};
}

Outcome ScenarioPlayer::hire(const std::vector<std::string>& codes, std::string_view at) {
  set_clock(at);
  for (const std::string& code : codes) {
    if (!actors_.contains(code)) {
      if (const Outcome hired = hire_one(code); !hired) {
        return hired;
      }
    }
  }
  return Done{};
}

Client* ScenarioPlayer::client_of(const std::string& code) {
  const auto found = actors_.find(code);
  return found == actors_.end() ? nullptr : found->second.client.get();
}

bool ScenarioPlayer::play(const std::vector<ScenarioStep>& steps) {
  return std::ranges::all_of(steps, [this](const ScenarioStep& step) {
    if (step.type.empty()) {
      options_.print("\n── " + step.heading);
      return true;
    }
    return play_step(step);
  });
}

bool ScenarioPlayer::play_step(const ScenarioStep& step) {
  const auto actor = actors_.find(step.actor);
  const Result<std::string> line = expand_step(step, saved_);
  if (actor == actors_.end() || !line) {
    options_.print(line ? "no such actor: " + step.actor : to_text(line.error()));
    return false;
  }
  set_clock(step.at);
  const AppendReply reply = actor->second.submitter->submit(*line);
  return show(step, reply);
}

void ScenarioPlayer::show_refusals(const message::Refused& refused) {
  for (const Refusal& refusal : refused.refusals) {
    options_.print("      拒绝 " + refusal.rule + " [" + refusal.clause + "] " + refusal.zh);
    options_.print("           " + refusal.en);
    for (const Fact& fact : refusal.facts) {
      options_.print("           · " + fact.name + " = " + fact.value);
    }
    if (refusal.earliest) {
      options_.print("           最早 not before " + to_text(*refusal.earliest));
    }
  }
}

bool ScenarioPlayer::show(const ScenarioStep& step, const AppendReply& reply) {
  const std::string head = short_time(step.at) + "  " + actor_name(step.actor) + "  " + step.zh;
  if (const auto* appended = std::get_if<message::Appended>(&reply)) {
    const std::uint64_t index = number(appended->first);
    std::string note;
    if (!appended->assigned.empty() && !appended->assigned.front().receipt_no.empty()) {
      note = "  收据 " + appended->assigned.front().receipt_no;
    }
    if (!appended->assigned.empty() && appended->assigned.front().not_before) {
      note += "  最早 " + to_text(*appended->assigned.front().not_before);
    }
    options_.print("  ✓ " + head + "  #" + std::to_string(index) + note);
    saved_[step.save] = index;
    ++accepted_;
    return step.expect.empty();
  }
  options_.print("  ✗ " + head);
  const auto* refused = std::get_if<message::Refused>(&reply);
  if (refused == nullptr) {
    options_.print("      " + failure_text(reply));
    return false;
  }
  show_refusals(*refused);
  ++refused_;
  std::vector<std::string> rules;
  std::ranges::transform(refused->refusals, std::back_inserter(rules), &Refusal::rule);
  return rules == step.expect;
}

}  // namespace juanzong
