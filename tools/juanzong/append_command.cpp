// SPDX-License-Identifier: Apache-2.0
// `juanzong append`: one request a line. Whatever a line meets, the answer is one line of JSON, in
// the order of the input.
#include "tools/juanzong/append_reply.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/server_options.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <memory>

namespace juanzong::cli {
namespace {

struct AppendArguments {
  ServerOptions server;
  std::string file;
  bool json = false;
};

// Attachments are named relative to the file that names them.
ServerSession::ReadFile beside(const std::string& file) {
  const std::filesystem::path folder =
      file == "-" ? std::filesystem::path() : std::filesystem::path(file).parent_path();
  return [folder](std::string_view name) { return read_attachment_file((folder / name).string()); };
}

// After these the next line would fare no better, or the order of the lines would be lost.
bool ends_the_run(const AppendReply& reply) {
  static constexpr std::array codes{ErrorCode::outcome_unknown,
                                    ErrorCode::io_failure,
                                    ErrorCode::environment,
                                    ErrorCode::busy,
                                    ErrorCode::shutting_down,
                                    ErrorCode::writes_stopped,
                                    ErrorCode::storage_full,
                                    ErrorCode::not_authenticated};
  const auto* error = std::get_if<Error>(&reply);
  return error != nullptr && std::ranges::find(codes, error->code) != codes.end();
}

class AppendRun {
 public:
  AppendRun(ServerSession& session, const AppendArguments& arguments, CommandContext& context)
      : session_(session), arguments_(arguments), context_(context) {}

  void run(std::istream& in) {
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
      const std::size_t first = line.find_first_not_of(" \t\r");
      if (first == std::string::npos || line[first] == '#') {
        continue;
      }
      if (!append(line, line[first] == '[', number)) {
        return;
      }
    }
  }

 private:
  bool append(const std::string& line, bool is_list, std::size_t number) {
    Result<DraftRequest> draft = session_.builder().build(line);
    std::string request_id;
    AppendReply reply = Error{};
    if (draft) {
      request_id = to_text(draft->header.request_id);
      reply = session_.submitter().submit(std::move(*draft));
    } else {
      reply = draft.error();
    }
    boost::json::value out = reply_json(reply, is_list);
    if (exit_code_of(reply) == ExitCode::outcome_unknown) {
      out.get_object()["request_id"] = request_id;
    }
    context_.out << boost::json::serialize(out) << "\n" << std::flush;
    if (!arguments_.json && !std::holds_alternative<message::Appended>(reply)) {
      context_.err << arguments_.file << ":" << number << ": " << reply_text(reply) << "\n";
    }
    context_.exit_code = worse_of(context_.exit_code, exit_code_of(reply));
    return !ends_the_run(reply);
  }

  ServerSession& session_;
  const AppendArguments& arguments_;
  CommandContext& context_;
};

void run_append(const AppendArguments& arguments, CommandContext& context) {
  std::ifstream file;
  if (arguments.file != "-") {
    file.open(arguments.file);
    if (!file) {
      context.fail({ErrorCode::environment, arguments.file + ": 无法读取 / cannot be read"});
      return;
    }
  }
  const auto session = ServerSession::open(arguments.server, {}, beside(arguments.file));
  if (!session) {
    context.fail(session.error());
    return;
  }
  AppendRun(**session, arguments, context).run(arguments.file == "-" ? std::cin : file);
}

}  // namespace

void register_append(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<AppendArguments>();
  CLI::App* command =
      app.add_subcommand("append", "提交事项,每行一个请求 / append requests, one a line");
  command->add_option("events", arguments->file, "JSONL 文件,- 为标准输入 / file, - for stdin")
      ->required();
  add_server_options(*command, arguments->server);
  command->add_flag_callback(
      "--session",
      [arguments] { arguments->server.authentication = Authentication::session; },
      "不逐件签名,由登录会话认证,须项目参数允许 / unsigned: the login vouches, if the policy lets "
      "it");
  command->add_flag(
      "--json", arguments->json, "不向标准错误输出说明 / nothing for people on standard error");
  command->footer(
      "每行 each line: {\"type\":…,\"body\":{…}};一行一个数组则全部入卷或全部不入 / an array is "
      "all or nothing\n示例 example:\n  juanzong append --server 127.0.0.1:7621 "
      "--cert DIR/keys/tls.cert.pem --key S-CSA.key events.jsonl");
  command->callback([arguments, &context] { run_append(*arguments, context); });
}

}  // namespace juanzong::cli
