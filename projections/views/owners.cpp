// SPDX-License-Identifier: Apache-2.0
#include "projections/views/owners.h"

#include "events/procedures/handovers.h"
#include "events/procedures/transfers.h"
#include "events/procedures/units.h"

namespace juanzong {
namespace {

CellCode file_status(const OwnershipPeriod& period) {
  return period.until ? CellCode{"TRANSFERRED", "已转让"} : CellCode{"CURRENT", "现业主"};
}

}  // namespace

Result<std::vector<OwnershipPeriod>> owners_of(const ViewContext& context,
                                               const World& world,
                                               std::string_view unit_code) {
  std::vector<OwnershipPeriod> owners;
  const auto unit = world.get<UnitState>(unit_code);
  if (unit.owner.empty()) {
    return owners;
  }
  OwnershipPeriod period;
  period.file = world.get<HandoverState>(unit_code).owner_file;
  if (period.file) {
    const Result<StoredRecord> stored = context.record(*period.file);
    if (!stored) {
      return fail(stored.error());
    }
    period.from = stored->view.recorded_at;
  }
  for (const FormerOwner& former : unit.former_owners) {
    const auto transfer = world.get<TransferState>(former.transfer_id);
    period.owner = former.owner;
    period.until = former.until;
    period.transfer_id = former.transfer_id;
    period.transferred = former.index;
    period.transferred_on = transfer.transferred_on;
    period.annotated = transfer.annotated;
    owners.push_back(period);
    period = OwnershipPeriod{};
    period.file = transfer.file;
    period.from = former.until;
  }
  period.owner = unit.owner;
  owners.push_back(std::move(period));
  return owners;
}

const OwnershipPeriod* owner_on(const std::vector<OwnershipPeriod>& owners,
                                const ViewContext& context) {
  const UnixMicros next_day = context.zone().start_of(add_days(context.date(), 1));
  const OwnershipPeriod* found = nullptr;
  for (const OwnershipPeriod& period : owners) {
    if (!period.from || *period.from < next_day) {
      found = &period;
    }
  }
  return found;
}

ReportTable owners_table(const std::vector<OwnershipPeriod>& owners) {
  TableBuilder table("owners",
                     "历任业主",
                     {{"owner", "业主"},
                      {"status", "档案状态"},
                      {"from", "自"},
                      {"until", "至"},
                      {"transferred_on", "注明转让日期"},
                      {"transfer_id", "转让编号"}});
  for (const OwnershipPeriod& period : owners) {
    table.row()
        .add(cell_text(period.owner), records_of(period.file))
        .add(file_status(period))
        .add(cell_maybe(period.from))
        .add(cell_maybe(period.until), records_of(period.transferred))
        .add(cell_maybe(period.transferred_on), records_of(period.annotated))
        .add(cell_text(period.transfer_id));
  }
  return table.take();
}

}  // namespace juanzong
