// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/complaint_cases.h"

#include "events/procedures/case_machine.h"

namespace juanzong {

ComplaintStage complaint_stage(const World& world, std::string_view id) {
  const CaseFileState* file = find_case(world, complaint_stream, id);
  return file == nullptr ? ComplaintStage::none : static_cast<ComplaintStage>(file->stage);
}

void set_complaint_stage(WorldChange& world, std::string_view id, ComplaintStage stage) {
  const std::string stream = std::string(complaint_stream).append(":").append(id);
  world.edit<CaseFileState>(stream).stage = static_cast<std::uint8_t>(stage);
}

void return_complaint(WorldChange& world, std::string_view id) {
  ComplaintState& complaint = world.edit<ComplaintState>(id);
  complaint.replied = false;
  complaint.opinion_signed = false;
  complaint.visited = false;
  const bool invalid = complaint.validity == ComplaintValidity::invalid;
  set_complaint_stage(world, id, invalid ? ComplaintStage::explain : ComplaintStage::assigned);
}

void visit_complaint(WorldChange& world, std::string_view id, bool satisfied) {
  ComplaintState& complaint = world.edit<ComplaintState>(id);
  complaint.visit_satisfied = satisfied;
  if (!satisfied) {
    return_complaint(world, id);
  } else if (complaint_stage(world, id) != ComplaintStage::closed) {
    complaint.visited = true;
    set_complaint_stage(world, id, ComplaintStage::visited);
  }
}

void give_up_visiting(WorldChange& world, std::string_view id) {
  world.edit<ComplaintState>(id).visited = true;
  set_complaint_stage(world, id, ComplaintStage::visited);
}

}  // namespace juanzong
