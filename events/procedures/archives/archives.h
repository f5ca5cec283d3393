// SPDX-License-Identifier: Apache-2.0
// Records and archives (资料档案, P12): documents in volumes, loans, and who may see what of an
// owner's file. Stages are case machines; here is what their rules remember besides.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

[[nodiscard]] const Procedure& archives_procedure();

// Key: the stream of what it is about, or one of the names below. The archive lends, shows and
// hands out; each entry says of what, to whom and until when.
//   "doc:…"        subject: its volume; confidential
//   "borrow:…"     subject: the document; holder: the borrower; due
//   "file_view:…"  subject: the person; holder: the viewer; fields; valid_until
//   owner_file_key changed: by item, the newest record that changed it
//   contact_list   subject: number of the valid copy; holder: the security head who keeps it
//   custodian      holder: who keeps the archive since the last handover
struct ArchiveEntry {
  static constexpr StateKind kind = StateKind::archive;
  std::string subject;
  std::string holder;
  bool confidential = false;
  std::optional<CivilDate> due;
  std::optional<UnixMicros> valid_until;
  std::vector<std::uint8_t> fields;  // body::OwnerFileItem
  std::map<std::uint8_t, RecordIndex> changed;
  template <class Ar>
  void visit(Ar& ar) {
    ar(subject, holder, confidential, due, valid_until, fields, changed);
  }
};

struct SeenPerson {
  std::string person;
  UnixMicros at;
  template <class Ar>
  void visit(Ar& ar) {
    ar(person, at);
  }
};

// Key: staff id. Whose personal data one of the staff saw within the last hour, and the newest
// approval to see more.
struct ViewerState {
  static constexpr StateKind kind = StateKind::viewer;
  std::vector<SeenPerson> seen;
  std::uint32_t people_max = 0;
  std::optional<UnixMicros> valid_until;
  template <class Ar>
  void visit(Ar& ar) {
    ar(seen, people_max, valid_until);
  }
};

inline constexpr std::string_view contact_list = "contact_list";
inline constexpr std::string_view custodian = "custodian";

// find_case() stages of a document and a loan, for the register.
enum class ArchivedDocument : std::uint8_t { none, archived, lent, voided };
enum class DocumentLoan : std::uint8_t { none, requested, approved, borrowed, returned };

[[nodiscard]] inline std::string owner_file_key(std::string_view unit, std::string_view person) {
  return std::string("owner_file:").append(unit).append(":").append(person);
}
[[nodiscard]] inline std::string archive_key(std::string_view prefix, std::string_view id) {
  return std::string(prefix).append(":").append(id);
}

}  // namespace juanzong
