// SPDX-License-Identifier: Apache-2.0
// Configuration of the signer process: a TOML file (docs/OPERATING.md, "The signer process"). A key
// that is not known is an error.
//
//   socket = "/run/juanzong-signer/signer.sock"
//   state = "/var/lib/juanzong-signer"
//   peer = "juanzong"                         user of the server; absent: the signer's own
//   [[log]]
//   verifier_key = "/etc/juanzong/site.vkey"   or the key itself
//   key = "/etc/juanzong-signer/site.key"
//   passphrase_file = "/etc/juanzong-signer/passphrase"    of an encrypted key
//   [[log]]
//   verifier_key = "/etc/juanzong/annex.vkey"
//   pkcs11 = {module = "/usr/lib/…/vendor.so", token = "estate", label = "annex", pin_file =
//   "…/pin"}
#pragma once

#include "crypto/note_key.h"

#include "events/model/result.h"

#include "server/signer/log_key.h"

#include <filesystem>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace juanzong {

struct SignerConfig {
  struct Log {
    crypto::VerifierKey key;
    LogKeySource source;
  };
  std::filesystem::path socket;
  std::filesystem::path state;
  uid_t peer = 0;
  std::vector<Log> logs;  // at least one, each of another origin
};

// environment with "file:line: what" in the detail.
[[nodiscard]] Result<SignerConfig> parse_signer_config(std::string_view text,
                                                       std::string_view file_name);
[[nodiscard]] Result<SignerConfig> load_signer_config(const std::filesystem::path& file);

}  // namespace juanzong
