// SPDX-License-Identifier: Apache-2.0
#include "tools/spreadsheet/xlsx_report.h"

#include "tools/spreadsheet/scratch_file.h"
#include "tools/spreadsheet/sheet_names.h"
#include "tools/spreadsheet/sheet_text.h"
#include "tools/spreadsheet/sheets.h"
#include "tools/terminal/text_width.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>
#include <xlsxwriter.h>

namespace juanzong::spreadsheet {
namespace {

constexpr std::int64_t exact_max = 1'000'000'000'000'000;  // the format shows 15 digits
constexpr std::int64_t day_of_epoch = 25'569;              // 1970-01-01
constexpr std::int64_t first_day_number = 61;              // 1900-03-01; 60 is a day that never was
constexpr std::int64_t seconds_per_day = 86'400;
constexpr double fen_per_yuan = 100;
constexpr std::size_t width_min = 8;
constexpr std::size_t width_max = 60;
constexpr std::size_t width_margin = 2;
constexpr std::size_t group_size = 3;

bool is_exact(std::int64_t number) {
  return -exact_max < number && number < exact_max;
}

// A report that came as JSON has its dates as texts; both kinds make the same workbook.
std::optional<CivilDate> date_in(const CellValue& value) {
  const auto* day = std::get_if<CivilDate>(&value);
  const auto* shown = std::get_if<std::string>(&value);
  return day != nullptr     ? std::optional<CivilDate>(*day)
         : shown != nullptr ? parse_date(*shown)
                            : std::nullopt;
}

struct Formats {
  explicit Formats(lxw_workbook* book)
      : heading(workbook_add_format(book)),
        money(workbook_add_format(book)),
        date(workbook_add_format(book)),
        instant(workbook_add_format(book)) {
    format_set_bold(heading);
    format_set_bottom(heading, LXW_BORDER_THIN);
    format_set_num_format(money, "#,##0.00");
    format_set_num_format(date, "yyyy-mm-dd");
    format_set_num_format(instant, "yyyy-mm-dd hh:mm:ss");
  }
  lxw_format* heading;
  lxw_format* money;
  lxw_format* date;
  lxw_format* instant;
};

class SheetWriter {
 public:
  SheetWriter(lxw_worksheet* sheet, const Formats& formats, const CivilZone& zone)
      : sheet_(sheet), formats_(formats), zone_(zone) {}

  // The first that fails ends it.
  lxw_error write(const ReportTable& table) {
    widths_.assign(table.columns.size(), width_min);
    for (std::size_t i = 0; i < table.columns.size() && error_ == LXW_NO_ERROR; ++i) {
      column_ = i;
      text(table.columns[i].zh, formats_.heading);
    }
    for (const std::vector<Cell>& row : table.rows) {
      ++row_;
      for (std::size_t i = 0; i < row.size() && error_ == LXW_NO_ERROR; ++i) {
        column_ = i;
        write(row[i].value);
      }
    }
    worksheet_freeze_panes(sheet_, 1, 0);
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet_, column, column, static_cast<double>(widths_[i]), nullptr);
    }
    return error_;
  }

 private:
  void write(const CellValue& value) {
    if (const auto* amount = std::get_if<Fen>(&value); amount && is_exact(amount->value)) {
      const std::size_t digits = text_of(value, zone_).size();
      number(static_cast<double>(amount->value) / fen_per_yuan,
             formats_.money,
             digits + digits / group_size);
    } else if (const auto* count = std::get_if<std::int64_t>(&value); count && is_exact(*count)) {
      number(static_cast<double>(*count), nullptr, std::to_string(*count).size());
    } else if (const auto day = date_in(value)) {
      days(value, day->days, 0, formats_.date);
    } else if (const auto* at = std::get_if<UnixMicros>(&value)) {
      const std::int64_t local = at->value + zone_.offset_seconds_at(*at) * micros_per_second;
      const std::int64_t local_day = zone_.date_of(*at).days;
      const std::int64_t second = (local - local_day * micros_per_day) / micros_per_second;
      days(value, local_day, second, formats_.instant);
    } else {
      text(text_of(value, zone_), nullptr);
    }
  }

  void days(const CellValue& value, std::int64_t day, std::int64_t second, lxw_format* format) {
    const std::string shown = text_of(value, zone_);
    const std::int64_t serial = day + day_of_epoch;
    if (serial < first_day_number) {
      text(shown, nullptr);
      return;
    }
    number(static_cast<double>(serial) +
               static_cast<double>(second) / static_cast<double>(seconds_per_day),
           format,
           shown.size());
  }

  void number(double number, lxw_format* format, std::size_t width) {
    note(worksheet_write_number(sheet_, row_, column(), number, format));
    widen(width);
  }

  void text(const std::string& text, lxw_format* format) {
    note(worksheet_write_string(sheet_, row_, column(), text.c_str(), format));
    widen(terminal::text_width(text));
  }

  void widen(std::size_t width) {
    widths_[column_] = std::clamp(width + width_margin, widths_[column_], width_max);
  }
  void note(lxw_error error) {
    if (error_ == LXW_NO_ERROR) {
      error_ = error;
    }
  }
  [[nodiscard]] lxw_col_t column() const { return static_cast<lxw_col_t>(column_); }

  lxw_worksheet* sheet_;
  const Formats& formats_;
  const CivilZone& zone_;
  lxw_row_t row_ = 0;
  std::size_t column_ = 0;
  std::vector<std::size_t> widths_;
  lxw_error error_ = LXW_NO_ERROR;
};

Error error_of(lxw_error error, const std::string& place) {
  const bool limit = error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED ||
                     error == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE;
  return {limit ? ErrorCode::limit_exceeded : ErrorCode::environment,
          place + ": " + lxw_strerror(error)};
}

void describe(lxw_workbook* book, const Report& report) {
  std::string title = report.zh;
  std::string subject = report.en;
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.subject = subject.data();
  properties.created = static_cast<time_t>(report.as_of.last_recorded_at.value / micros_per_second);
  workbook_set_properties(book, &properties);
}

// The sheets that the format cannot hold end in an error; the workbook is closed in any case.
Outcome fill(lxw_workbook* book, const Report& report, const CivilZone& zone) {
  describe(book, report);
  const Formats formats(book);
  const std::vector<ReportTable> tables = sheets_of(report, zone);
  const std::vector<std::string> names = sheet_names(tables);
  Outcome filled = Done{};
  for (std::size_t i = 0; i < tables.size() && filled; ++i) {
    lxw_worksheet* sheet = workbook_add_worksheet(book, names[i].c_str());
    const lxw_error error = sheet == nullptr ? LXW_ERROR_SHEETNAME_ALREADY_USED
                                             : SheetWriter(sheet, formats, zone).write(tables[i]);
    if (error != LXW_NO_ERROR) {
      filled = fail(error_of(error, names[i]));
    }
  }
  const lxw_error closed = workbook_close(book);
  return filled && closed != LXW_NO_ERROR ? fail(error_of(closed, "xlsx")) : filled;
}

}  // namespace

Result<Bytes> xlsx_report(const Report& report, const CivilZone& zone) {
  const ScratchFile scratch;
  lxw_workbook* book = scratch.path().empty() ? nullptr : workbook_new(scratch.path().c_str());
  if (book == nullptr) {
    return fail(ErrorCode::environment, "xlsx");
  }
  if (const Outcome filled = fill(book, report, zone); !filled) {
    return fail(filled.error());
  }
  return scratch.content();
}

}  // namespace juanzong::spreadsheet
