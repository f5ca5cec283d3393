// SPDX-License-Identifier: Apache-2.0
// Stages of batches and papers; what a delivery must be before it is stored and issued.
#include "events/procedures/purchasing/purchasing.h"

#include "events/procedures/case_checks.h"
#include "events/procedures/purchasing/purchasing_generated.h"
#include "events/procedures/purchasing/purchasing_schema.h"
#include "events/procedures/signatures.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

constexpr Rule inspected_rule{"H-WHS-1",
                              "S0·4§4.2.2.4, §4.3",
                              "只有检测合格的物品方可入库并用于服务",
                              "only goods that were inspected and passed are stored and used"};
constexpr Rule receiver_rule{
    "H-WHS-2", "S0·2§4.5.3a", "领用物品须由领用人在台帐上签名", "who takes goods signs for them"};
constexpr Rule order_rule{"H-WHS-3",
                          "S0·2§4.6.3",
                          "有贮存期要求的物品先入先出,过期不得发放",
                          "goods that expire go out first in, first out, and not after their day"};

constexpr std::uint64_t quantity_max = 1'000'000'000'000'000;

enum class Batch : std::uint8_t { none, passed, rejected, stored, returned };
constexpr std::array<CaseStage, 5> batch_stages{{{"NONE", "未检验"},
                                                 {"PASSED", "合格待入库"},
                                                 {"REJECTED", "不合格"},
                                                 {"STORED", "已入库"},
                                                 {"RETURNED", "已退回"}}};

std::uint8_t after_inspection(const std::uint8_t* body) {
  const bool passed =
      flatbuffers::GetRoot<body::GoodsInspected>(body)->result() == body::GoodsResult::PASS;
  return static_cast<std::uint8_t>(passed ? Batch::passed : Batch::rejected);
}

// What failed goes back as a whole; of what was stored a part may.
std::uint8_t after_return(const std::uint8_t* body) {
  const auto reason = flatbuffers::GetRoot<body::GoodsReturnedToSupplier>(body)->reason();
  return reason == body::GoodsReturnReason::FAILED_INSPECTION
             ? static_cast<std::uint8_t>(Batch::returned)
             : CaseStep::stays;
}

constexpr std::array batch_steps{
    CaseStep{"GoodsInspected", 1, CaseStep::stays, after_inspection},
    CaseStep{"GoodsStored",
             StageSet<Batch>(Batch::passed).bits,
             static_cast<std::uint8_t>(Batch::stored),
             nullptr,
             &inspected_rule},
    CaseStep{"GoodsIssued",
             StageSet<Batch>(Batch::stored).bits,
             CaseStep::stays,
             nullptr,
             &inspected_rule},
    CaseStep{"GoodsReturnedToSupplier",
             (Batch::rejected | StageSet<Batch>(Batch::stored)).bits,
             CaseStep::stays,
             after_return},
};

enum class Paper : std::uint8_t { none, filed };
constexpr std::array<CaseStage, 2> paper_stages{{{"NONE", "未登记"}, {"FILED", "已登记"}}};
constexpr std::array plan_steps{opens("PurchasePlanFiled", Paper::filed)};
constexpr std::array warehouse_steps{opens("WarehouseInspected", Paper::filed)};
constexpr std::array consumption_steps{opens("MaterialConsumptionReported", Paper::filed)};

constexpr std::string_view readers = "CSM PM ENG ENGM ENV WH CL MDM QD FIN PUR AUD";
constexpr std::array machines{
    CaseMachine{"batch", "采购批次", "Deliveries", readers, batch_stages, batch_steps},
    CaseMachine{"purchase_plan", "采购计划", "Purchase plans", readers, paper_stages, plan_steps},
    CaseMachine{"warehouse_month",
                "仓库月检",
                "Monthly inspections of the warehouse",
                readers,
                paper_stages,
                warehouse_steps},
    CaseMachine{"consumption",
                "材料消耗统计",
                "Consumption of materials",
                readers,
                paper_stages,
                consumption_steps},
};

// The batch under the item that an event names; refuses where it is of another item.
template <class Body>
const StockBatch* batch_of(const Body& event, const World& world, Decision& decision) {
  const auto* stock = world.find<StockState>(view_of(event.item()));
  if (stock != nullptr) {
    const auto found = stock->batches.find(text_of(event.batch_id()));
    if (found != stock->batches.end()) {
      return &found->second;
    }
  }
  if (find_case(world, "batch", view_of(event.batch_id())) != nullptr) {
    decision.refuse_schema("item", "该批次是另一物品", "the batch is of another item");
  }
  return nullptr;
}

void refuse_uninspected(const flatbuffers::String* batch, const World& world, Decision& decision) {
  if (find_case(world, "batch", view_of(batch)) == nullptr) {
    decision.refuse(inspected_rule, {fact("batch_id", view_of(batch)), fact("state", "NONE")});
  }
}

template <class Body>
StockBatch& edit_batch(const Body& event, const EventContext& context, WorldChange& world) {
  StockBatch& batch =
      world.edit<StockState>(view_of(event.item())).batches[text_of(event.batch_id())];
  batch.last = context.index;
  return batch;
}

void decide_inspected(const body::GoodsInspected& event,
                      const EventContext&,
                      const World& world,
                      Decision& decision) {
  const body::GoodsChecks& checks = *event.checks();
  const bool all =
      checks.appearance() && checks.variety() && checks.quantity() && checks.certificate();
  if (all != (event.result() == body::GoodsResult::PASS)) {
    decision.refuse_schema(
        "result", "各项全部合格方为合格", "it passes if, and only if, every check does");
  }
  if (event.qty_milli() > quantity_max) {
    decision.refuse_schema("qty_milli", "数量过大", "more than any store holds");
  }
  const auto* stock = world.find<StockState>(view_of(event.item()));
  if (stock != nullptr && stock->unit_name != view_of(event.unit_name())) {
    decision.refuse_schema("unit_name", "与该物品的单位不符", "not the unit of this item");
  }
}

void apply_inspected(const body::GoodsInspected& event,
                     const EventContext& context,
                     WorldChange& world) {
  StockBatch& batch = edit_batch(event, context, world);
  batch.supplier = text_of(event.supplier());
  batch.inspected_milli = event.qty_milli();
  world.edit<StockState>(view_of(event.item())).unit_name = text_of(event.unit_name());
}

void check_quantity(std::uint64_t stated, std::uint64_t allowed, bool exactly, Decision& decision) {
  if (stated > allowed || (exactly && stated != allowed)) {
    decision.refuse_schema(
        "qty_milli", "数量与登记不符", "the records allow " + std::to_string(allowed));
  }
}

void decide_stored(const body::GoodsStored& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  refuse_uninspected(event.batch_id(), world, decision);
  if (const StockBatch* batch = batch_of(event, world, decision)) {
    check_quantity(event.qty_milli(), batch->inspected_milli, true, decision);
  }
  const auto expiry = date_of(event.expiry());
  if (expiry && *expiry < context.today) {
    decision.refuse_schema("expiry", "已过有效期", "it has expired");
  }
}

void apply_stored(const body::GoodsStored& event, const EventContext& context, WorldChange& world) {
  StockBatch& batch = edit_batch(event, context, world);
  batch.stored_milli = event.qty_milli();
  batch.stored = context.index;
  batch.stored_on = date_of(event.stored_on());
  batch.expiry = date_of(event.expiry());
  StockState& stock = world.edit<StockState>(view_of(event.item()));
  stock.name = text_of(event.name());
  stock.spec = text_of(event.spec());
}

bool came_before(const StockBatch& first, const StockBatch& second) {
  return std::pair(first.stored_on, first.stored) < std::pair(second.stored_on, second.stored);
}

// H-WHS-3. What has expired no longer stands before what is good.
void check_order(const StockState& stock,
                 const StockBatch& batch,
                 CivilDate on,
                 Decision& decision) {
  if (!batch.expiry) {
    return;
  }
  if (*batch.expiry < on) {
    decision.refuse(order_rule, {fact("expiry", *batch.expiry)});
  }
  for (const auto& [id, other] : stock.batches) {
    if (other.on_hand() > 0 && other.expiry && *other.expiry >= on && came_before(other, batch)) {
      decision.refuse(order_rule, {fact("first_batch", id), fact("stored_on", *other.stored_on)});
      return;
    }
  }
}

void decide_issued(const body::GoodsIssued& event,
                   const EventContext&,
                   const World& world,
                   Decision& decision) {
  check_signature_blocks(event.signatures(), decision);
  refuse_uninspected(event.batch_id(), world, decision);
  if (!signed_by_member(event.signatures(), view_of(event.receiver()), world)) {
    decision.refuse(receiver_rule, {fact("receiver", view_of(event.receiver()))});
  }
  const StockBatch* batch = batch_of(event, world, decision);
  if (batch != nullptr && batch->stored) {
    check_quantity(event.qty_milli(), batch->on_hand(), false, decision);
    check_order(*world.find<StockState>(view_of(event.item())),
                *batch,
                *date_of(event.issued_on()),
                decision);
  }
}

void apply_issued(const body::GoodsIssued& event, const EventContext& context, WorldChange& world) {
  edit_batch(event, context, world).issued_milli += event.qty_milli();
}

void decide_returned(const body::GoodsReturnedToSupplier& event,
                     const EventContext&,
                     const World& world,
                     Decision& decision) {
  const StockBatch* batch = batch_of(event, world, decision);
  if (batch == nullptr) {
    return;
  }
  const bool failed = event.reason() == body::GoodsReturnReason::FAILED_INSPECTION;
  if (failed == batch->stored.has_value()) {
    decision.refuse_schema("reason",
                           "检测不合格的退回仅适用于未入库批次",
                           "what failed was never stored, and what was stored did not fail");
    return;
  }
  check_quantity(
      event.qty_milli(), failed ? batch->inspected_milli : batch->on_hand(), failed, decision);
}

void apply_returned(const body::GoodsReturnedToSupplier& event,
                    const EventContext& context,
                    WorldChange& world) {
  edit_batch(event, context, world).returned_milli += event.qty_milli();
}

void decide_warehouse(const body::WarehouseInspected& event,
                      const EventContext&,
                      const World&,
                      Decision& decision) {
  if (to_text(month_of(*date_of(event.inspected_on()))) != view_of(event.ym())) {
    decision.refuse_schema("ym", "与检查日期不符", "not the month of the day");
  }
  if (!(event.stocktake_ok() && event.placement_ok()) && event.findings() == nullptr) {
    decision.refuse_schema("findings", "须写明问题", "what was wrong must be said");
  }
}

void decide_consumption(const body::MaterialConsumptionReported& event,
                        const EventContext& context,
                        const World&,
                        Decision& decision) {
  if (*parse_month(view_of(event.ym())) > month_of(context.today)) {
    decision.refuse_schema("ym", "该月尚未开始", "the month has not begun");
  }
}

constexpr std::array handlers{
    plain("PurchasePlanFiled"),
    event<body::GoodsInspected, decide_inspected, apply_inspected>("GoodsInspected"),
    event<body::GoodsReturnedToSupplier, decide_returned, apply_returned>(
        "GoodsReturnedToSupplier"),
    event<body::GoodsStored, decide_stored, apply_stored>("GoodsStored"),
    event<body::GoodsIssued, decide_issued, apply_issued>("GoodsIssued"),
    event<body::WarehouseInspected, decide_warehouse, apply_nothing<body::WarehouseInspected>>(
        "WarehouseInspected"),
    event<body::MaterialConsumptionReported,
          decide_consumption,
          apply_nothing<body::MaterialConsumptionReported>>("MaterialConsumptionReported"),
};

constexpr std::array rules{inspected_rule, receiver_rule, order_rule};
constexpr std::array states{state_type<StockState>("stock")};

}  // namespace

const Procedure& purchasing_procedure() {
  static const Procedure procedure{.code = "P26",
                                   .name = "purchasing",
                                   .zh = "采购与仓库",
                                   .en = "Purchasing and warehouse",
                                   .schema = purchasing_schema,
                                   .handlers = handlers,
                                   .rules = rules,
                                   .states = states,
                                   .cases = machines,
                                   .duties = purchasing_duties()};
  return procedure;
}

}  // namespace juanzong
