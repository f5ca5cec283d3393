// SPDX-License-Identifier: Apache-2.0
#include "projections/views/report_parse.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace juanzong {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 7> frame_members = {
    "view", "title", "as_of", "records", "notes", "next", "labels"};

std::string text_or_empty(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains({key.data(), key.size()});
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

const json::object& object_or_empty(const json::object& object, std::string_view key) {
  static const json::object empty;
  const json::value* value = object.if_contains({key.data(), key.size()});
  return value != nullptr && value->is_object() ? value->get_object() : empty;
}

class ReportReader {
 public:
  Result<ParsedReport> read(const json::object& object) {
    labels_ = object_or_empty(object, "labels");
    ParsedReport parsed;
    Report& report = parsed.report;
    report.view = text_or_empty(object, "view");
    report.zh = text_or_empty(object_or_empty(object, "title"), "zh");
    report.en = text_or_empty(object_or_empty(object, "title"), "en");
    report.next = text_or_empty(object, "next");
    const bool framed = read_as_of(object_or_empty(object, "as_of"), report.as_of) &&
                        read_notes(object, report.notes) && !report.view.empty();
    if (!framed) {
      return fail(ErrorCode::malformed_frame, "report: view, as_of or notes");
    }
    const json::object& records = object_or_empty(object, "records");
    for (const auto& member : object) {
      const std::string key(member.key());
      if (std::ranges::find(frame_members, key) != frame_members.end()) {
        continue;
      }
      const bool read = member.value().is_array()
                            ? read_table(key, member.value().get_array(), report)
                            : read_fact(key, member.value(), records, report);
      if (!read) {
        return fail(ErrorCode::malformed_frame, "report: " + key);
      }
    }
    parsed.zone = zone();
    return parsed;
  }

 private:
  std::string label(const std::string& key, const std::string& otherwise) const {
    const std::string found = text_or_empty(labels_, key);
    return found.empty() ? otherwise : found;
  }

  // "2025-06-16T09:30:00.000000+08:00", as reports write instants; remembers the offset.
  std::optional<UnixMicros> instant_of(std::string_view text) {
    constexpr std::size_t size = 32;
    constexpr std::size_t sign = 26;
    const auto digit = [&text](std::size_t at) { return text[at] - '0'; };
    const bool shaped = text.size() == size && text[10] == 'T' && text[19] == '.' &&
                        (text[sign] == '+' || text[sign] == '-');
    const auto instant = shaped ? parse_instant(text) : std::nullopt;
    if (instant) {
      const int minutes = (digit(27) * 10 + digit(28)) * 60 + digit(30) * 10 + digit(31);
      offsets_[*instant] = minutes * (text[sign] == '-' ? -60 : 60);
    }
    return instant;
  }

  CivilZone zone() const {
    std::vector<ZoneRow> rows;
    for (const auto& [from, offset] : offsets_) {
      if (rows.empty() || rows.back().offset_seconds != offset) {
        rows.push_back({from, offset});
      }
    }
    return rows.empty() ? CivilZone() : CivilZone(std::move(rows));
  }

  bool read_as_of(const json::object& object, AsOf& as_of) {
    const auto at = instant_of(text_or_empty(object, "last_recorded_at"));
    const auto root = crypto::digest_from_hex(text_or_empty(object, "root"));
    const json::value* size = object.if_contains("tree_size");
    if (!at || !root || size == nullptr || !size->is_int64() || size->get_int64() < 0) {
      return false;
    }
    as_of.root = *root;
    as_of.ledger = text_or_empty(object, "ledger");
    as_of.origin = text_or_empty(object, "origin");
    as_of.tree_size = static_cast<std::uint64_t>(size->get_int64());
    as_of.last_recorded_at = *at;
    return true;
  }

  static bool read_notes(const json::object& object, std::vector<std::string>& notes) {
    const json::value* list = object.if_contains("notes");
    if (list == nullptr || !list->is_array()) {
      return false;
    }
    for (const json::value& note : list->get_array()) {
      if (!note.is_string()) {
        return false;
      }
      notes.emplace_back(note.get_string());
    }
    return true;
  }

  bool read_cell(const std::string& key,
                 const json::value& value,
                 const json::object& records,
                 Cell& cell) {
    if (value.is_int64()) {
      cell.value =
          key.ends_with("_fen") ? CellValue(Fen{value.get_int64()}) : CellValue(value.get_int64());
    } else if (value.is_bool()) {
      cell.value = value.get_bool();
    } else if (value.is_string()) {
      const std::string text(value.get_string());
      const auto instant = instant_of(text);
      cell.value = instant ? CellValue(*instant) : CellValue(text);
    } else if (value.is_object()) {
      cell.value = CellCode{text_or_empty(value.get_object(), "code"),
                            text_or_empty(value.get_object(), "zh")};
    } else if (!value.is_null()) {
      return false;
    }
    const json::value* list = records.if_contains(key);
    if (list == nullptr) {
      return true;
    }
    return list->is_array() &&
           std::ranges::all_of(list->get_array(), [&cell](const json::value& index) {
             const bool fits = index.is_int64() && index.get_int64() >= 0;
             cell.records.push_back(
                 RecordIndex{fits ? static_cast<std::uint64_t>(index.get_int64()) : 0});
             return fits;
           });
  }

  bool read_fact(const std::string& key,
                 const json::value& value,
                 const json::object& records,
                 Report& report) {
    ReportFact fact{key, label(key, key), {}};
    const bool read = read_cell(key, value, records, fact.cell);
    report.facts.push_back(std::move(fact));
    return read;
  }

  // Columns as the labels list them, else as the first row does.
  std::vector<ReportColumn> columns_of(const std::string& table, const json::array& rows) const {
    std::vector<ReportColumn> columns;
    for (const auto& member : labels_) {
      const std::string_view key(member.key().data(), member.key().size());
      if (key.starts_with(table + ".") && member.value().is_string()) {
        columns.push_back(
            {std::string(key.substr(table.size() + 1)), std::string(member.value().get_string())});
      }
    }
    if (columns.empty() && !rows.empty() && rows.front().is_object()) {
      for (const auto& member : rows.front().get_object()) {
        if (member.key() != "records") {
          columns.push_back({std::string(member.key()), std::string(member.key())});
        }
      }
    }
    return columns;
  }

  bool read_table(const std::string& key, const json::array& rows, Report& report) {
    ReportTable table{key, label(key, key), columns_of(key, rows), {}};
    for (const json::value& row : rows) {
      if (!row.is_object()) {
        return false;
      }
      const json::object& records = object_or_empty(row.get_object(), "records");
      std::vector<Cell>& cells = table.rows.emplace_back();
      for (const ReportColumn& column : table.columns) {
        const json::value* value = row.get_object().if_contains(column.key);
        if (value == nullptr || !read_cell(column.key, *value, records, cells.emplace_back())) {
          return false;
        }
      }
    }
    report.tables.push_back(std::move(table));
    return true;
  }

  json::object labels_;
  std::map<UnixMicros, std::int32_t> offsets_;
};

}  // namespace

Result<ParsedReport> report_from_json(std::string_view text) {
  json::error_code error;
  const json::value value = json::parse({text.data(), text.size()}, error);
  if (error || !value.is_object()) {
    return fail(ErrorCode::malformed_frame, "report: not a JSON object");
  }
  return ReportReader().read(value.get_object());
}

}  // namespace juanzong
