// SPDX-License-Identifier: Apache-2.0
// Reports as JSON, key by key in the order of the report, so that equal reports are equal bytes.
#include "crypto/hex.h"

#include "projections/views/report.h"

#include <boost/json.hpp>

#include <array>
#include <cstdio>
#include <type_traits>

namespace juanzong {
namespace {

namespace json = boost::json;

// "2025-06-16T09:30:00.000000+08:00"
std::string instant_text(UnixMicros at, const CivilZone& zone) {
  constexpr std::size_t date_size = 10;
  constexpr std::size_t time_size = 8;
  const std::string plain = zone.to_text(at);  // "2025-06-16 09:30:00 +08:00"
  const std::int64_t below = at.value % micros_per_second;
  std::array<char, 16> fraction{};
  std::snprintf(fraction.data(),
                fraction.size(),
                ".%06d",
                static_cast<int>(below < 0 ? below + micros_per_second : below));
  return plain.substr(0, date_size) + "T" + plain.substr(date_size + 1, time_size) +
         fraction.data() + plain.substr(date_size + time_size + 2);
}

json::value value_of(const CellValue& value, const CivilZone& zone) {
  return std::visit(
      [&zone](const auto& each) -> json::value {
        using T = std::decay_t<decltype(each)>;
        if constexpr (std::is_same_v<T, std::monostate>) {
          return nullptr;
        } else if constexpr (std::is_same_v<T, Fen>) {
          return each.value;
        } else if constexpr (std::is_same_v<T, CivilDate>) {
          return json::string(to_text(each));
        } else if constexpr (std::is_same_v<T, UnixMicros>) {
          return json::string(instant_text(each, zone));
        } else if constexpr (std::is_same_v<T, CellCode>) {
          return json::object{{"code", each.code}, {"zh", each.zh}};
        } else if constexpr (std::is_same_v<T, std::string>) {
          return json::string(each);
        } else {
          return each;
        }
      },
      value);
}

void add_cell(json::object& to,
              json::object& records,
              const std::string& key,
              const Cell& cell,
              const CivilZone& zone) {
  to[key] = value_of(cell.value, zone);
  if (!cell.records.empty()) {
    json::array indexes;
    for (const RecordIndex index : cell.records) {
      indexes.emplace_back(number(index));
    }
    records[key] = std::move(indexes);
  }
}

void close_records(json::object& to, json::object records) {
  if (!records.empty()) {
    to["records"] = std::move(records);
  }
}

json::array rows_of(const ReportTable& table, const CivilZone& zone) {
  json::array rows;
  for (const std::vector<Cell>& row : table.rows) {
    json::object object;
    json::object records;
    for (std::size_t i = 0; i < row.size(); ++i) {
      add_cell(object, records, table.columns[i].key, row[i], zone);
    }
    close_records(object, std::move(records));
    rows.emplace_back(std::move(object));
  }
  return rows;
}

json::object as_of_object(const AsOf& as_of, const CivilZone& zone) {
  return {{"ledger", as_of.ledger},
          {"origin", as_of.origin},
          {"tree_size", as_of.tree_size},
          {"root", crypto::hex_encode(as_of.root.view())},
          {"last_recorded_at", instant_text(as_of.last_recorded_at, zone)}};
}

json::object labels_of(const Report& report) {
  json::object labels;
  for (const ReportFact& fact : report.facts) {
    labels[fact.key] = fact.zh;
  }
  for (const ReportTable& table : report.tables) {
    labels[table.key] = table.zh;
    for (const ReportColumn& column : table.columns) {
      labels[table.key + "." + column.key] = column.zh;
    }
  }
  return labels;
}

}  // namespace

std::string to_json(const Report& report, const CivilZone& zone, Labels labels) {
  json::object object;
  object["view"] = report.view;
  object["title"] = json::object{{"zh", report.zh}, {"en", report.en}};
  object["as_of"] = as_of_object(report.as_of, zone);
  json::object records;
  for (const ReportFact& fact : report.facts) {
    add_cell(object, records, fact.key, fact.cell, zone);
  }
  for (const ReportTable& table : report.tables) {
    object[table.key] = rows_of(table, zone);
  }
  close_records(object, std::move(records));
  object["notes"] = json::value_from(report.notes);
  if (!report.next.empty()) {
    object["next"] = report.next;
  }
  if (labels == Labels::yes) {
    object["labels"] = labels_of(report);
  }
  return json::serialize(object);
}

}  // namespace juanzong
