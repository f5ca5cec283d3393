// SPDX-License-Identifier: Apache-2.0
// What the audit found wrong, in plain words, and which of its checks says so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace juanzong::audit {

// The checks of the report, by the four properties of electronic records (四性).
enum class Check : std::uint8_t {
  actor_signatures,    // 真实性
  actor_keys,          //
  checkpoints_signed,  //
  witnesses,           //
  openings,            //
  chain,               // 完整性
  requests,            //
  streams,             //
  tree,                //
  checkpoints_hold,    //
  day_closes,          //
  attachments,         //
  readable,            // 可用性
  bodies,              //
  derived,             //
  anchor,              // 安全性
  times,               //
  rules,               //
  salts,               //
};

struct AuditFinding {
  Check check = Check::readable;
  std::optional<std::uint64_t> index;  // of the first bad record, where one can be named
  std::string kind;                    // permanent name, snake_case
  std::string zh;
  std::string en;
};

// Why a check was not made.
struct NotChecked {
  std::string zh;
  std::string en;
};

}  // namespace juanzong::audit
