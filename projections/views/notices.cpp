// SPDX-License-Identifier: Apache-2.0
// The outgoing register (发文登记): every notice with its number, stage and places, which of them
// hang past their last day, and what is made public at present; of one notice, who signed for it.
#include "events/procedures/notices/notices.h"

#include "events/procedures/notices/notices_generated.h"

#include "projections/views/labels.h"
#include "projections/views/report_builder.h"
#include "projections/views/views.h"

#include <map>
#include <string>
#include <vector>

namespace juanzong {
namespace {

constexpr std::string_view stream_prefix = "notice:";

constexpr auto notice_subject_max = static_cast<std::uint8_t>(body::NoticeSubject::MAX);

struct Counts {
  std::size_t posted = 0;
  std::size_t overdue = 0;
};

std::string joined(const std::vector<std::string>& places) {
  std::string text;
  for (const std::string& place : places) {
    text.append(text.empty() ? "" : "、").append(place);
  }
  return text;
}

bool is_overdue(const NoticeState& notice, CivilDate on) {
  return stage_of(notice) == NoticeStage::posted && notice.expires_on && *notice.expires_on < on;
}

std::vector<ReportColumn> columns() {
  return {{"notice_id", "通知编号"},
          {"doc_no", "文号"},
          {"title", "标题"},
          {"subject", "内容类别"},
          {"department", "发文部门"},
          {"stage", "状态"},
          {"drafted_on", "拟写"},
          {"approved_on", "审批"},
          {"issue_date", "发文"},
          {"places", "现张贴处"},
          {"expires_on", "有效至"},
          {"withdrawn_on", "撤下"},
          {"overdue", "过期未撤"},
          {"deliveries", "签收份数"}};
}

void add_row(TableBuilder& table,
             const ViewContext& context,
             const std::string& id,
             const NoticeState& notice) {
  table.row()
      .add(cell_text(id), records_of(notice.drafted))
      .add(cell_text(notice.doc_no), records_of(notice.issued))
      .add(cell_text(notice.title))
      .add(notice_subject_label(notice.subject))
      .add(cell_text(notice.department))
      .add(label_of(stage_of(notice)))
      .add(notice.drafted_on)
      .add(cell_maybe(notice.approved_on), records_of(notice.approved))
      .add(cell_maybe(notice.issue_date), records_of(notice.issued))
      .add(cell_text(joined(notice.places)), records_of(notice.posted))
      .add(cell_maybe(notice.expires_on))
      .add(cell_maybe(notice.withdrawn_on), records_of(notice.withdrawn))
      .add(is_overdue(notice, context.date()))
      .add(static_cast<std::int64_t>(notice.deliveries));
}

// What the project makes public (信息公开, S4§2.1): a subject without a notice on the wall shows 0.
class Disclosure {
 public:
  void count(const NoticeState& notice, CivilDate on) {
    if (stage_of(notice) == NoticeStage::posted) {
      Counts& counts = by_subject_[notice.subject];
      ++counts.posted;
      counts.overdue += is_overdue(notice, on) ? 1 : 0;
    }
  }
  [[nodiscard]] Counts total() const {
    Counts sum;
    for (const auto& [subject, counts] : by_subject_) {
      sum.posted += counts.posted;
      sum.overdue += counts.overdue;
    }
    return sum;
  }
  [[nodiscard]] ReportTable table() const {
    TableBuilder table("disclosure",
                       "信息公开",
                       {{"subject", "内容类别"}, {"posted", "张贴中"}, {"overdue", "过期未撤"}});
    for (std::uint8_t subject = 1; subject <= notice_subject_max; ++subject) {
      const auto found = by_subject_.find(subject);
      const Counts counts = found == by_subject_.end() ? Counts{} : found->second;
      table.row()
          .add(notice_subject_label(subject))
          .add(cell_count(counts.posted))
          .add(cell_count(counts.overdue));
    }
    return table.take();
  }

 private:
  std::map<std::uint8_t, Counts> by_subject_;
};

void add_deliveries(ReportBuilder& out,
                    const ViewContext& context,
                    const World& world,
                    const std::string& id) {
  TableBuilder table(
      "deliveries", "送达签收", {{"customer", "客户"}, {"unit", "房屋"}, {"at", "签收时间"}});
  const std::string prefix = id + ":";
  for (const std::string& key : context.state_keys(StateKind::notice_receipt)) {
    const auto* delivery = key.starts_with(prefix) ? world.find<NoticeDeliveryState>(key) : nullptr;
    if (delivery != nullptr) {
      table.row()
          .add(cell_text(key.substr(prefix.size())), {delivery->index})
          .add(cell_text(delivery->unit))
          .add(delivery->at);
    }
  }
  out.table(table);
}

Result<Report> one_notice(const ViewContext& context, const std::string& id) {
  const Result<const World*> world = context.world_of({std::string(stream_prefix) + id});
  if (!world) {
    return fail(world.error());
  }
  const auto* notice = (*world)->find<NoticeState>(id);
  if (notice == nullptr) {
    return fail(ErrorCode::not_found, "notice");
  }
  TableBuilder table("notices", "发文", columns());
  add_row(table, context, id, *notice);
  ReportBuilder out(context);
  out.fact("date", "计算日期", context.date()).table(table);
  add_deliveries(out, context, **world, id);
  return out.take();
}

}  // namespace

Result<Report> view_notices(const ViewContext& context) {
  const std::string asked = context.argument("case");
  if (!asked.empty()) {
    return one_notice(context, asked);
  }
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const auto ids = context.keys_with_stream(StateKind::notice, stream_prefix);
  const PagedKeys part = page_of(ids, *page);
  TableBuilder table("notices", "发文", columns());
  std::vector<std::string> streams;
  for (const std::string& id : ids) {
    streams.push_back(std::string(stream_prefix) + id);
  }
  const Result<const World*> world = context.world_of(streams);
  if (!world) {
    return fail(world.error());
  }
  Disclosure disclosure;
  for (const std::string& id : ids) {
    disclosure.count((*world)->get<NoticeState>(id), context.date());
  }
  for (const std::string& id : part.keys) {
    add_row(table, context, id, (*world)->get<NoticeState>(id));
  }
  ReportBuilder out(context);
  out.fact("date", "计算日期", context.date())
      .fact("count", "通知数", cell_count(ids.size()))
      .fact("posted", "张贴中", cell_count(disclosure.total().posted))
      .fact("overdue", "过期未撤", cell_count(disclosure.total().overdue))
      .table(table)
      .table(disclosure.table())
      .next(part.next);
  return out.take();
}

}  // namespace juanzong
