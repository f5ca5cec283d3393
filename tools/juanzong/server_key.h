// SPDX-License-Identifier: Apache-2.0
// A new key for the server itself (role SYS) in one ledger: offline, under the journal's lock, in a
// request that an administrator's key and the new one sign. The key before it ends with that
// record. In this order, with what a crash leaves behind:
//
//   1 FILE.next, synced      the old key holds; the file is of no use and is replaced next time
//   2 the frame, one sync    during: all or nothing; after: the new key holds, and FILE.next has it
//   3 anchor                 one frame old: harmless
//   4 FILE.next over FILE    doing it again finds the registered key in FILE.next and renames it
#pragma once

#include "crypto/signature.h"

#include "events/model/civil_time.h"
#include "events/model/result.h"

#include <filesystem>
#include <string>

namespace juanzong::cli {

struct NewServerKey {
  std::filesystem::path directory;
  std::string ledger;                   // "" for the only one
  std::filesystem::path administrator;  // key file
  UnixMicros now;
};

// The key file. already_running while a server has the directory; not_permitted if a rule refuses.
[[nodiscard]] Result<std::filesystem::path> replace_server_key(const NewServerKey& wanted);

}  // namespace juanzong::cli
