// SPDX-License-Identifier: Apache-2.0
#include "events/storage/durable_file.h"

#include "projections/views/query.h"
#include "projections/views/report_parse.h"

#include "server/pipeline/clock.h"

#include "tools/juanzong/command.h"
#include "tools/juanzong/offline_ledger.h"
#include "tools/juanzong/query_proof.h"
#include "tools/juanzong/report_files.h"
#include "tools/juanzong/server_options.h"
#include "tools/terminal/report_text.h"

#include <boost/json.hpp>

#include <array>
#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

// Option and argument of query.h.
constexpr std::array<std::pair<const char*, const char*>, 11> named_arguments = {{
    {"--unit", "unit"},
    {"--deposit", "deposit"},
    {"--person", "person"},
    {"--case", "case"},
    {"--month", "month"},
    {"--as-of", "as_of"},
    {"--date", "date"},
    {"--limit", "limit"},
    {"--cursor", "cursor"},
    {"--case-ref", "case_ref"},
    {"--view-id", "view_id"},
}};

struct QueryCommand {
  std::string directory;
  ServerOptions server;
  std::string view;
  std::array<std::string, named_arguments.size()> values;
  std::vector<std::string> others;  // name=value
  bool json = false;
  std::string proof;  // file for the answer with what it rests on
  ReportFiles files;
};

Result<QueryArguments> arguments_of(const QueryCommand& command) {
  QueryArguments arguments;
  for (std::size_t i = 0; i < named_arguments.size(); ++i) {
    if (!command.values[i].empty()) {
      arguments.emplace(named_arguments[i].second, command.values[i]);
    }
  }
  for (const std::string& other : command.others) {
    const std::size_t equals = other.find('=');
    if (equals == std::string::npos) {
      return fail(ErrorCode::query_invalid, "--arg name=value");
    }
    arguments.emplace(other.substr(0, equals), other.substr(equals + 1));
  }
  return arguments;
}

std::string shown(const ParsedReport& answer) {
  return terminal::format_report(answer.report, answer.zone);
}

// What goes to standard output.
Result<std::string> ask_files(const QueryCommand& command, const QueryArguments& arguments) {
  const auto ledger = OfflineLedger::open(command.directory, command.server.ledger);
  if (!ledger) {
    return fail(ledger.error());
  }
  RoleSet auditor;
  auditor.add(Role::aud);
  const QuerySource source{(*ledger)->rows(),
                           (*ledger)->reader(),
                           catalogue(),
                           (*ledger)->ordinal(),
                           (*ledger)->head().name,
                           auditor,
                           {},
                           make_system_clock()->now()};
  const CivilZone& zone = (*ledger)->head().zone;
  const auto ask = [&](const QueryArguments& page) -> Result<ParsedReport> {
    Result<Report> report = run_query(source, command.view, page);
    return report ? Result<ParsedReport>(ParsedReport{*std::move(report), zone})
                  : fail(report.error());
  };
  if (command.files.wanted()) {
    return write_report(command.files, {command.view, arguments, ask, ReportSource::files});
  }
  const Result<ParsedReport> answer = ask(arguments);
  if (!answer) {
    return fail(answer.error());
  }
  return command.json ? to_json(answer->report, zone) + "\n" : shown(*answer);
}

Result<std::string> ask_server(const QueryCommand& command, const QueryArguments& arguments) {
  const auto session = ServerSession::open(command.server);
  if (!session) {
    return fail(session.error());
  }
  const auto ask_json = [&](const QueryArguments& page, Labels labels) {
    boost::json::object wanted;
    for (const auto& [name, value] : page) {
      wanted[name] = value;
    }
    if (labels == Labels::yes) {
      wanted["labels"] = "1";
    }
    return (*session)->client().query(command.view, boost::json::serialize(wanted));
  };
  const auto ask = [&](const QueryArguments& page) -> Result<ParsedReport> {
    const Result<std::string> answer = ask_json(page, Labels::yes);
    return answer ? report_from_json(*answer) : fail(answer.error());
  };
  if (command.files.wanted()) {
    return write_report(command.files, {command.view, arguments, ask, ReportSource::server});
  }
  if (command.json) {
    const Result<std::string> answer = ask_json(arguments, Labels::no);
    return answer ? *answer + "\n" : answer;
  }
  const Result<ParsedReport> answer = ask(arguments);
  return answer ? Result<std::string>(shown(*answer)) : fail(answer.error());
}

Result<AnswerProof> prove(const QueryCommand& command, const QueryArguments& arguments) {
  if (command.directory.empty()) {
    const auto session = ServerSession::open(command.server);
    return session ? prove_answer((*session)->client(), command.view, arguments)
                   : fail(session.error());
  }
  const auto ledger = OfflineLedger::open(command.directory, command.server.ledger);
  return ledger ? prove_answer(**ledger, command.view, arguments) : fail(ledger.error());
}

// The answer in the proof goes to standard output.
void run_proof(const QueryCommand& command,
               const QueryArguments& arguments,
               CommandContext& context) {
  const Result<AnswerProof> proof = prove(command, arguments);
  const Outcome written = proof ? write_file_durably(command.proof, bytes_of(to_text(*proof)))
                                : Outcome(fail(proof.error()));
  if (!written) {
    context.fail(written.error());
    return;
  }
  context.out << proof->answer << "\n";
}

void run_query_command(const QueryCommand& command, CommandContext& context) {
  const Result<QueryArguments> arguments = arguments_of(command);
  if (!arguments) {
    context.fail(arguments.error());
    return;
  }
  if (!command.proof.empty()) {
    run_proof(command, *arguments, context);
    return;
  }
  if (const Outcome free = check_free(command.files); !free) {
    context.fail(free.error());
    return;
  }
  const Result<std::string> answer =
      command.directory.empty() ? ask_server(command, *arguments) : ask_files(command, *arguments);
  if (!answer) {
    context.fail(answer.error());
    return;
  }
  context.out << *answer;
}

std::string view_list() {
  std::string text = "视图 views:\n";
  for (const ViewInfo& view : views()) {
    text += "  " + std::string(view.name) + "  " + std::string(view.zh) + "  " +
            std::string(view.arguments) + "\n";
  }
  return text;
}

}  // namespace

void register_query(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<QueryCommand>();
  CLI::App* command = app.add_subcommand("query", "查询视图 / ask a view");
  command->add_option("view", arguments->view, "视图名 / name of the view")->required();
  add_source_options(*command, arguments->directory, arguments->server);
  for (std::size_t i = 0; i < named_arguments.size(); ++i) {
    command->add_option(named_arguments[i].first, arguments->values[i]);
  }
  command->add_option("--arg", arguments->others, "其他参数 name=value / other arguments");
  CLI::Option* json =
      command->add_flag("--json", arguments->json, "一个 JSON 对象 / one JSON object");
  command
      ->add_option(
          "--proof",
          arguments->proof,
          "证明文件:答案及其所依据的记录,可离线重算 / file for the answer with the records "
          "it rests on (juanzong verify)")
      ->excludes(json);
  add_file_options(*command, *json, arguments->files);
  command->footer(
      view_list() +
      "示例 example:\n  juanzong query occupancy --data /srv/juanzong --month 2025-03\n"
      "  juanzong query units --server 127.0.0.1:7621 --cert tls.cert.pem --key S.key\n"
      "  juanzong query deposit --data /srv/juanzong --deposit D-1 --proof d1.answer-proof\n"
      "  juanzong query deposits --data /srv/juanzong --xlsx deposits.xlsx");
  command->callback([arguments, &context] { run_query_command(*arguments, context); });
}

}  // namespace juanzong::cli
