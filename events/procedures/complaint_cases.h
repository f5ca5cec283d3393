// SPDX-License-Identifier: Apache-2.0
// Complaints (客户投诉) as other procedures and views see them: where one stands, what was judged,
// and what a return visit does to it. The stages are DOMAIN 4.3; the folder complaints/ holds the
// rules.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

enum class ComplaintStage : std::uint8_t {
  none,
  received,
  explain,  // judged INVALID: to be explained
  classified,
  assigned,
  in_process,
  handled,
  result_agreed,
  replied,
  opinion_signed,
  visited,
  closed,
};

// As in complaints.fbs; 0: not judged.
enum class ComplaintValidity : std::uint8_t { unjudged, valid, invalid };
enum class ComplaintSeverity : std::uint8_t { none, major, important, minor };

inline constexpr std::string_view complaint_stream = "complaint";

// Key: complaint id.
struct ComplaintState {
  static constexpr StateKind kind = StateKind::complaint;
  std::string customer;  // person id, or empty
  std::string accused_department;
  std::string accused_staff;
  std::string incident;  // complaints with the same key are about the same event
  bool asks_compensation = false;
  bool against_manager = false;
  UnixMicros received_at;
  UnixMicros counts_from;  // of its limits: arrival, or the newest reopening
  std::optional<UnixMicros> customer_term;
  ComplaintValidity validity = ComplaintValidity::unjudged;
  ComplaintSeverity severity = ComplaintSeverity::none;
  std::vector<std::uint8_t> grounds;
  std::optional<UnixMicros> due_at;        // of its class, with extensions
  std::optional<UnixMicros> definite_at;   // first definite answer
  std::optional<UnixMicros> escalated_at;  // first report upward
  std::optional<UnixMicros> handled_at;    // newest
  std::optional<RecordIndex> became_major;
  std::string department_head;  // who collected the form
  std::uint32_t extensions = 0;
  std::uint32_t reopened = 0;
  bool replied = false;  // of the present round: since it was handed out for handling
  bool opinion_signed = false;
  bool visited = false;  // or tried three times
  std::optional<bool> visit_satisfied;
  std::uint8_t outcome = 0;
  std::string cause;
  template <class Ar>
  void visit(Ar& ar) {
    ar(customer,
       accused_department,
       accused_staff,
       incident,
       asks_compensation,
       against_manager,
       received_at,
       counts_from,
       customer_term,
       validity,
       severity,
       grounds,
       due_at,
       definite_at,
       escalated_at,
       handled_at,
       became_major,
       department_head,
       extensions,
       reopened,
       replied,
       opinion_signed,
       visited,
       visit_satisfied,
       outcome,
       cause);
  }
};

// S3/003: these go to the company leader (H-CMP-4).
[[nodiscard]] inline bool goes_to_leader(const ComplaintState& complaint) {
  return complaint.asks_compensation || complaint.against_manager;
}

[[nodiscard]] ComplaintStage complaint_stage(const World& world, std::string_view id);

// Where the stage before and the body decide together what follows, the machine's table says
// "stays" and apply() calls this.
void set_complaint_stage(WorldChange& world, std::string_view id, ComplaintStage stage);
// The customer is not satisfied: the round begins again, for an INVALID one with the explanation.
void return_complaint(WorldChange& world, std::string_view id);
// A return visit to the customer took place.
void visit_complaint(WorldChange& world, std::string_view id, bool satisfied);
// The customer could not be reached for the third time.
void give_up_visiting(WorldChange& world, std::string_view id);

}  // namespace juanzong
