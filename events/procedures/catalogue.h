// SPDX-License-Identifier: Apache-2.0
// Catalogue: every procedure with its events, found by number or name. Built once at start from
// the list in catalogue.cpp, the only place that names all slices.
#pragma once

#include "crypto/digest.h"

#include "events/procedures/event_schema.h"
#include "events/procedures/procedure.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct CatalogueEntry {
  EventDescriptor descriptor;
  const EventHandler* handler = nullptr;
  const Procedure* procedure = nullptr;
  std::vector<DeadlineUse> deadlines;  // of every procedure that this event begins or ends
  std::vector<CaseUse> cases;          // its steps in the machines of every procedure
  std::vector<DutyUse> duties;         // that it counts for
};

class Catalogue {
 public:
  using List = std::span<const Procedure& (*const)()>;
  // Every procedure there is.
  Catalogue();
  // Of a test's choice.
  explicit Catalogue(List procedures);
  Catalogue(const Catalogue&) = delete;
  Catalogue& operator=(const Catalogue&) = delete;

  [[nodiscard]] const CatalogueEntry* find(EventType type) const;
  [[nodiscard]] const CatalogueEntry* find(std::string_view event_name) const;
  // Ascending by event number.
  [[nodiscard]] std::vector<const CatalogueEntry*> entries() const;
  [[nodiscard]] const StateType* find_state(StateKind kind) const;
  [[nodiscard]] std::span<const Procedure* const> procedures() const { return procedures_; }
  // Of every procedure, in the order of their procedures.
  [[nodiscard]] std::span<const DutyRule* const> duties() const { return duties_; }

 private:
  void add(const Procedure& procedure);
  void join_declared();

  std::vector<const Procedure*> procedures_;
  std::vector<const DutyRule*> duties_;
  std::vector<EventSchema> schemas_;
  std::map<EventType, CatalogueEntry> by_type_;
  std::map<std::string, EventType, std::less<>> by_name_;
  std::map<StateKind, StateType> states_;
};

// Built at the first use, then immutable.
[[nodiscard]] const Catalogue& catalogue();

}  // namespace juanzong
