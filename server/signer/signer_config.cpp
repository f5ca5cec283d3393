// SPDX-License-Identifier: Apache-2.0
#include "server/signer/signer_config.h"

#include "crypto/key_file.h"

#include "events/storage/durable_file.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <algorithm>
#include <map>
#include <pwd.h>
#include <string>
#include <toml++/toml.h>
#include <unistd.h>

namespace juanzong {
namespace {

constexpr std::size_t config_bytes_max = 64 * 1024;

class SignerConfigReader {
 public:
  explicit SignerConfigReader(std::string_view file_name) : file_name_(file_name) {}

  Failure wrong(const toml::source_region& at, std::string_view what) const {
    return fail(ErrorCode::environment,
                file_name_ + ":" + std::to_string(at.begin.line) + ": " + std::string(what));
  }

  Outcome read(const toml::table& table) {
    config.peer = ::geteuid();
    for (const auto& [name, node] : table) {
      const Outcome done = name.str() == "log" ? read_logs(node) : read_general(name, node);
      if (!done) {
        return done;
      }
    }
    const bool complete = !config.socket.empty() && !config.state.empty() && !config.logs.empty();
    return complete ? Outcome(Done{})
                    : wrong(table.source(), "socket, state and at least one [[log]] are needed");
  }

  SignerConfig config;

 private:
  Result<std::string> text_of_node(const toml::node& node) const {
    const auto* text = node.as_string();
    return text != nullptr ? Result<std::string>(**text) : wrong(node.source(), "text expected");
  }

  Outcome read_general(const toml::key& name, const toml::node& node) {
    const Result<std::string> text = text_of_node(node);
    if (!text) {
      return fail(text.error());
    }
    if (name.str() == "socket") {
      config.socket = *text;
    } else if (name.str() == "state") {
      config.state = *text;
    } else if (name.str() == "peer") {
      const passwd* const user = ::getpwnam(text->c_str());
      if (user == nullptr) {
        return wrong(node.source(), "peer: no such user");
      }
      config.peer = user->pw_uid;
    } else {
      return wrong(name.source(), "unknown key " + std::string(name.str()));
    }
    return Done{};
  }

  Outcome read_logs(const toml::node& node) {
    const toml::array* const logs = node.as_array();
    if (logs == nullptr) {
      return wrong(node.source(), "[[log]] expected");
    }
    for (const toml::node& each : *logs) {
      const toml::table* const table = each.as_table();
      const Outcome done =
          table != nullptr ? read_log(*table) : Outcome(wrong(each.source(), "[[log]] expected"));
      if (!done) {
        return done;
      }
    }
    return Done{};
  }

  // Texts of a table into the places that are known by name; no place: read elsewhere.
  using Places = std::map<std::string_view, std::string*>;
  Outcome read_texts(const toml::table& table,
                     std::string_view prefix,
                     const Places& places) const {
    for (const auto& [name, node] : table) {
      const auto place = places.find(name.str());
      if (place == places.end()) {
        return wrong(name.source(), "unknown key " + std::string(prefix) + std::string(name.str()));
      }
      if (place->second == nullptr) {
        continue;
      }
      const Result<std::string> text = text_of_node(node);
      if (!text) {
        return fail(text.error());
      }
      *place->second = *text;
    }
    return Done{};
  }

  Outcome read_log(const toml::table& table) {
    std::string verifier;
    LogKeySource source;
    crypto::Pkcs11Place& place = source.token.place;
    if (const toml::table* const token = table["pkcs11"].as_table()) {
      const Outcome done = read_texts(*token,
                                      "log.pkcs11.",
                                      {{"module", &place.module},
                                       {"token", &place.token},
                                       {"label", &place.label},
                                       {"pin_file", &source.token.pin_file}});
      if (!done) {
        return done;
      }
    }
    const Outcome done = read_texts(table,
                                    "log.",
                                    {{"pkcs11", nullptr},
                                     {"verifier_key", &verifier},
                                     {"key", &source.key},
                                     {"passphrase_file", &source.passphrase_file}});
    if (!done) {
      return done;
    }
    auto key = crypto::find_verifier_key(verifier);
    if (!key || source.key.empty() == place.module.empty()) {
      return wrong(table.source(),
                   "[[log]]: verifier_key (or its file) and either key or pkcs11 are needed");
    }
    return add({*std::move(key), std::move(source)}, table.source());
  }

  Outcome add(SignerConfig::Log log, const toml::source_region& at) {
    const bool repeated = std::ranges::any_of(config.logs, [&log](const SignerConfig::Log& other) {
      return log.key.name() == other.key.name();
    });
    if (repeated) {
      return wrong(at, "[[log]]: this origin is there already");
    }
    config.logs.push_back(std::move(log));
    return Done{};
  }

  std::string file_name_;
};

}  // namespace

Result<SignerConfig> parse_signer_config(std::string_view text, std::string_view file_name) {
  SignerConfigReader reader(file_name);
  const toml::parse_result parsed = toml::parse(text, file_name);
  if (!parsed) {
    return reader.wrong(parsed.error().source(), parsed.error().description());
  }
  if (const Outcome done = reader.read(parsed.table()); !done) {
    return fail(done.error());
  }
  return std::move(reader.config);
}

Result<SignerConfig> load_signer_config(const std::filesystem::path& file) {
  const Result<Bytes> text = read_file(file, config_bytes_max);
  return text ? parse_signer_config(text_of(ByteView(*text)), file.string())
              : fail(ErrorCode::environment, file.string() + ": cannot be read");
}

}  // namespace juanzong
