// SPDX-License-Identifier: Apache-2.0
// R10: what temporary parking took in a month, by day and by hour of the exit, and whether each fee
// is the tariff's. Rows are the list that the fold writes with every fee; a stop that was paid
// again after a reversal has two, one of them reversed.
#include "events/model/byte_io.h"
#include "events/procedures/charges.h"
#include "events/procedures/parking/parking_state.h"
#include "events/procedures/parking/stages.h"
#include "events/procedures/parking/temporary_tariff.h"

#include "projections/engine/row_keys.h"
#include "projections/views/report_builder.h"
#include "projections/views/views.h"

#include <charconv>
#include <map>

namespace juanzong {
namespace {

struct Taking {
  std::string key;
  CivilDate on;
  RecordIndex index{};
  std::string session_id;
  std::int64_t minutes = 0;
  Fen fee;
  std::string payment_id;
  bool reversed = false;
  bool by_tariff = false;
};

struct Sum {
  std::int64_t stops = 0;
  Fen taken;     // what stands
  Fen reversed;  // what was taken back
  Records records;
  void add(const Taking& taking) {
    ++stops;
    (taking.reversed ? reversed : taken) += taking.fee;
    records.push_back(taking.index);
  }
};

std::int64_t number_in(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// key: day|index|session; value: index u64 ‖ "minutes fen payment"
Taking parse_taking(std::string_view key, std::string_view value) {
  constexpr std::size_t date_size = 10;
  Taking taking;
  taking.key = key;
  taking.on = parse_date(key.substr(0, date_size)).value_or(CivilDate{});
  taking.session_id = key.substr(key.rfind('|') + 1);
  taking.index = RecordIndex{ByteReader(bytes_of(value)).take<std::uint64_t>()};
  const std::string_view words = value.substr(sizeof(std::uint64_t));
  const std::size_t first = words.find(' ');
  const std::size_t second = words.find(' ', first + 1);
  taking.minutes = number_in(words.substr(0, first));
  taking.fee = Fen{number_in(words.substr(first + 1, second - first - 1))};
  taking.payment_id = words.substr(second + 1);
  return taking;
}

// A reversed payment is never taken back, so only one that is reversed now need be looked up.
Result<bool> is_reversed(const ViewContext& context, const std::string& payment_id) {
  if (!context.newest().get<PaymentState>(payment_id).reversed) {
    return false;
  }
  const Result<const World*> world = context.case_world("", "payment:" + payment_id);
  if (!world) {
    return fail(world.error());
  }
  return (*world)->get<PaymentState>(payment_id).reversed;
}

// Entry and exit never change once recorded.
bool is_by_tariff(const ViewContext& context, const Taking& taking, const World& policy) {
  const auto session = context.newest().get<TemporaryParking>(taking.session_id);
  return taking.minutes == minutes_between(session.entered_at, session.exited_at) &&
         taking.fee == temporary_fee(temporary_tariff(policy, taking.on), taking.minutes);
}

Result<std::vector<Taking>> takings_of(const ViewContext& context, CivilMonth month) {
  std::vector<Taking> takings;
  const LedgerOrdinal ledger = context.source().ledger;
  const RowKey prefix = list_key(ledger, temporary_list, "");
  const RowKey from = list_key(ledger, temporary_list, to_text(first_day(month)));
  const RowKey end = list_key(ledger, temporary_list, to_text(add_days(last_day(month), 1)));
  context.source().rows.scan(from, end, [&](std::string_view key, std::string_view value) {
    Taking taking = parse_taking(key.substr(prefix.size()), value);
    if (taking.index <= context.upto()) {
      takings.push_back(std::move(taking));
    }
    return true;
  });
  for (Taking& taking : takings) {
    const Result<bool> reversed = is_reversed(context, taking.payment_id);
    if (!reversed) {
      return fail(reversed.error());
    }
    taking.reversed = *reversed;
  }
  const Result<const World*> policy = context.world_of({});
  if (!policy) {
    return fail(policy.error());
  }
  for (Taking& taking : takings) {
    taking.by_tariff = is_by_tariff(context, taking, **policy);
  }
  return takings;
}

// "14" for an exit between 14:00 and 15:00.
std::string hour_of(const ViewContext& context, const Taking& taking) {
  constexpr std::size_t hour_at = 11;
  const auto session = context.newest().get<TemporaryParking>(taking.session_id);
  return context.zone().to_text(session.exited_at).substr(hour_at, 2);
}

ReportTable sums_table(std::string_view key,
                       std::string_view zh,
                       const ReportColumn& by,
                       const std::map<std::string, Sum>& sums) {
  TableBuilder table(
      key, zh, {by, {"stops", "次数"}, {"takings_fen", "收费"}, {"reversed_fen", "已冲销"}});
  for (const auto& [name, sum] : sums) {
    table.row()
        .add(cell_text(name))
        .add(sum.stops, sum.records)
        .add(sum.taken, sum.records)
        .add(sum.reversed);
  }
  return table.take();
}

void add_stop(TableBuilder& table, const ViewContext& context, const Taking& taking) {
  const auto session = context.newest().get<TemporaryParking>(taking.session_id);
  table.row()
      .add(cell_text(taking.session_id))
      .add(session.entered_at, records_of(session.entered))
      .add(session.exited_at, records_of(session.exited))
      .add(taking.minutes)
      .add(taking.fee, {taking.index})
      .add(cell_text(taking.payment_id))
      .add(taking.by_tariff)
      .add(taking.reversed);
}

ReportTable stops_table(const ViewContext& context,
                        const std::vector<Taking>& takings,
                        const PagedKeys& part) {
  TableBuilder table("stops",
                     "临停",
                     {{"session_id", "临停编号"},
                      {"entered_at", "入场"},
                      {"exited_at", "出场"},
                      {"minutes", "分钟"},
                      {"fee_fen", "收费"},
                      {"payment_id", "收款编号"},
                      {"by_tariff", "符合标准"},
                      {"voided", "已冲销"}});
  for (const Taking& taking : takings) {
    if (std::ranges::binary_search(part.keys, taking.key)) {
      add_stop(table, context, taking);
    }
  }
  return table.take();
}

}  // namespace

Result<Report> view_parking_takings(const ViewContext& context) {
  const Result<CivilMonth> month = context.month();
  if (!month) {
    return fail(month.error());
  }
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const Result<std::vector<Taking>> takings = takings_of(context, *month);
  if (!takings) {
    return fail(takings.error());
  }
  Sum whole;
  bool all_by_tariff = true;
  std::map<std::string, Sum> days;
  std::map<std::string, Sum> hours;
  std::vector<std::string> keys;
  for (const Taking& taking : *takings) {
    whole.add(taking);
    days[to_text(taking.on)].add(taking);
    hours[hour_of(context, taking)].add(taking);
    all_by_tariff = all_by_tariff && taking.by_tariff;
    keys.push_back(taking.key);
  }
  const PagedKeys part = page_of(keys, *page);
  ReportBuilder out(context);
  out.fact("month", "月份", cell_text(to_text(*month)))
      .fact("count", "次数", whole.stops, whole.records)
      .fact("takings_fen", "收费合计", whole.taken, whole.records)
      .fact("reversed_fen", "已冲销合计", whole.reversed)
      .fact("by_tariff", "全部符合标准", all_by_tariff)
      .table(sums_table("days", "按日", {"date", "日期"}, days))
      .table(sums_table("hours", "按出场时段", {"hour", "时"}, hours))
      .table(stops_table(context, *takings, part))
      .next(part.next);
  return out.take();
}

}  // namespace juanzong
