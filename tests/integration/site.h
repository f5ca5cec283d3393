// SPDX-License-Identifier: Apache-2.0
// A place of business for tests: a founded data directory, a juanzongd of its own on a free port,
// and desks, each a key with a connection over TLS.
#pragma once

#include "tools/client/client.h"
#include "tools/client/request_builder.h"
#include "tools/client/submitter.h"
#include "tools/demo/child_process.h"
#include "tools/demo/scenario_player.h"

#include "tests/support/temporary_folder.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::testing {

struct Desk {
  SigningKeys keys;
  std::unique_ptr<Client> client;
  std::unique_ptr<RequestBuilder> builder;
  std::unique_ptr<Submitter> submitter;

  // The request at the end of the key's chain as the server said it at login.
  [[nodiscard]] DraftRequest sign(std::string_view line) const;
  [[nodiscard]] AppendReply send(const DraftRequest& draft) const;
};

struct SiteOptions {
  std::string origin = "test.juanzong.local/site";
  std::filesystem::path folder = {};  // empty: a temporary one
  std::string clock = {};             // an instant: the server runs on a clock that the test sets
  std::filesystem::path config = {};  // a file of options; may be written until start()
};

class Site {
 public:
  explicit Site(SiteOptions options = {});

  // A server that is ready; the test fails otherwise.
  void start();
  [[nodiscard]] bool try_start();
  // A server that must not start: its exit code and what it said.
  struct Refusal {
    int exit_code = 0;
    std::string text;
  };
  [[nodiscard]] Refusal refused() const;
  [[nodiscard]] const ServerProcess& server() const { return *server_; }
  int stop();  // SIGTERM; the exit code
  void kill();
  // Waits until the server ends by itself; its exit code, or -1 after `patience`.
  [[nodiscard]] int wait_for_end(std::chrono::seconds patience);

  [[nodiscard]] std::string said() const;  // the servers, on stderr

  void set_clock(const std::string& instant);
  [[nodiscard]] UnixMicros now() const;

  // One more ledger beside "site", while no server runs; its verifier key.
  std::string add_ledger(const std::string& name);

  // In the ledger of that name, "" for the only one.
  [[nodiscard]] Desk founder(const std::string& ledger = "") const;
  // Registers the member of staff with a fresh key.
  [[nodiscard]] Desk hire(const std::string& staff,
                          const std::string& roles,
                          const std::string& ledger = "") const;
  [[nodiscard]] Desk desk(SigningKeys keys, const std::string& ledger = "") const;
  [[nodiscard]] ClientOptions client_options(const SigningKeys& keys,
                                             const std::string& ledger) const;
  [[nodiscard]] ScenarioPlayer player();
  // juanzong-audit --deep; 0 verified.
  [[nodiscard]] int audit() const;

  [[nodiscard]] const std::filesystem::path& data() const { return data_; }
  [[nodiscard]] const std::string& verifier_key() const { return verifier_key_; }
  [[nodiscard]] const std::string& transcript() const { return transcript_; }

 private:
  [[nodiscard]] std::vector<std::string> arguments() const;
  [[nodiscard]] std::shared_ptr<const crypto::PrivateKey> founder_key(
      const std::string& ledger) const;

  TemporaryFolder own_folder_;
  SiteOptions options_;
  std::filesystem::path data_;
  std::filesystem::path clock_file_;
  std::string verifier_key_;
  std::string transcript_;  // of the players
  std::unique_ptr<ServerProcess> server_;
};

// {"type":"StaffRegistered",…} of a fresh member of staff.
[[nodiscard]] std::string staff_line(const std::string& staff);
[[nodiscard]] std::string fresh_name();
// Index of the first record, or the test fails.
[[nodiscard]] RecordIndex index_of(const AppendReply& reply);
// "" for an accepted request; the first rule of a refusal, the name of an error.
[[nodiscard]] std::string outcome_of(const AppendReply& reply);

}  // namespace juanzong::testing
