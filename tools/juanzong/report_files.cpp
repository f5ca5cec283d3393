// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/report_files.h"

#include "events/storage/durable_file.h"

#include "tools/spreadsheet/csv_report.h"
#include "tools/spreadsheet/report_pages.h"
#include "tools/spreadsheet/sheet_text.h"
#include "tools/spreadsheet/xlsx_report.h"
#include "tools/terminal/progress_bar.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace juanzong::cli {
namespace {

// The largest page that a view gives.
constexpr const char* rows_of_a_page = "1000";

bool takes(std::string_view view, std::string_view option) {
  const std::vector<ViewInfo> all = views();
  const auto found = std::ranges::find(all, view, &ViewInfo::name);
  return found != all.end() && found->arguments.find(option) != std::string_view::npos;
}

// What must not change from page to page: the records that count, and the business date.
void hold(const PagedQuestion& question, const ParsedReport& answer, QueryArguments& arguments) {
  const Report& first = answer.report;
  if (question.source == ReportSource::server) {
    arguments["as_of"] = std::to_string(first.as_of.tree_size - 1);
  }
  const auto date = std::ranges::find(first.facts, "date", &ReportFact::key);
  if (date != first.facts.end() && takes(question.view, "--date")) {
    arguments["date"] = spreadsheet::text_of(date->cell.value, answer.zone);
  }
}

Result<ParsedReport> ask_all(const PagedQuestion& question) {
  QueryArguments arguments = question.arguments;
  if (takes(question.view, "--limit")) {
    arguments.emplace("limit", rows_of_a_page);
  }
  Result<ParsedReport> whole = question.ask(arguments);
  if (!whole) {
    return whole;
  }
  if (whole->report.next.empty()) {
    return whole;
  }
  hold(question, *whole, arguments);
  if (question.source == ReportSource::server) {
    // Again, held as the others: "as of" may be judged by another instant than now.
    whole = question.ask(arguments);
    if (!whole) {
      return whole;
    }
  }
  const std::vector<std::size_t> first_rows = spreadsheet::row_counts(whole->report);
  terminal::ProgressBar progress("读取 rows", 0);
  while (!whole->report.next.empty()) {
    const std::string at = whole->report.next;
    arguments["cursor"] = at;
    Result<ParsedReport> page = question.ask(arguments);
    if (!page) {
      return page;
    }
    const Outcome joined =
        spreadsheet::join_page(whole->report, first_rows, std::move(page->report));
    if (!joined) {
      return fail(joined.error());
    }
    if (whole->report.next == at) {
      return fail(ErrorCode::corruption, "the cursor of the list does not move");
    }
    progress.update(spreadsheet::rows_of(whole->report));
  }
  return whole;
}

Outcome must_be_free(const std::string& file) {
  std::error_code ignored;
  if (!file.empty() && std::filesystem::exists(std::filesystem::path(file), ignored)) {
    return fail(ErrorCode::environment,
                file + " 已存在,加 --force 覆盖 / exists; --force replaces it");
  }
  return Done{};
}

Outcome place(const std::string& file, ByteView content, bool force) {
  if (force) {
    return write_file_durably(file, content);
  }
  const Outcome free = must_be_free(file);
  return free ? create_file_durably(file, content) : free;
}

}  // namespace

void add_file_options(CLI::App& command, CLI::Option& json, ReportFiles& files) {
  CLI::Option* csv =
      command.add_option("--csv", files.csv, "全部各页写入 CSV 文件 / all pages to a CSV file");
  CLI::Option* xlsx =
      command.add_option("--xlsx", files.xlsx, "全部各页写入工作簿 / all pages to a workbook");
  command.add_flag("--force", files.force, "覆盖已有文件 / replace existing files");
  csv->excludes(&json);
  xlsx->excludes(&json);
}

Outcome check_free(const ReportFiles& files) {
  if (files.force) {
    return Done{};
  }
  const Outcome csv = must_be_free(files.csv);
  return csv ? must_be_free(files.xlsx) : csv;
}

Result<std::string> write_report(const ReportFiles& files, PagedQuestion question) {
  const Result<ParsedReport> whole = ask_all(question);
  if (!whole) {
    return fail(whole.error());
  }
  std::string said;
  const std::string rows = std::to_string(spreadsheet::rows_of(whole->report));
  const auto written = [&](const std::string& file) {
    said += "已写入 written: " + file + ", " + rows + " 行 rows\n";
  };
  if (!files.csv.empty()) {
    const std::string text = spreadsheet::csv_report(whole->report, whole->zone);
    if (const Outcome put = place(files.csv, bytes_of(text), files.force); !put) {
      return fail(put.error());
    }
    written(files.csv);
  }
  if (!files.xlsx.empty()) {
    const Result<Bytes> book = spreadsheet::xlsx_report(whole->report, whole->zone);
    const Outcome put = book ? place(files.xlsx, *book, files.force) : fail(book.error());
    if (!put) {
      return fail(put.error());
    }
    written(files.xlsx);
  }
  return said;
}

}  // namespace juanzong::cli
