// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/decoration/decoration.h"

#include "events/procedures/decoration/case_rules.h"
#include "events/procedures/decoration/decoration_schema.h"
#include "events/procedures/decoration/rules.h"
#include "events/procedures/deposits.h"

#include <array>
#include <vector>

namespace juanzong {
namespace {

std::vector<EventHandler> joined_handlers() {
  std::vector<EventHandler> all;
  for (const auto part : {application_handlers(),
                          contract_handlers(),
                          violation_handlers(),
                          acceptance_handlers(),
                          request_handlers(),
                          refund_handlers()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

constexpr std::array states{state_type<DecorationCase>("decoration"),
                            state_type<DepositState>("deposit")};

}  // namespace

const Procedure& decoration_procedure() {
  static const std::vector<EventHandler> handlers = joined_handlers();
  static const Procedure procedure{.code = "P02",
                                   .name = "decoration",
                                   .zh = "办理装修",
                                   .en = "Decoration",
                                   .schema = decoration_schema,
                                   .handlers = handlers,
                                   .rules = decoration_rules::all,
                                   .states = states,
                                   .deadlines = decoration_deadlines(),
                                   .duties = decoration_duties()};
  return procedure;
}

}  // namespace juanzong
