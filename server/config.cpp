// SPDX-License-Identifier: Apache-2.0
#include "server/config.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <optional>
#include <toml++/toml.h>

namespace juanzong {
namespace {

std::string type_of(const ConfigKey::Value& value) {
  static constexpr std::string_view names[] = {"true or false", "whole number", "text"};
  return std::string(names[value.index()]);
}

std::optional<ConfigKey::Value> value_of(const toml::node& node, const ConfigKey& key) {
  if (std::holds_alternative<bool>(key.fallback) && node.is_boolean()) {
    return **node.as_boolean();
  }
  if (std::holds_alternative<std::int64_t>(key.fallback) && node.is_integer()) {
    return **node.as_integer();
  }
  if (std::holds_alternative<std::string>(key.fallback) && node.is_string()) {
    return **node.as_string();
  }
  return std::nullopt;
}

class ConfigReader {
 public:
  explicit ConfigReader(std::string_view file_name) : file_name_(file_name) {}

  Failure wrong(const toml::source_region& at, std::string_view what) const {
    return fail(ErrorCode::environment,
                fmt::format("{}:{}:{}: {}", file_name_, at.begin.line, at.begin.column, what));
  }

  Outcome read_table(const toml::table& table, const std::string& prefix) {
    for (const auto& [name, node] : table) {
      const std::string path = prefix + std::string(name.str());
      if (const toml::table* inner = node.as_table()) {
        if (const Outcome done = read_table(*inner, path + "."); !done) {
          return done;
        }
        continue;
      }
      if (const Outcome done = read_key(path, name.source(), node); !done) {
        return done;
      }
    }
    return Done{};
  }

  Config config;

 private:
  Outcome read_key(const std::string& path, const toml::source_region& at, const toml::node& node) {
    const auto key = std::ranges::find(config_keys(), std::string_view(path), &ConfigKey::name);
    if (key == config_keys().end()) {
      return wrong(at, "unknown key " + path);
    }
    const auto value = value_of(node, *key);
    if (!value) {
      return wrong(node.source(), path + ": " + type_of(key->fallback) + " expected");
    }
    const auto* number = std::get_if<std::int64_t>(&*value);
    if (number != nullptr && (*number < key->least || *number > key->most)) {
      return wrong(node.source(), fmt::format("{}: {} to {}", path, key->least, key->most));
    }
    const std::string problem = key->read(config, *value);
    return problem.empty() ? Outcome(Done{}) : wrong(node.source(), path + ": " + problem);
  }

  std::string file_name_;
};

std::string default_text(const ConfigKey& key) {
  if (const auto* flag = std::get_if<bool>(&key.fallback)) {
    return *flag ? "true" : "false";
  }
  if (const auto* number = std::get_if<std::int64_t>(&key.fallback)) {
    return std::to_string(*number);
  }
  return '"' + std::get<std::string>(key.fallback) + '"';
}

}  // namespace

NetOptions Config::net_options() const {
  NetOptions options;
  options.limits = limits;
  options.allow_plain_tcp = allow_plain_tcp;
  options.deadlines.idle = std::chrono::seconds(idle_seconds);
  return options;
}

Result<Config> parse_config(std::string_view text, std::string_view file_name) {
  ConfigReader reader(file_name);
  const toml::parse_result parsed = toml::parse(text, file_name);
  if (!parsed) {
    return reader.wrong(parsed.error().source(), parsed.error().description());
  }
  if (const Outcome done = reader.read_table(parsed.table(), ""); !done) {
    return fail(done.error());
  }
  return std::move(reader.config);
}

Result<Config> load_config(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    return fail(ErrorCode::environment, file.string() + ": cannot be read");
  }
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  return parse_config(text, file.string());
}

std::string configuration_document() {
  std::string out =
      "# Configuration\n\n"
      "`juanzongd --config FILE` reads TOML. Every key may be missing; one that is not listed here "
      "is an error, with\nits line and column. Numbers outside their bounds are errors too: sizes "
      "can be lowered, not raised. A test\ncompares this page with the table in "
      "`server/config_table.cpp`. One configuration stands for all ledgers of\nthe data directory: "
      "the limits are those of the process, and which ledgers there are is not configured\n"
      "([OPERATING.md](OPERATING.md)).\n\n"
      "| Key | Default | Bounds | Meaning |\n|---|---|---|---|\n";
  for (const ConfigKey& key : config_keys()) {
    const bool is_number = std::holds_alternative<std::int64_t>(key.fallback);
    out += fmt::format("| `{}` | `{}` | {} | {} |\n",
                       key.name,
                       default_text(key),
                       is_number ? fmt::format("{} to {}", key.least, key.most) : "",
                       key.meaning);
  }
  return out;
}

}  // namespace juanzong
