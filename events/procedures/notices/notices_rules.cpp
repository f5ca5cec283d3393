// SPDX-License-Identifier: Apache-2.0
// The procedure's row for the catalogue, and the stage of a notice.
#include "events/procedures/notices/notices_rules.h"

#include "events/procedures/joined_handlers.h"
#include "events/procedures/notices/notices_schema.h"

#include <array>
#include <string>
#include <vector>

namespace juanzong {
namespace {

constexpr std::array<std::string_view, 6> stages{
    "NONE", "DRAFTED", "APPROVED", "ISSUED", "POSTED", "WITHDRAWN"};

constexpr std::array rules{
    notices::approval_rule, notices::number_rule, notices::receipt_rule, notices::archive_rule};

constexpr std::array states{state_type<NoticeState>("notice"),
                            state_type<NoticeDeliveryState>("notice_receipt")};

std::vector<EventHandler> all_handlers() {
  return joined_handlers({notices::text_handlers(), notices::publication_handlers()});
}

}  // namespace

std::string_view code_of(NoticeStage stage) {
  return stages[static_cast<std::size_t>(stage)];
}

NoticeStage stage_of(const NoticeState& notice) {
  if (!notice.places.empty()) {
    return NoticeStage::posted;
  }
  if (notice.withdrawn) {
    return NoticeStage::withdrawn;
  }
  if (notice.issued) {
    return NoticeStage::issued;
  }
  if (notice.approved) {
    return NoticeStage::approved;
  }
  return notice.drafted ? NoticeStage::drafted : NoticeStage::none;
}

namespace notices {

void check_published_stage(const NoticeState& notice,
                           NoticeStage first,
                           NoticeStage last,
                           Decision& decision) {
  const NoticeStage stage = stage_of(notice);
  if (stage == NoticeStage::drafted) {
    decision.refuse(approval_rule, {fact("missing", "approval")});
  } else if (stage < first || stage > last) {
    const std::string accepted =
        std::string(code_of(first)) + (first == last ? "" : ", " + std::string(code_of(last)));
    decision.refuse_state(code_of(stage), accepted);
  }
}

}  // namespace notices

const Procedure& notices_procedure() {
  static const std::vector<EventHandler> handlers = all_handlers();
  static const Procedure procedure{.code = "P15",
                                   .name = "notices",
                                   .zh = "通知发文",
                                   .en = "Notices",
                                   .schema = notices_schema,
                                   .handlers = handlers,
                                   .rules = rules,
                                   .states = states,
                                   .deadlines = notice_deadlines()};
  return procedure;
}

}  // namespace juanzong
