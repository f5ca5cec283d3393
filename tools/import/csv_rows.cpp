// SPDX-License-Identifier: Apache-2.0
#include "tools/import/csv_rows.h"

#include <algorithm>
#include <csv.h>
#include <utility>

namespace juanzong {
namespace {

class Parser {
 public:
  Parser() { csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI); }
  ~Parser() { csv_free(&parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  // One line with its line break; a row may go on in the next.
  [[nodiscard]] bool feed(std::string_view line, std::size_t number) {
    if (fields_.empty() && !quoted_) {
      row_line_ = number;
    }
    ended_ = false;
    if (csv_parse(&parser_, line.data(), line.size(), on_field, on_row, this) != line.size()) {
      return false;
    }
    quoted_ = !ended_ && line.find_first_not_of("\r\n \t") != std::string_view::npos;
    return rows.size() <= csv_rows_max;
  }
  [[nodiscard]] bool finish() { return csv_fini(&parser_, on_field, on_row, this) == CSV_SUCCESS; }
  [[nodiscard]] std::size_t row_line() const { return row_line_; }

  std::vector<CsvRow> rows;

 private:
  static void on_field(void* data, std::size_t size, void* self) {
    static_cast<Parser*>(self)->fields_.emplace_back(static_cast<const char*>(data), size);
  }
  static void on_row(int, void* self) {
    auto& parser = *static_cast<Parser*>(self);
    parser.rows.push_back({parser.row_line_, std::move(parser.fields_)});
    parser.fields_.clear();
    parser.ended_ = true;
  }

  csv_parser parser_{};
  std::vector<std::string> fields_;
  std::size_t row_line_ = 1;
  bool ended_ = false;
  bool quoted_ = false;  // the row goes on in the next line
};

LineError broken(std::size_t line) {
  return {line,
          "",
          "不符合 CSV 格式(RFC 4180),请检查引号",
          "this is not CSV by RFC 4180: check the quotes"};
}

}  // namespace

std::variant<std::vector<CsvRow>, LineError> parse_csv(std::string_view text) {
  Parser parser;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    if (!parser.feed(text.substr(0, end), ++number)) {
      return parser.rows.size() > csv_rows_max
                 ? LineError{number, "", "行数过多", "there are too many lines"}
                 : broken(number);
    }
    text.remove_prefix(end);
  }
  if (!parser.finish()) {
    return broken(parser.row_line());
  }
  return std::move(parser.rows);
}

}  // namespace juanzong
