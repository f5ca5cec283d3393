// SPDX-License-Identifier: Apache-2.0
// `juanzong import roster`: an owner roster (业主清册) from CSV. Nothing is sent unless every line
// of the file is right; each request is then recorded whole or not at all.
#include "crypto/sha256.h"

#include "events/storage/durable_file.h"

#include "tools/import/roster_file.h"
#include "tools/import/roster_requests.h"
#include "tools/juanzong/append_reply.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/server_options.h"
#include "tools/terminal/progress_bar.h"

#include <algorithm>
#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

constexpr std::size_t file_bytes_max = std::size_t{16} * 1024 * 1024;

struct ImportArguments {
  ServerOptions server;
  std::string file;
  std::string roster_id;
  std::string developer;
  std::size_t from_line = 0;
  bool dry_run = false;
  bool json = false;
};

class RosterImport {
 public:
  RosterImport(const ImportArguments& arguments, CommandContext& context)
      : arguments_(arguments), context_(context) {}

  void run() {
    const Result<Bytes> content = read_file(arguments_.file, file_bytes_max);
    if (!content) {
      context_.fail({ErrorCode::environment,
                     arguments_.file + ": 无法读取或过大 / cannot be read, or is too large"});
      return;
    }
    file_ = read_roster(*content);
    answer_["file"] = arguments_.file;
    answer_["encoding"] = file_.encoding;
    answer_["ignored_columns"] = boost::json::value_from(file_.ignored_columns);
    if (!file_.errors.empty()) {
      list_errors();
    } else {
      std::erase_if(file_.rows,
                    [this](const RosterRow& row) { return row.line < arguments_.from_line; });
      const RosterSource source{
          arguments_.roster_id, arguments_.developer, crypto::sha256(*content)};
      record(make_requests(file_.rows, source));
    }
    if (arguments_.json) {
      context_.out << boost::json::serialize(answer_) << "\n";
    }
  }

 private:
  void list_errors() {
    context_.exit_code = ExitCode::environment;
    boost::json::array& list = answer_["errors"].emplace_array();
    for (const LineError& error : file_.errors) {
      list.push_back(
          {{"line", error.line}, {"column", error.column}, {"zh", error.zh}, {"en", error.en}});
      if (!arguments_.json) {
        context_.err << arguments_.file << ": " << to_text(error) << "\n";
      }
    }
    if (!arguments_.json) {
      context_.err << "共 " << list.size() << " 处错误,未导入任何内容 / " << list.size()
                   << " errors; nothing was imported\n";
    }
  }

  void record(const std::vector<RosterRequest>& requests) {
    answer_["units"] = file_.rows.size();
    answer_["requests"] = requests.size();
    if (arguments_.dry_run) {
      say("检查通过,未提交 checked, not sent", file_.rows.size());
      return;
    }
    const auto session = ServerSession::open(arguments_.server);
    if (!session) {
      context_.fail(session.error());
      return;
    }
    send(**session, requests);
  }

  void send(ServerSession& session, const std::vector<RosterRequest>& requests) {
    terminal::ProgressBar bar("导入 importing", file_.rows.size());
    boost::json::array& records = answer_["records"].emplace_array();
    std::size_t recorded = 0;
    for (const RosterRequest& request : requests) {
      const AppendReply reply = session.submitter().submit(request.line);
      const auto* appended = std::get_if<message::Appended>(&reply);
      if (appended == nullptr) {
        answer_["recorded_units"] = recorded;
        stop_at(request, reply);
        return;
      }
      records.push_back({{"index", number(appended->first)}, {"count", appended->count}});
      recorded += request.rows.size();
      bar.update(recorded);
    }
    answer_["recorded_units"] = recorded;
    say("已导入 imported", recorded);
  }

  // Requests before this one stand: --from-line continues after them.
  void stop_at(const RosterRequest& request, const AppendReply& reply) {
    context_.exit_code = exit_code_of(reply);
    const boost::json::value why = reply_json(reply, false);
    for (const auto& member : why.get_object()) {
      answer_[member.key()] = member.value();
    }
    const auto* refused = std::get_if<message::Refused>(&reply);
    const bool one_line = refused != nullptr && refused->statement < request.rows.size();
    const std::size_t line = request.rows[one_line ? refused->statement : 0].line;
    answer_["line"] = line;
    answer_["continue_from_line"] = request.rows.front().line;
    if (!arguments_.json) {
      context_.err << arguments_.file << ": 第 " << line << " 行 line " << line << ": "
                   << reply_text(reply) << "\n"
                   << how_to_go_on(request.rows.front().line) << "\n";
    }
  }

  [[nodiscard]] std::string how_to_go_on(std::size_t line) const {
    const std::string from = std::to_string(line);
    return context_.exit_code == ExitCode::outcome_unknown
               ? "第 " + from +
                     " 行起可能已入卷,请先查 juanzong log --stream roster:" + arguments_.roster_id +
                     " / lines from " + from + " on may be recorded: look at that stream first"
               : "第 " + from + " 行起未导入;更正后用 --from-line " + from +
                     " 继续 / not imported from line " + from +
                     " on: correct the cause, then use --from-line " + from;
  }

  void say(std::string_view what, std::size_t units) {
    if (arguments_.json) {
      return;
    }
    context_.out << what << ": " << units << " 户 units (" << file_.encoding << ")\n";
    for (const std::string& name : file_.ignored_columns) {
      context_.out << "  未用的列 unused column: " << name << "\n";
    }
  }

  const ImportArguments& arguments_;
  CommandContext& context_;
  RosterFile file_;
  boost::json::object answer_;
};

void add_roster(CLI::App& import, CommandContext& context) {
  auto arguments = std::make_shared<ImportArguments>();
  CLI::App* command =
      import.add_subcommand("roster", "业主清册(CSV) / owner roster from CSV, UTF-8 or GB18030");
  command->add_option("file", arguments->file, "CSV 文件 / file")->required();
  add_server_options(*command, arguments->server);
  command->get_option("--server")->required(false);  // not for --dry-run
  command->add_option("--roster-id", arguments->roster_id, "清册编号 / id of the roster")
      ->required();
  command->add_option("--developer", arguments->developer, "建设单位 / developer")->required();
  command->add_option(
      "--from-line", arguments->from_line, "从该行起提交(续导) / send only from this line on");
  command->add_flag("--dry-run", arguments->dry_run, "只检查,不提交 / check, send nothing");
  command->add_flag("--json", arguments->json, "一个 JSON 对象 / one JSON object");
  command->footer(
      "列 columns: 栋, 单元, 楼层, 房号, 业主, 合同号;可选 optional: 面积 (m²), 电话\n"
      "示例 example:\n  juanzong import roster roster.csv --server 127.0.0.1:7621 "
      "--cert DIR/keys/tls.cert.pem --key S-ARC.key --roster-id R-2025-01 --developer DEV-1");
  command->callback([arguments, &context] { RosterImport(*arguments, context).run(); });
}

}  // namespace

void register_import(CLI::App& app, CommandContext& context) {
  CLI::App* import = app.add_subcommand("import", "导入外部文件 / import files of others");
  import->require_subcommand(1);
  add_roster(*import, context);
}

}  // namespace juanzong::cli
