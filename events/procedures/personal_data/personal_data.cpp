// SPDX-License-Identifier: Apache-2.0
// The procedure's row for the catalogue: machines of erasures and holds, and by when a request is
// answered.
#include "events/procedures/personal_data/personal_data.h"

#include "events/procedures/joined_handlers.h"
#include "events/procedures/personal_data/personal_data_rules.h"
#include "events/procedures/personal_data/personal_data_schema.h"

#include <array>

namespace juanzong {
namespace {

using Erasure = ErasureStage;
constexpr std::array<CaseStage, 6> erasure_stages{{{"NONE", "未申请"},
                                                   {"REQUESTED", "已申请"},
                                                   {"WITHDRAWN", "已撤回"},
                                                   {"REFUSED", "不予办理"},
                                                   {"ERASED", "已决定删除"},
                                                   {"COMPLETED", "已删除"}}};
constexpr std::array erasure_steps{
    opens("ErasureRequested", Erasure::requested),
    step("ErasureWithdrawn", Erasure::requested, Erasure::withdrawn),
    step("ErasureRefused", Erasure::requested, Erasure::refused),
    step("PersonErased", Erasure::requested, Erasure::erased),
    step("ErasureCompleted", Erasure::erased, Erasure::completed),
};

enum class Hold : std::uint8_t { none, placed, released };
constexpr std::array<CaseStage, 3> hold_stages{
    {{"NONE", "未保全"}, {"PLACED", "保全中"}, {"RELEASED", "已解除"}}};
constexpr std::array hold_steps{
    opens("LegalHoldPlaced", Hold::placed),
    step("LegalHoldReleased", Hold::placed, Hold::released),
};

constexpr std::string_view readers = "CSM PM ARC CL ADM AUD";
constexpr std::array machines{
    CaseMachine{erasure_stream, "个人信息删除", "Erasures", readers, erasure_stages, erasure_steps},
    CaseMachine{"person_hold", "个人信息保全", "Legal holds", readers, hold_stages, hold_steps},
};

constexpr std::array deadlines{
    DeadlineRule{.id = "D-PI-1",
                 .clause = "PIPL 第50条",
                 .zh = "答复个人信息删除申请",
                 .en = "a request for erasure is carried out or refused",
                 .begins = "ErasureRequested",
                 .ends = {"PersonErased", "ErasureRefused"},
                 .stream = erasure_stream,
                 .limit = 30,
                 .limit_policy = "personal_data.answer_days",
                 .responsible = Role::arc,
                 .lapses = {"ErasureWithdrawn"}},
};

constexpr std::array rules{personal_data::hold_rule,
                           personal_data::relation_rule,
                           personal_data::retention_rule,
                           personal_data::cooling_rule,
                           personal_data::people_rule,
                           personal_data::asker_rule,
                           personal_data::once_rule,
                           personal_data::ground_rule};

constexpr std::array states{state_type<PersonDataState>("person_data"),
                            state_type<ErasureState>("erasure")};

}  // namespace

const Procedure& personal_data_procedure() {
  static const auto handlers =
      joined_handlers({personal_data::erasure_handlers(), personal_data::hold_handlers()});
  static const Procedure procedure{.code = "PX-P",
                                   .name = "personal_data",
                                   .zh = "个人信息保护",
                                   .en = "Personal data",
                                   .schema = personal_data_schema,
                                   .handlers = handlers,
                                   .rules = rules,
                                   .states = states,
                                   .deadlines = deadlines,
                                   .cases = machines};
  return procedure;
}

}  // namespace juanzong
