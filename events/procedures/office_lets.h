// SPDX-License-Identifier: Apache-2.0
// Office rooms and their clients (办公单位): what a client received and signed for, from the check
// of the room until it is ready to let again. Move-in writes the first half, the termination of the
// lease the second. The stage is computed from the facts (DOMAIN 4.8).
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/signatures.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

// What became of a key of the form; where it is now says key_custody.h.
enum class OfficeKeyFate : std::uint8_t { with_client = 1, returned, damaged, lost };

// The client before, for the list of rooms to let.
struct FormerOfficeClient {
  std::string company;
  UnixMicros keys_reclaimed_at;
  RecordIndex cleaned{};
  UnixMicros cleaned_at;
  template <class Ar>
  void visit(Ar& ar) {
    ar(company, keys_reclaimed_at, cleaned, cleaned_at);
  }
};

// Quantities by name of the thing.
using Fittings = std::map<std::string, std::int32_t>;

// Key: unit code.
struct OfficeLetState {
  static constexpr StateKind kind = StateKind::office_let;
  std::string company;                       // empty: nobody
  std::vector<std::string> representatives;  // persons who have signed or may sign for it
  std::optional<RecordIndex> rechecked;
  bool has_defects = false;  // as the newest check found the room
  Fittings supplied;
  Fittings signed_for;
  std::map<std::string, OfficeKeyFate> keys;
  std::optional<RecordIndex> delivered;
  std::optional<CivilDate> delivered_on;  // the first keys
  std::optional<RecordIndex> rules_explained;
  std::string rules_explained_to;
  std::optional<RecordIndex> file;
  std::string responsible;  // person
  std::string file_keeper;  // staff
  bool services_explained = false;
  std::optional<RecordIndex> notified;
  std::optional<CivilDate> vacate_on;
  std::optional<RecordIndex> fittings_reclaimed;
  Fittings missing;
  std::optional<RecordIndex> keys_reclaimed;
  UnixMicros keys_reclaimed_at;
  std::optional<RecordIndex> exit_talk;
  std::optional<FormerOfficeClient> former;
  template <class Ar>
  void visit(Ar& ar) {
    ar(company,
       representatives,
       rechecked,
       has_defects,
       supplied,
       signed_for,
       keys,
       delivered,
       delivered_on,
       rules_explained,
       rules_explained_to,
       file,
       responsible,
       file_keeper,
       services_explained,
       notified,
       vacate_on,
       fittings_reclaimed,
       missing,
       keys_reclaimed,
       keys_reclaimed_at,
       exit_talk,
       former);
  }
};

enum class OfficeStage : std::uint8_t { free, let, leaving, vacated, ready_to_let };
[[nodiscard]] std::string_view code_of(OfficeStage stage);
[[nodiscard]] OfficeStage stage_of(const OfficeLetState& let);
[[nodiscard]] std::string_view code_of(OfficeKeyFate fate);

// STATE unless the room's stage is `accepted`; SCHEMA if the client is another one.
void check_office_client(std::string_view unit,
                         std::string_view company,
                         OfficeStage accepted,
                         const World& world,
                         Decision& decision);

// Somebody known to sign for the client (he took the keys, or the file names him), or anybody with
// a power of attorney, as COMPANY_REP.
[[nodiscard]] bool signed_for_company(const SignatureList* signatures, const OfficeLetState& let);

// Lines {name, quantity} of a form by name. SCHEMA where one is empty, not positive or there twice.
template <class Lines>
[[nodiscard]] Fittings fittings_of(const Lines* lines) {
  Fittings fittings;
  if (lines != nullptr) {
    for (const auto* line : *lines) {
      fittings[text_of(line->name())] += line->quantity();
    }
  }
  return fittings;
}

template <class Lines>
void check_fittings(std::string_view field, const Lines* lines, Decision& decision) {
  if (lines == nullptr) {
    return;
  }
  bool positive = true;
  for (const auto* line : *lines) {
    positive = positive && line->quantity() > 0 && !view_of(line->name()).empty();
  }
  if (!positive || fittings_of(lines).size() != lines->size()) {
    decision.refuse_schema(field,
                           "物品须有名称和正数数量,同一物品只列一次",
                           "each thing once, with a name and a positive quantity");
  }
}

}  // namespace juanzong
