// SPDX-License-Identifier: Apache-2.0
#include "tools/import/roster_columns.h"

#include "tools/import/text_decoding.h"

#include <algorithm>
#include <span>

namespace juanzong {
namespace {

struct ColumnNames {
  RosterColumn column;
  bool required;
  std::array<std::string_view, 7> names;  // the first is the one that messages use
};

constexpr std::array<ColumnNames, roster_column_count> columns = {{
    {RosterColumn::building, true, {"栋", "楼栋", "幢", "栋号", "幢号", "楼号", "楼栋号"}},
    {RosterColumn::entrance, true, {"单元", "门", "单元号", "门牌"}},
    {RosterColumn::floor, true, {"楼层", "层", "所在层", "所在楼层"}},
    {RosterColumn::room, true, {"房号", "室", "室号", "房间号", "房间"}},
    {RosterColumn::area, false, {"面积", "建筑面积", "建面", "产权面积"}},
    {RosterColumn::owner, true, {"业主", "业主姓名", "姓名", "产权人", "业主名称"}},
    {RosterColumn::phone, false, {"电话", "手机", "联系电话", "手机号", "手机号码", "联系方式"}},
    {RosterColumn::contract, true, {"合同号", "合同编号", "购房合同号", "买卖合同号"}},
}};

// "建筑面积(㎡)" means 建筑面积.
std::string plain_header(std::string_view cell) {
  std::string text = narrow(cell);
  text = text.substr(0, text.find('('));
  std::erase(text, ' ');
  return text;
}

const ColumnNames* find_column(const std::string& header) {
  const auto* found = std::ranges::find_if(columns, [&header](const ColumnNames& each) {
    return !header.empty() && std::ranges::find(each.names, header) != each.names.end();
  });
  return found == columns.end() ? nullptr : found;
}

}  // namespace

std::string_view name_of(RosterColumn column) {
  return columns.at(static_cast<std::size_t>(column)).names.front();
}

std::string_view RosterHeader::cell(const CsvRow& row, RosterColumn column) const {
  const auto place = places.at(static_cast<std::size_t>(column));
  return place && *place < row.fields.size() ? std::string_view(row.fields[*place])
                                             : std::string_view();
}

RosterHeader read_header(const CsvRow& row) {
  RosterHeader header;
  header.width = row.fields.size();
  for (std::size_t i = 0; i < row.fields.size(); ++i) {
    const std::string name = plain_header(row.fields[i]);
    const ColumnNames* column = find_column(name);
    if (column == nullptr) {
      if (!name.empty()) {
        header.ignored.push_back(name);
      }
      continue;
    }
    auto& place = header.places.at(static_cast<std::size_t>(column->column));
    if (place) {
      header.errors.push_back({row.line,
                               std::string(name_of(column->column)),
                               "该列出现两次",
                               "this column stands twice"});
    }
    place = i;
  }
  for (const ColumnNames& each : columns) {
    if (each.required && !header.places.at(static_cast<std::size_t>(each.column))) {
      header.errors.push_back({row.line,
                               std::string(name_of(each.column)),
                               "表头缺少该列",
                               "the header lacks this column"});
    }
  }
  return header;
}

}  // namespace juanzong
