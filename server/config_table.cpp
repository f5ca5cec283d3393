// SPDX-License-Identifier: Apache-2.0
// The table of keys. Sizes can be lowered below the bounds of limits.h, never raised above them.
#include "server/config.h"
#include "server/net/endpoint.h"

#include <algorithm>
#include <iterator>

namespace juanzong {
namespace {

using Value = ConfigKey::Value;
using Read = std::function<std::string(Config&, const Value&)>;

Read into(bool Config::*member) {
  return [member](Config& config, const Value& value) {
    config.*member = std::get<bool>(value);
    return std::string();
  };
}
Read into(std::int64_t Config::*member) {
  return [member](Config& config, const Value& value) {
    config.*member = std::get<std::int64_t>(value);
    return std::string();
  };
}
Read into(std::string Config::*member) {
  return [member](Config& config, const Value& value) {
    config.*member = std::get<std::string>(value);
    return std::string();
  };
}
Read into_place(std::string crypto::Pkcs11Place::*member) {
  return [member](Config& config, const Value& value) {
    config.log_key.place.*member = std::get<std::string>(value);
    return std::string();
  };
}
std::string read_pin_file(Config& config, const Value& value) {
  config.log_key.pin_file = std::get<std::string>(value);
  return "";
}
Read into(std::size_t NetLimits::*member) {
  return [member](Config& config, const Value& value) {
    config.limits.*member = static_cast<std::size_t>(std::get<std::int64_t>(value));
    return std::string();
  };
}
Read address_into(std::string Config::*member) {
  return [member](Config& config, const Value& value) {
    config.*member = std::get<std::string>(value);
    const bool good = (config.*member).empty() || parse_endpoint(config.*member);
    return std::string(good ? "" : "address:port expected, numbers only");
  };
}
std::string read_level(Config& config, const Value& value) {
  const auto level = log_level_from_name(std::get<std::string>(value));
  config.log_level = level.value_or(LogLevel::info);
  return level ? "" : "debug, info, warning, error or off expected";
}

ConfigKey number_key(std::string_view name,
                     std::size_t fallback,
                     std::int64_t least,
                     std::size_t most,
                     std::string_view meaning,
                     Read read) {
  return {name,
          static_cast<std::int64_t>(fallback),
          least,
          static_cast<std::int64_t>(most),
          meaning,
          std::move(read)};
}

std::vector<ConfigKey> general_keys() {
  const Config fallback;
  return {
      {"listen",
       fallback.listen,
       0,
       0,
       "Address of the wire protocol. Port 0 picks a free one.",
       address_into(&Config::listen)},
      {"http",
       fallback.http,
       0,
       0,
       "Address of HTTP: tiles, checkpoints, health, metrics. Empty: none.",
       address_into(&Config::http)},
      {"allow_plain_tcp",
       fallback.allow_plain_tcp,
       0,
       0,
       "Whether a loopback address is served without TLS while both files below are absent.",
       into(&Config::allow_plain_tcp)},
      number_key("io_threads",
                 0,
                 0,
                 64,
                 "Threads of the network side. 0: one for each processor.",
                 into(&Config::io_threads)),
      number_key("drain_seconds",
                 10,
                 0,
                 600,
                 "How long a stop waits for requests in flight.",
                 into(&Config::drain_seconds)),
      {"tls.certificate",
       std::string(),
       0,
       0,
       "PEM file of the certificate chain. Empty: `keys/tls.cert.pem` of the data directory.",
       into(&Config::tls_certificate)},
      {"tls.key",
       std::string(),
       0,
       0,
       "PEM file of its key, mode 0600. Empty: `keys/tls.key.pem` of the data directory.",
       into(&Config::tls_key)},
      {"witness.policy",
       std::string(),
       0,
       0,
       "File of the witness policy (C2SP tlog-policy): who cosigns checkpoints. Empty: nobody.",
       into(&Config::witness_policy)},
      number_key("witness.interval_seconds",
                 static_cast<std::size_t>(fallback.witness_seconds),
                 1,
                 3'600,
                 "How often witnesses are asked while records are added.",
                 into(&Config::witness_seconds)),
      {"log.level",
       std::string(name_of(fallback.log_level)),
       0,
       0,
       "Least level that is logged: debug, info, warning, error, off.",
       read_level},
  };
}

// Who signs, and how keys are opened.
std::vector<ConfigKey> key_keys() {
  const Config fallback;
  const auto text_key = [](std::string_view name, std::string_view meaning, Read read) {
    return ConfigKey{name, std::string(), 0, 0, meaning, std::move(read)};
  };
  return {
      text_key("keys.passphrase_file",
               "File of the passphrase of encrypted keys in `keys/` (one line, mode 0600). Empty: "
               "the systemd credential `juanzong.passphrase`, if there is one.",
               into(&Config::passphrase_file)),
      text_key("log_key.pkcs11.module",
               "PKCS#11 library of the token that holds the log keys. Empty: they are files.",
               into_place(&crypto::Pkcs11Place::module)),
      text_key(
          "log_key.pkcs11.token", "Label of the token.", into_place(&crypto::Pkcs11Place::token)),
      text_key("log_key.pkcs11.label",
               "Label of the private key. Empty: any of the token's that fits the ledger.",
               into_place(&crypto::Pkcs11Place::label)),
      text_key("log_key.pkcs11.pin_file",
               "File of the user's PIN (one line, mode 0600).",
               read_pin_file),
      text_key(
          "signer.socket",
          "Unix socket of `juanzong-signerd`, which signs checkpoints. Empty: the server does, "
          "with the log keys of the data directory or the token.",
          into(&Config::signer_socket)),
      number_key("signer.interval_seconds",
                 static_cast<std::size_t>(fallback.signer_seconds),
                 1,
                 3'600,
                 "How often the signer process is shown the newest head while records are added.",
                 into(&Config::signer_seconds)),
  };
}

std::vector<ConfigKey> limit_keys() {
  const NetLimits fallback;
  const Config config;
  return {
      number_key("limits.connections",
                 fallback.connections,
                 1,
                 limits::connections_max,
                 "Connections in all.",
                 into(&NetLimits::connections)),
      number_key("limits.connections_unauthenticated",
                 fallback.connections_unauthenticated,
                 1,
                 limits::connections_unauthenticated_max,
                 "Connections that have not logged in yet.",
                 into(&NetLimits::connections_unauthenticated)),
      number_key("limits.connections_per_source",
                 fallback.connections_per_source,
                 1,
                 limits::connections_per_source_max,
                 "Connections of one address (IPv6: of one /64). Loopback is not counted.",
                 into(&NetLimits::connections_per_source)),
      number_key("limits.requests_in_flight",
                 fallback.requests_in_flight,
                 1,
                 limits::requests_in_flight_per_connection_max,
                 "Unanswered appends of one connection; reading pauses above.",
                 into(&NetLimits::requests_in_flight)),
      number_key("limits.requests_per_second",
                 fallback.requests_per_second,
                 0,
                 1'000'000,
                 "Requests of one key over all its connections. 0: not limited.",
                 into(&NetLimits::requests_per_second)),
      number_key("limits.request_burst",
                 fallback.request_burst,
                 1,
                 1'000'000,
                 "Requests that one key may send at once before the rate counts.",
                 into(&NetLimits::request_burst)),
      number_key("limits.idle_seconds",
                 static_cast<std::size_t>(config.idle_seconds),
                 1,
                 static_cast<std::size_t>(limits::idle_close_ms / 1'000),
                 "A connection without a request for so long is closed.",
                 into(&Config::idle_seconds)),
      number_key("limits.http_connections",
                 static_cast<std::size_t>(config.http_connections),
                 1,
                 limits::connections_max,
                 "Connections of HTTP.",
                 into(&Config::http_connections)),
  };
}

}  // namespace

const std::vector<ConfigKey>& config_keys() {
  static const std::vector<ConfigKey> keys = [] {
    std::vector<ConfigKey> all = general_keys();
    std::ranges::move(key_keys(), std::back_inserter(all));
    std::ranges::move(limit_keys(), std::back_inserter(all));
    return all;
  }();
  return keys;
}

}  // namespace juanzong
