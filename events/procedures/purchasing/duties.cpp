// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/duty_marks.h"
#include "events/procedures/purchasing/purchasing.h"
#include "events/procedures/purchasing/purchasing_generated.h"

#include <array>

namespace juanzong {
namespace {

constexpr std::array rules{
    DutyRule{.id = "D-WHS-1",
             .clause = "S3/009§三",
             .zh = "每月检查仓库",
             .en = "the warehouse is inspected every month",
             .period = Period::month,
             .policy = "duty.warehouse_inspection",
             .events = {{{"WarehouseInspected", mark_month<body::WarehouseInspected>}}},
             .responsible = Role::pm},
};

}  // namespace

std::span<const DutyRule> purchasing_duties() {
  return rules;
}

}  // namespace juanzong
