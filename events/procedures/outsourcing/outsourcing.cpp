// SPDX-License-Identifier: Apache-2.0
// Qualification of suppliers and the day on which it ends.
#include "events/procedures/outsourcing/outsourcing.h"

#include "events/procedures/case_checks.h"
#include "events/procedures/outsourcing/outsourcing_generated.h"
#include "events/procedures/outsourcing/outsourcing_schema.h"

#include <array>

namespace juanzong {
namespace {

enum class Supplier : std::uint8_t { none, qualified };
constexpr std::array<CaseStage, 2> stages{{{"NONE", "未审核"}, {"QUALIFIED", "已审核"}}};
// Who works without papers is judged all the same: that he does is what must be seen.
constexpr auto any = from_to(Supplier::none, Supplier::qualified);
constexpr std::array steps{
    step("SupplierQualified", any, Supplier::qualified),
    note("SupplierServiceEvaluated", any),
    note("SupplierNotified", any),
};
constexpr std::array machines{
    CaseMachine{"supplier",
                "外包单位",
                "Suppliers",
                "CSM PM PS ENG ENGM SECM ENV WH CL MDM QD FIN PUR AUD",
                stages,
                steps},
};

std::optional<CivilDate> last_valid_day(const std::uint8_t* body,
                                        const EventContext& /*context*/,
                                        const World& /*world*/) {
  return date_of(flatbuffers::GetRoot<body::SupplierQualified>(body)->valid_to());
}

constexpr std::array deadlines{
    DeadlineRule{.id = "D-OUT-1",
                 .clause = "S4§3.3",
                 .zh = "外包单位资质到期前重新审核",
                 .en = "a supplier is qualified again before its papers end",
                 .begins = "SupplierQualified",
                 .ends = {"SupplierQualified"},
                 .stream = "supplier",
                 .responsible = Role::pm,
                 .counts_from = last_valid_day},
};

void decide_qualified(const body::SupplierQualified& event,
                      const EventContext& context,
                      const World&,
                      Decision& decision) {
  if (*date_of(event.valid_to()) < context.today) {
    decision.refuse_schema("valid_to", "资质已过期", "the papers have ended");
  }
}

void decide_evaluated(const body::SupplierServiceEvaluated& event,
                      const EventContext& context,
                      const World&,
                      Decision& decision) {
  if (*parse_month(view_of(event.ym())) > month_of(context.today)) {
    decision.refuse_schema("ym", "该月尚未开始", "the month has not begun");
  }
}

constexpr std::array handlers{
    event<body::SupplierQualified, decide_qualified, apply_nothing<body::SupplierQualified>>(
        "SupplierQualified"),
    event<body::SupplierServiceEvaluated,
          decide_evaluated,
          apply_nothing<body::SupplierServiceEvaluated>>("SupplierServiceEvaluated"),
    plain("SupplierNotified"),
};

}  // namespace

const Procedure& outsourcing_procedure() {
  static constexpr Procedure procedure{.code = "P36",
                                       .name = "outsourcing",
                                       .zh = "外包服务管理",
                                       .en = "Outsourcing",
                                       .schema = outsourcing_schema,
                                       .handlers = handlers,
                                       .rules = {},
                                       .states = {},
                                       .deadlines = deadlines,
                                       .cases = machines};
  return procedure;
}

}  // namespace juanzong
