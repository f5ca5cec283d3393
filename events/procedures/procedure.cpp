// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/procedure.h"

namespace juanzong {
namespace {

constexpr Rule state_rule{"STATE_REFUSED",
                          "状态机/state machine",
                          "当前状态下不能办理此事项",
                          "this event is not accepted in the present state"};
constexpr Rule schema_rule{"SCHEMA",
                           "表单栏目/form fields",
                           "必填栏目缺少或不符合规定",
                           "a mandatory field is missing or not acceptable"};

}  // namespace

void Decision::refuse_state(std::string_view state, std::string_view accepted_in) {
  refuse(state_rule, {fact("state", state), fact("accepted_in", accepted_in)});
}

void Decision::refuse_schema(std::string_view field, std::string_view zh, std::string_view en) {
  refuse(schema_rule, {fact("field", field), fact("zh", zh), fact("en", en)});
}

}  // namespace juanzong
