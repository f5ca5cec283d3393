// SPDX-License-Identifier: Apache-2.0
// `juanzong clock`: what to do about a ledger whose records are ahead of the truth because the
// server's clock was. Two people sign; the record after theirs may be earlier again.
#include "events/log/record.h"

#include "tools/juanzong/append_reply.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/server_ledger.h"
#include "tools/juanzong/server_options.h"

#include <boost/json.hpp>

#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct ClockArguments {
  ServerOptions server;
  std::string second_key;
  std::string true_time;
  std::uint64_t wrong_from = 0;
  std::string fault;
  bool json = false;
};

// recorded_at of the newest record.
Result<UnixMicros> newest_stamp(const ServerOptions& options) {
  const auto session = ServerSession::open(options);
  if (!session) {
    return fail(session.error());
  }
  Client& client = (*session)->client();
  const Result<Bytes> bytes = read_record(client, RecordIndex{client.facts().tree_size - 1});
  const Result<RecordView> record = bytes ? parse_record(*bytes) : fail(bytes.error());
  return record ? Result<UnixMicros>(record->recorded_at) : fail(record.error());
}

std::string correction_line(const ClockArguments& arguments) {
  const boost::json::object body{
      {"true_time", arguments.true_time},
      {"wrong_from", boost::json::object{{"index", arguments.wrong_from}}},
      {"fault", arguments.fault}};
  return boost::json::serialize(boost::json::object{{"type", "ClockCorrected"}, {"body", body}});
}

void run_correct(const ClockArguments& arguments, CommandContext& context) {
  const Result<UnixMicros> newest = newest_stamp(arguments.server);
  const auto second = load_key(arguments.second_key);
  if (!newest || !second) {
    context.fail(newest ? second.error() : newest.error());
    return;
  }
  ServerOptions server = arguments.server;
  server.dated_at_least = *newest;
  const auto session = ServerSession::open(server, {*second});
  if (!session) {
    context.fail(session.error());
    return;
  }
  const AppendReply reply = (*session)->submitter().submit(correction_line(arguments));
  context.exit_code = exit_code_of(reply);
  if (arguments.json) {
    context.out << boost::json::serialize(reply_json(reply, false)) << "\n";
    return;
  }
  const bool done = context.exit_code == ExitCode::done;
  (done ? context.out : context.err) << reply_text(reply) << "\n";
}

}  // namespace

void register_clock(CLI::App& app, CommandContext& context) {
  CLI::App* clock = app.add_subcommand("clock", "时钟更正 / the ledger's clock");
  clock->require_subcommand(1);
  auto arguments = std::make_shared<ClockArguments>();
  CLI::App* command = clock->add_subcommand(
      "correct",
      "入卷时间超前于真实时间时更正,须两人签署 / records are ahead of the truth; two people sign");
  add_server_options(*command, arguments->server);
  command
      ->add_option("--second-key", arguments->second_key, "第二人的私钥 / the second signer's key")
      ->required();
  command->add_option("--true-time", arguments->true_time, "真实时间 RFC 3339 / the true time")
      ->required();
  command
      ->add_option("--wrong-from", arguments->wrong_from, "自第几条记录起有误 / first wrong record")
      ->required();
  command->add_option("--fault", arguments->fault, "BOOT_CLOCK, TIME_SOURCE, OPERATOR_ERROR, OTHER")
      ->required();
  command->add_flag("--json", arguments->json, "一个 JSON 对象 / one JSON object");
  command->footer(
      "示例 example:\n  juanzong clock correct --server 127.0.0.1:7621 --cert "
      "DIR/keys/tls.cert.pem "
      "--key founder.key --second-key S-CL.key --true-time 2026-03-01T09:00:00+08:00 "
      "--wrong-from 1204 --fault BOOT_CLOCK");
  command->callback([arguments, &context] { run_correct(*arguments, context); });
}

}  // namespace juanzong::cli
