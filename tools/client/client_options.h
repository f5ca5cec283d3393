// SPDX-License-Identifier: Apache-2.0
// Where a client connects, as whom, and how long it waits.
#pragma once

#include "crypto/signature.h"

#include "events/model/result.h"

#include "tools/client/client_loop.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace juanzong {

struct ClientOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 7621;
  std::string ledger;  // "" for the only one
  std::shared_ptr<const crypto::PrivateKey> key;
  std::filesystem::path pinned_certificate;  // empty: plain TCP
  std::string host_name;                     // checked besides the pin; empty: the pin is enough
  std::string program = "juanzong";          // for the server's log
  std::chrono::milliseconds connect_timeout{10'000};  // address to login
  std::chrono::milliseconds call_timeout{30'000};
  std::chrono::milliseconds ping_every{30'000};  // keeps quiet connections and notices dead ones
  std::shared_ptr<ClientLoop> loop;              // null: the client starts its own
};

// The private key of a file; key_file_permissions, or environment.
[[nodiscard]] Result<std::shared_ptr<const crypto::PrivateKey>> load_key(
    const std::filesystem::path& file);

}  // namespace juanzong
