// SPDX-License-Identifier: Apache-2.0
// How commands reach a server: options, and the session that they open. The key file must belong
// to the user alone; the server's certificate is pinned, plain TCP is for loopback only.
#pragma once

#include "events/model/result.h"

#include "tools/client/client.h"
#include "tools/client/request_builder.h"
#include "tools/client/submitter.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace juanzong::cli {

struct ServerOptions {
  std::string server;  // HOST:PORT
  std::string ledger;
  std::string key_file;
  std::string certificate;  // pinned, PEM
  std::string actor;        // whom the key must belong to; empty: whoever it is
  bool plain = false;
  Authentication authentication = Authentication::signature;
  // Requests are dated no earlier: for a ledger whose records are ahead of the clock.
  UnixMicros dated_at_least;
};

// --server --key --cert --plain --ledger --as.
void add_server_options(CLI::App& command, ServerOptions& options);

// The same without --server, for commands that have it otherwise.
void add_connection_options(CLI::App& command, ServerOptions& options);

// --data for work on files, or the server options; exactly one of --data and --server, which the
// parser checks.
void add_source_options(CLI::App& command, std::string& directory, ServerOptions& options);

// Options for connections other than the session's; environment, key_file_permissions.
[[nodiscard]] Result<ClientOptions> client_options(const ServerOptions& options);

// Logged in with the key of the options; requests are signed by it first, then by `co_signers`, or
// by nobody if the options leave it to the session.
class ServerSession {
 public:
  using ReadFile = std::function<Result<Bytes>(std::string_view file)>;
  [[nodiscard]] static Result<std::unique_ptr<ServerSession>> open(
      const ServerOptions& options,
      const SigningKeys& co_signers = {},
      ReadFile read_file = read_attachment_file);

  [[nodiscard]] Client& client() { return *client_; }
  [[nodiscard]] RequestBuilder& builder() { return *builder_; }
  [[nodiscard]] Submitter& submitter() { return *submitter_; }

 private:
  ServerSession() = default;
  std::unique_ptr<Client> client_;
  std::unique_ptr<RequestBuilder> builder_;
  std::unique_ptr<Submitter> submitter_;
};

}  // namespace juanzong::cli
