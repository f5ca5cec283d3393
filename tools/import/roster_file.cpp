// SPDX-License-Identifier: Apache-2.0
#include "tools/import/roster_file.h"

#include "events/procedures/body_inspection.h"

#include "tools/import/csv_rows.h"
#include "tools/import/roster_columns.h"
#include "tools/import/roster_values.h"
#include "tools/import/text_decoding.h"

#include <algorithm>
#include <map>
#include <span>

namespace juanzong {
namespace {

constexpr std::size_t owner_bytes_max = 240;

struct Complaint {
  const char* zh;
  const char* en;
};
constexpr Complaint is_empty{"不能为空", "must not be empty"};
constexpr Complaint bad_part{"只能含字母、数字、点和下划线", "letters, digits, '.' and '_' only"};
constexpr Complaint bad_floor{"应为不等于 0 的整数", "an integer other than 0 is expected"};
constexpr Complaint bad_area{"应为平方米数,至多四位小数", "square metres with at most 4 decimals"};
constexpr Complaint bad_phone{"不像手机号或带区号的座机号",
                              "neither a mobile number nor a landline with its area code"};
constexpr Complaint bad_contract{"只能含字母、数字、点、下划线和连字符,至多 64 个",
                                 "letters, digits, '.', '_' and '-' only, at most 64"};
constexpr Complaint too_long{"过长", "is too long"};

class RowReader {
 public:
  RowReader(const RosterHeader& header, RosterFile& file) : header_(header), file_(file) {}

  void read(const CsvRow& row) {
    const std::size_t errors_before = file_.errors.size();
    row_ = &row;
    check_width();
    RosterRow made;
    made.line = row.line;
    made.building = required(RosterColumn::building, unit_part, bad_part);
    made.entrance = required(RosterColumn::entrance, unit_part, bad_part);
    made.room = required(RosterColumn::room, unit_part, bad_part);
    made.floor = required(RosterColumn::floor, floor_number, bad_floor);
    made.area_cm2 = optional(RosterColumn::area, area_cm2, bad_area);
    made.owner = owner();
    made.phone = optional(RosterColumn::phone, phone_number, bad_phone).value_or("");
    made.contract_no = required(RosterColumn::contract, contract_number, bad_contract);
    if (file_.errors.size() == errors_before && is_new(made)) {
      file_.rows.push_back(std::move(made));
    }
  }

 private:
  void complain(std::string_view column, const Complaint& what) {
    file_.errors.push_back({row_->line, std::string(column), what.zh, what.en});
  }

  void check_width() {
    const auto& fields = row_->fields;
    const bool more = fields.size() > header_.width &&
                      std::ranges::any_of(std::span(fields).subspan(header_.width),
                                          [](const std::string& field) { return !field.empty(); });
    if (more) {
      complain("", {"比表头多出了列", "there are more cells than the header has"});
    }
  }

  template <class Value>
  std::optional<Value> optional(RosterColumn column,
                                std::optional<Value> (*parse)(std::string_view),
                                const Complaint& otherwise) {
    const std::string text = narrow(header_.cell(*row_, column));
    if (text.empty()) {
      return std::nullopt;
    }
    std::optional<Value> value = parse(text);
    if (!value) {
      complain(name_of(column), otherwise);
    }
    return value;
  }

  template <class Value>
  Value required(RosterColumn column,
                 std::optional<Value> (*parse)(std::string_view),
                 const Complaint& otherwise) {
    if (narrow(header_.cell(*row_, column)).empty()) {
      complain(name_of(column), is_empty);
      return {};
    }
    return optional(column, parse, otherwise).value_or(Value{});
  }

  std::string owner() {
    std::string name = trimmed(header_.cell(*row_, RosterColumn::owner));
    if (name.empty()) {
      complain(name_of(RosterColumn::owner), is_empty);
    } else if (name.size() > owner_bytes_max || !has_format(name, TextFormat::free)) {
      complain(name_of(RosterColumn::owner), too_long);
    }
    return name;
  }

  bool is_new(const RosterRow& made) {
    if (!has_format(made.unit(), TextFormat::unit)) {
      complain(name_of(RosterColumn::room), too_long);
      return false;
    }
    const auto [at, first] = lines_.try_emplace(made.unit(), made.line);
    if (!first) {
      const std::string line = std::to_string(at->second);
      file_.errors.push_back({made.line,
                              std::string(name_of(RosterColumn::room)),
                              "与第 " + line + " 行是同一房屋",
                              "the same unit as in line " + line});
    }
    return first;
  }

  const RosterHeader& header_;
  RosterFile& file_;
  const CsvRow* row_ = nullptr;
  std::map<std::string, std::size_t> lines_;
};

bool is_blank(const CsvRow& row) {
  return std::ranges::all_of(row.fields,
                             [](const std::string& field) { return trimmed(field).empty(); });
}

}  // namespace

RosterFile read_roster(ByteView content) {
  RosterFile file;
  const auto text = decode_text(content);
  if (const auto* error = std::get_if<LineError>(&text)) {
    file.errors.push_back(*error);
    return file;
  }
  file.encoding = std::get<DecodedText>(text).encoding;
  auto parsed = parse_csv(std::get<DecodedText>(text).utf8);
  if (const auto* error = std::get_if<LineError>(&parsed)) {
    file.errors.push_back(*error);
    return file;
  }
  auto& rows = std::get<std::vector<CsvRow>>(parsed);
  std::erase_if(rows, is_blank);
  if (rows.size() < 2) {
    file.errors.push_back({0, "", "没有数据行", "there are no rows"});
    return file;
  }
  const RosterHeader header = read_header(rows.front());
  file.ignored_columns = header.ignored;
  file.errors = header.errors;
  if (!file.errors.empty()) {
    return file;
  }
  RowReader reader(header, file);
  std::ranges::for_each(std::span(rows).subspan(1),
                        [&reader](const CsvRow& row) { reader.read(row); });
  return file;
}

}  // namespace juanzong
