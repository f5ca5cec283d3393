// SPDX-License-Identifier: Apache-2.0
// R2, 业主档案: everything of one unit. Personal values are opened only through the source's
// open_field and shown as the asker's roles allow; money only to those who may see money.
#include "events/procedures/archives/archives.h"
#include "events/procedures/archives/archives_generated.h"
#include "events/procedures/charges.h"

#include "projections/views/deposit_figures.h"
#include "projections/views/key_figures.h"
#include "projections/views/labels.h"
#include "projections/views/owners.h"
#include "projections/views/posting_scan.h"
#include "projections/views/release_figures.h"
#include "projections/views/unit_notices.h"
#include "projections/views/unit_timeline.h"
#include "projections/views/views.h"
#include "projections/views/visibility.h"

namespace juanzong {
namespace {

struct File {
  const ViewContext& context;
  const World& world;
  std::string code;
  UnitState unit;
  HandoverState handover;
  std::vector<std::string> streams;
  std::vector<OwnershipPeriod> owners;
};

// Ids of the streams with this prefix, "2025-0031" of "deco:2025-0031".
std::vector<std::string> ids_of(const File& file, std::string_view prefix) {
  std::vector<std::string> ids;
  for (const std::string& name : file.streams) {
    if (name.starts_with(prefix)) {
      ids.push_back(name.substr(prefix.size()));
    }
  }
  return ids;
}

void add_unit(ReportBuilder& out, const File& file) {
  const UnitState& unit = file.unit;
  out.fact("unit", "房屋", cell_text(file.code))
      .fact("building", "栋", cell_text(unit.building))
      .fact("entrance", "单元", cell_text(unit.entrance))
      .fact("room", "室", cell_text(unit.room))
      .fact("floor", "楼层", std::int64_t{unit.floor})
      .fact("area_cm2", "面积(平方厘米)", unit.area_cm2)
      .fact("category", "动态类别", label_of(category_of(unit)))
      .fact("use", "用途", label_of(unit.use))
      .fact("handed_over_on", "接房日期", cell_maybe(unit.handed_over_on));
  const auto let = file.world.get<OfficeLetState>(file.code);
  out.fact("office_client", "办公客户", cell_text(let.company), records_of(let.delivered))
      .fact("office_stage", "办公房间状态", label_of(stage_of(let)));
}

// Where a value of the owner's file stands: in the file, or in the newest change of it (P12).
struct OwnerValue {
  std::optional<RecordIndex> record;
  std::string_view path;
};

OwnerValue value_of(const File& file,
                    const OwnershipPeriod* period,
                    body::OwnerFileItem item,
                    std::string_view path) {
  if (period == nullptr) {
    return {};
  }
  const auto entry = file.world.get<ArchiveEntry>(owner_file_key(file.code, period->owner));
  const auto changed = entry.changed.find(static_cast<std::uint8_t>(item));
  return changed == entry.changed.end() ? OwnerValue{period->file, path}
                                        : OwnerValue{changed->second, "new_value"};
}

// The owner of the business date, with the file that was made of him and what changed since.
void add_owner(ReportBuilder& out, const File& file) {
  const OwnershipPeriod* period = owner_on(file.owners, file.context);
  const auto record = period == nullptr ? std::nullopt : period->file;
  const auto personal = [&](PersonalField field, const OwnerValue& value) {
    return personal_cell(file.context, field, value.record, value.path);
  };
  const auto name = value_of(file, period, body::OwnerFileItem::NAME, "name");
  const auto mobile = value_of(file, period, body::OwnerFileItem::PHONE, "emergency_mobile");
  const auto birthday = value_of(file, period, body::OwnerFileItem::BIRTHDAY, "birthday");
  out.fact("owner",
           "业主",
           period == nullptr ? CellValue() : cell_text(period->owner),
           records_of(record))
      .fact("owner_name", "业主姓名", personal(PersonalField::name, name), records_of(name.record))
      .fact("owner_mobile",
            "应急手机",
            personal(PersonalField::mobile, mobile),
            records_of(mobile.record))
      .fact("owner_birthday",
            "生日",
            personal(PersonalField::birthday, birthday),
            records_of(birthday.record));
}

void add_handover(ReportBuilder& out, const File& file) {
  const HandoverState& state = file.handover;
  out.fact("handover_stage",
           "交接状态",
           label_of(handover_stage(file.world, file.code, file.context.date())),
           records_of(state.completed))
      .fact(
          "identity_verified", "身份已核实", state.verified.has_value(), records_of(state.verified))
      .fact("documents_collected",
            "资料已收集",
            state.documents.has_value(),
            records_of(state.documents))
      .fact("documents_issued",
            "交房文件已签收",
            state.receipt.has_value(),
            records_of(state.receipt))
      .fact("fee_from", "物管费起算", cell_maybe(state.fee_from), records_of(state.completed))
      .fact("fee_last", "物管费已收至", cell_maybe(state.fee_last), records_of(state.completed))
      .fact("open_defects", "未整改遗留问题", std::int64_t{state.open_defects()});
}

void add_papers(ReportBuilder& out, const File& file) {
  TableBuilder table(
      "papers", "责任书", {{"paper", "责任书"}, {"party", "签署人"}, {"case_ref", "所属事项"}});
  for (const SignedSafetyPaper& each : file.world.get<SafetyPapersState>(file.code).papers) {
    table.row()
        .add(label_of(each.paper), {each.index})
        .add(cell_text(each.party))
        .add(cell_text(each.case_ref));
  }
  out.table(table);
}

void add_tenancies(ReportBuilder& out, const File& file) {
  TableBuilder table("tenancies",
                     "租赁",
                     {{"tenancy_id", "租赁编号"},
                      {"tenant", "租户"},
                      {"stage", "状态"},
                      {"lease_from", "租期起"},
                      {"lease_to", "租期止"},
                      {"moved_in_on", "入住"},
                      {"ended_on", "终止"}});
  for (const std::string& id : ids_of(file, "tenancy:")) {
    const auto tenancy = file.world.get<TenancyState>(id);
    const auto move_out = file.world.get<MoveOutState>(id);
    table.row()
        .add(cell_text(id))
        .add(cell_text(tenancy.tenant), records_of(tenancy.registered))
        .add(label_of(tenancy_stage(file.world, id)), records_of(tenancy.consented))
        .add(cell_maybe(tenancy.lease_from))
        .add(cell_maybe(tenancy.lease_to))
        .add(cell_maybe(tenancy.moved_in_on), records_of(tenancy.moved_in))
        .add(cell_maybe(move_out.ended_on), records_of(move_out.ended));
  }
  out.table(table);
}

void add_decorations(ReportBuilder& out, const File& file) {
  TableBuilder table("decorations",
                     "装修",
                     {{"deco_id", "装修编号"},
                      {"stage", "状态"},
                      {"contractor", "装修单位"},
                      {"applied_on", "申请"},
                      {"entered_on", "进场"},
                      {"accepted_on", "验收"},
                      {"violations", "违章数"}});
  for (const std::string& id : ids_of(file, "deco:")) {
    const auto deco = file.world.get<DecorationCase>(id);
    Records violations;
    for (const auto& [violation_id, violation] : deco.violations) {
      violations.push_back(violation.recorded);
    }
    table.row()
        .add(cell_text(id))
        .add(label_of(stage_of(file.world, id, deco)))
        .add(cell_text(deco.contractor))
        .add(deco.applied_on)
        .add(cell_maybe(deco.entered_on))
        .add(cell_maybe(deco.accepted_on))
        .add(cell_count(violations.size()), violations);
  }
  out.table(table);
}

void add_parking(ReportBuilder& out, const File& file) {
  TableBuilder table("parking",
                     "车位租用",
                     {{"rental_id", "租用编号"},
                      {"customer", "客户"},
                      {"stage", "状态"},
                      {"rent_paid_until", "租金已缴至"},
                      {"card_no", "月租卡号"}});
  for (const std::string& id : ids_of(file, "parking:")) {
    const auto rental = file.world.get<ParkingRental>(id);
    table.row()
        .add(cell_text(id))
        .add(cell_text(rental.customer), records_of(rental.eligible))
        .add(label_of(parking_stage(file.world, rental, file.context.date())))
        .add(cell_maybe(rent_paid_until(file.world, rental)))
        .add(cell_text(rental.card));
  }
  out.table(table);
}

Outcome add_keys(ReportBuilder& out, const File& file) {
  TableBuilder table("keys", "钥匙", key_columns(file.context));
  for (const std::string& key_no : ids_of(file, "key:")) {
    const Result<std::optional<KeyFigures>> figures = key_figures(file.context, key_no);
    if (!figures) {
      return fail(figures.error());
    }
    if (*figures) {
      add_key_row(table, file.context, key_no, **figures);
    }
  }
  out.table(table);
  return Done{};
}

Outcome add_releases(ReportBuilder& out, const File& file) {
  TableBuilder table("releases", "物品放行", release_columns());
  for (const std::string& slip_id : ids_of(file, "slip:")) {
    const Result<std::optional<ReleaseSlipState>> slip = release_slip(file.context, slip_id);
    if (!slip) {
      return fail(slip.error());
    }
    if (*slip) {
      add_release_row(table, slip_id, **slip);
    }
  }
  out.table(table);
  return Done{};
}

Outcome add_money(ReportBuilder& out, const File& file) {
  const auto sum = [&file](std::string_view kind) {
    return sum_of(
        accounts_of(file.context, PostingView::money, std::string(kind) + ":" + file.code + ":"));
  };
  out.fact("receivable_fen", "应收余额", sum("receivable"))
      .fact("advance_fen", "预收余额", -sum("advance"));
  TableBuilder table("deposits", "押金", deposit_columns());
  for (const std::string& id : ids_of(file, "deposit:")) {
    const Result<DepositFigures> figures = deposit_figures(file.context, id);
    if (!figures) {
      return fail(figures.error());
    }
    add_deposit_row(table, file.context, id, *figures);
  }
  out.table(table);
  return Done{};
}

}  // namespace

Result<Report> view_owner_file(const ViewContext& context) {
  const Result<std::string> unit = context.required("unit");
  if (!unit) {
    return fail(unit.error());
  }
  const Result<std::vector<std::string>> streams = context.unit_streams(*unit);
  if (!streams) {
    return fail(streams.error());
  }
  const Result<const World*> world = context.unit_world(*unit);
  if (!world) {
    return fail(world.error());
  }
  File file{context,
            **world,
            *unit,
            (*world)->get<UnitState>(*unit),
            (*world)->get<HandoverState>(*unit),
            *streams,
            {}};
  if (!file.unit.registered) {
    return fail(ErrorCode::not_found, "unit");
  }
  Result<std::vector<OwnershipPeriod>> owners = owners_of(context, file.world, *unit);
  if (!owners) {
    return fail(owners.error());
  }
  file.owners = *std::move(owners);
  ReportBuilder out(context);
  add_unit(out, file);
  add_owner(out, file);
  add_handover(out, file);
  out.table(owners_table(file.owners));
  add_papers(out, file);
  add_tenancies(out, file);
  add_decorations(out, file);
  add_parking(out, file);
  if (may_see_keys(context.source().roles)) {
    if (const Outcome added = add_keys(out, file); !added) {
      return fail(added.error());
    }
  }
  if (may_see_releases(context.source().roles)) {
    if (const Outcome added = add_releases(out, file); !added) {
      return fail(added.error());
    }
  }
  if (may_see_money(context.source().roles)) {
    if (const Outcome added = add_money(out, file); !added) {
      return fail(added.error());
    }
  }
  Result<ReportTable> notices = notices_of(context, *unit);
  if (!notices) {
    return fail(notices.error());
  }
  out.table(*std::move(notices));
  Result<TimelinePart> timeline = timeline_of(context, *streams, file.world);
  if (!timeline) {
    return fail(timeline.error());
  }
  out.table(std::move(timeline->table)).next(timeline->next);
  out.table(stream_versions(context, *streams));
  return out.take();
}

}  // namespace juanzong
