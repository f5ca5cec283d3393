// SPDX-License-Identifier: Apache-2.0
// Reports written to files: all pages of a list as one report, as CSV or as a workbook.
#pragma once

#include "events/model/result.h"

#include "projections/views/query.h"
#include "projections/views/report_parse.h"

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

namespace juanzong::cli {

struct ReportFiles {
  std::string csv;
  std::string xlsx;
  bool force = false;
  [[nodiscard]] bool wanted() const { return !csv.empty() || !xlsx.empty(); }
};

// --csv, --xlsx, --force; `json` excludes them.
void add_file_options(CLI::App& command, CLI::Option& json, ReportFiles& files);

// environment: one of them exists and --force was not given. Asked before the view is.
[[nodiscard]] Outcome check_free(const ReportFiles& files);

// Files stand still while pages are asked; a server goes on: there, the pages of a list are asked
// as of the last record that its first answer rests on.
enum class ReportSource : bool { files, server };

struct PagedQuestion {
  std::string view;
  QueryArguments arguments;  // of the first page
  std::function<Result<ParsedReport>(const QueryArguments& page)> ask;
  ReportSource source = ReportSource::server;
};

// Follows `next` to the end, with progress on a terminal, and writes each file whole or not at
// all. The line that says what was written; errors of the question, of check_free and of the files.
[[nodiscard]] Result<std::string> write_report(const ReportFiles& files, PagedQuestion question);

}  // namespace juanzong::cli
