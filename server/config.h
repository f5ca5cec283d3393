// SPDX-License-Identifier: Apache-2.0
// Configuration of the server: a TOML file whose every key stands in one table, with its default,
// bounds and meaning. The table reads the file, checks it and writes docs/CONFIGURATION.md. A key
// that is not in the table is an error: a misspelt limit must not be a limit that is not there.
#pragma once

#include "events/model/result.h"

#include "server/net/net_options.h"
#include "server/signer/log_key.h"
#include "server/telemetry/log.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace juanzong {

struct Config {
  std::string listen = "127.0.0.1:7621";
  std::string http = "127.0.0.1:7622";  // empty: no HTTP
  bool allow_plain_tcp = false;
  std::string tls_certificate;  // empty: keys/tls.cert.pem of the data directory
  std::string tls_key;          // empty: keys/tls.key.pem of the data directory
  std::int64_t io_threads = 0;  // 0: one for each processor
  std::int64_t drain_seconds = 10;
  NetLimits limits;
  std::int64_t http_connections = 256;
  std::int64_t idle_seconds = limits::idle_close_ms / 1'000;
  LogLevel log_level = LogLevel::info;
  std::string witness_policy;  // C2SP tlog-policy file; empty: no witnesses
  std::int64_t witness_seconds = 10;
  std::string passphrase_file;  // of encrypted keys in the data directory
  TokenKey log_key;             // in a token instead of the data directory; no module: not
  std::string signer_socket;    // of juanzong-signerd; empty: the server signs checkpoints itself
  std::int64_t signer_seconds = 10;

  // What the listeners take.
  [[nodiscard]] NetOptions net_options() const;
};

// One key of the file. `read` puts a checked value into the configuration.
struct ConfigKey {
  using Value = std::variant<bool, std::int64_t, std::string>;
  std::string_view name;  // "limits.connections"
  Value fallback;
  std::int64_t least = 0;  // of integers
  std::int64_t most = 0;
  std::string_view meaning;
  // An empty text, or what is wrong with the value.
  std::function<std::string(Config&, const Value&)> read;
};

[[nodiscard]] const std::vector<ConfigKey>& config_keys();

// environment with "file:line:column: what" in the detail.
[[nodiscard]] Result<Config> parse_config(std::string_view text, std::string_view file_name);
[[nodiscard]] Result<Config> load_config(const std::filesystem::path& file);

// The content of docs/CONFIGURATION.md.
[[nodiscard]] std::string configuration_document();

}  // namespace juanzong
