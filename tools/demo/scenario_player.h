// SPDX-License-Identifier: Apache-2.0
// Plays a scenario against a real server: every actor has a key of its own and a connection of its
// own, every request is signed and travels over TLS. Shows what happened as a person would want to
// read it, and says whether each step ended as its line expects.
#pragma once

#include "tools/client/client.h"
#include "tools/client/submitter.h"
#include "tools/demo/scenario_text.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace juanzong {

struct PlayerOptions {
  ClientOptions server;  // without a key: each actor brings its own
  std::shared_ptr<const crypto::PrivateKey> founder_key;
  std::filesystem::path clock_file;               // the server's test clock
  std::function<void(const std::string&)> print;  // one line
};

class ScenarioPlayer {
 public:
  explicit ScenarioPlayer(PlayerOptions options) : options_(std::move(options)) {}

  // Registers "S-<code>" with that role and a fresh key, at this instant.
  [[nodiscard]] Outcome hire(const std::vector<std::string>& codes, std::string_view at);
  // False if a step ended otherwise than its line says; the step is shown.
  [[nodiscard]] bool play(const std::vector<ScenarioStep>& steps);
  // Connection of an actor, for queries; nullptr before hire().
  [[nodiscard]] Client* client_of(const std::string& code);
  [[nodiscard]] std::size_t accepted() const { return accepted_; }
  [[nodiscard]] std::size_t refused() const { return refused_; }

 private:
  struct Actor {
    std::unique_ptr<Client> client;
    std::unique_ptr<RequestBuilder> builder;
    std::unique_ptr<Submitter> submitter;
  };
  [[nodiscard]] Result<Actor> connect(SigningKeys keys);
  [[nodiscard]] Outcome hire_one(const std::string& code);
  [[nodiscard]] bool play_step(const ScenarioStep& step);
  [[nodiscard]] bool show(const ScenarioStep& step, const AppendReply& reply);
  void show_refusals(const message::Refused& refused);
  void set_clock(std::string_view instant);

  PlayerOptions options_;
  UnixMicros now_;
  std::map<std::string, Actor> actors_;
  std::map<std::string, std::uint64_t> saved_;
  std::size_t accepted_ = 0;
  std::size_t refused_ = 0;
};

}  // namespace juanzong
