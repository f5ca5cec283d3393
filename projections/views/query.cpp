// SPDX-License-Identifier: Apache-2.0
// Resolves the moment once for all views, and lets in who may ask.
#include "projections/views/query.h"

#include "events/log/record.h"

#include "projections/views/view_table.h"

#include <algorithm>
#include <charconv>

namespace juanzong {
namespace {

bool takes(const ViewRow& row, std::string_view name) {
  return !name.empty() && name.find(' ') == std::string_view::npos &&
         row.names.find(" " + std::string(name) + " ") != std::string_view::npos;
}

std::string_view argument_of(const QueryArguments& arguments, std::string_view name) {
  const auto found = arguments.find(name);
  return found == arguments.end() ? std::string_view{} : std::string_view(found->second);
}

// The last record that counts: an index of the ledger, or the last one recorded before the end of
// a civil day.
Result<RecordIndex> last_counted(const QuerySource& source,
                                 const LedgerHead& head,
                                 std::string_view as_of) {
  if (as_of.empty()) {
    return RecordIndex{head.size() - 1};
  }
  if (const auto day = parse_date(as_of)) {
    const RecordIndex last = source.records.last_of_day(*day);
    return last == no_index ? Result<RecordIndex>(fail(ErrorCode::query_invalid, "as_of")) : last;
  }
  std::uint64_t index = 0;
  const auto [end, error] = std::from_chars(as_of.data(), as_of.data() + as_of.size(), index);
  if (error != std::errc{} || end != as_of.data() + as_of.size() || index >= head.size()) {
    return fail(ErrorCode::query_invalid, "as_of");
  }
  return RecordIndex{index};
}

Result<AsOf> as_of_record(const QuerySource& source, const LedgerHead& head, RecordIndex upto) {
  const Result<Bytes> bytes = source.records.record(upto);
  if (!bytes) {
    return fail(bytes.error());
  }
  const Result<RecordView> record = parse_record(*bytes);
  if (!record) {
    return fail(record.error());
  }
  const Result<crypto::Digest> root = source.records.root(number(upto) + 1);
  if (!root) {
    return fail(root.error());
  }
  return AsOf{head.name, head.origin, number(upto) + 1, *root, record->recorded_at};
}

Result<CivilDate> business_date(const QuerySource& source,
                                const LedgerHead& head,
                                const QueryArguments& arguments) {
  const std::string_view date = argument_of(arguments, "date");
  const auto day = date.empty() ? head.zone.date_of(source.now) : parse_date(date);
  return day ? Result<CivilDate>(*day) : fail(ErrorCode::query_invalid, "date");
}

Result<ViewMoment> known_moment(const QuerySource& source,
                                const LedgerHead& head,
                                const QueryArguments& arguments) {
  const Result<CivilDate> day = business_date(source, head, arguments);
  if (!day) {
    return fail(day.error());
  }
  if (!argument_of(arguments, "as_of").empty()) {
    return fail(ErrorCode::query_invalid, "as_of");
  }
  const AsOf& as_of = *source.known_as_of;
  return ViewMoment{as_of, head.zone, RecordIndex{as_of.tree_size - 1}, true, *day};
}

Result<ViewMoment> resolve_moment(const QuerySource& source, const QueryArguments& arguments) {
  const Result<LedgerHead> head = source.records.head();
  if (!head) {
    return fail(head.error());
  }
  if (head->size() == 0) {
    return fail(ErrorCode::not_found, "record 0");
  }
  const std::string_view as_of = argument_of(arguments, "as_of");
  if (source.known_as_of != nullptr) {
    return known_moment(source, *head, arguments);
  }
  const Result<RecordIndex> upto = last_counted(source, *head, as_of);
  if (!upto) {
    return fail(upto.error());
  }
  const Result<CivilDate> day = business_date(source, *head, arguments);
  if (!day) {
    return fail(day.error());
  }
  Result<AsOf> rests_on = as_of_record(source, *head, *upto);
  if (!rests_on) {
    return fail(rests_on.error());
  }
  return ViewMoment{*std::move(rests_on), head->zone, *upto, !as_of.empty(), *day};
}

}  // namespace

Result<Report> run_query(const QuerySource& source,
                         std::string_view view,
                         const QueryArguments& arguments) {
  const std::span<const ViewRow> table = view_table();
  const auto row =
      std::ranges::find_if(table, [view](const ViewRow& each) { return each.info.name == view; });
  if (row == table.end()) {
    return fail(ErrorCode::not_found, "view");
  }
  if (!source.roles.intersects(roles_from_codes(row->info.roles).value_or(RoleSet{}))) {
    return fail(ErrorCode::not_permitted, std::string(view));
  }
  for (const auto& [name, value] : arguments) {
    if (!takes(*row, name)) {
      return fail(ErrorCode::query_invalid, "unknown argument");
    }
  }
  Result<ViewMoment> moment = resolve_moment(source, arguments);
  if (!moment) {
    return fail(moment.error());
  }
  Result<Report> report = row->run(ViewContext(source, arguments, *std::move(moment)));
  if (report) {
    report->view = row->info.name;
    report->zh = row->info.zh;
    report->en = row->en;
  }
  return report;
}

std::vector<ViewInfo> views() {
  std::vector<ViewInfo> list;
  for (const ViewRow& row : view_table()) {
    list.push_back(row.info);
  }
  return list;
}

}  // namespace juanzong
