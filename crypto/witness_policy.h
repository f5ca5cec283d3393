// SPDX-License-Identifier: Apache-2.0
// Witness policy (C2SP tlog-policy): whose cosignatures make a checkpoint acceptable, as a text
// file that an auditor keeps, and what a note satisfies of it.
//
//   log VKEY                            whose checkpoints are meant; may be left out
//   witness NAME VKEY [URL]             URL: where it takes add-checkpoint requests
//   group NAME k|all|any MEMBER …       witnesses or groups named above
//   quorum NAME|none                    once
//
// Blank lines and lines that begin with '#' say nothing. Names are said before they are used, so
// no group contains itself.
#pragma once

#include "crypto/note_key.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::crypto {

inline constexpr std::size_t policy_names_max = 64;  // witnesses and groups of one file

struct PolicyWitness {
  std::string name;
  VerifierKey key;  // of type cosignature_v1
  std::string url;  // empty: it is not asked by us
};

// Who cosigned, and when it says so (POSIX seconds).
using Cosigners = std::map<std::string, std::uint64_t>;

class WitnessPolicy {
 public:
  // No witnesses and no quorum: everything is acceptable.
  WitnessPolicy() = default;
  struct Fault {
    std::size_t line = 0;  // from 1
    std::string zh;
    std::string en;
  };
  [[nodiscard]] static std::optional<WitnessPolicy> parse(std::string_view text, Fault& fault);

  [[nodiscard]] const std::vector<VerifierKey>& logs() const { return logs_; }
  [[nodiscard]] const std::vector<PolicyWitness>& witnesses() const { return witnesses_; }
  // Those of its witnesses whose good cosignature the note carries; a bad one by a known key counts
  // for nothing. The note's own signature by the log is the caller's to check.
  [[nodiscard]] Cosigners cosigners_of(std::string_view note) const;
  [[nodiscard]] bool is_satisfied_by(const Cosigners& cosigners) const;

 private:
  struct Group {
    std::string name;
    std::size_t needed = 0;
    std::vector<std::string> members;
  };
  struct Reader;
  [[nodiscard]] bool is_known(std::string_view name) const;

  std::vector<VerifierKey> logs_;
  std::vector<PolicyWitness> witnesses_;
  std::vector<Group> groups_;
  std::string quorum_;  // empty: none
};

}  // namespace juanzong::crypto
