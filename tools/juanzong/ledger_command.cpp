// SPDX-License-Identifier: Apache-2.0
// `juanzong ledger`: the ledgers of a data directory. A command of its own beside `init`, which
// makes a directory and therefore refuses one that exists: a mistyped --data must not become a
// second ledger in somebody else's.
#include "server/pipeline/clock.h"

#include "tools/juanzong/add_ledger.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/new_ledger_options.h"
#include "tools/juanzong/offline_ledger.h"
#include "tools/juanzong/server_key.h"
#include "tools/terminal/text_table.h"

#include <boost/json.hpp>

#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct AddArguments {
  AddLedger wanted;
  std::string clock_file;
};

struct ListArguments {
  std::string directory;
  bool json = false;
};

void run_add(AddArguments& arguments, CommandContext& context) {
  AddLedger& wanted = arguments.wanted;
  if (const Outcome set = set_founding_time(wanted, arguments.clock_file); !set) {
    context.fail(set.error());
    return;
  }
  const Result<AddedLedger> added = add_ledger(wanted);
  if (!added) {
    context.fail(added.error());
    return;
  }
  context.out << added->verifier_key << "\n";
  for (const std::filesystem::path& file : added->set_aside) {
    context.err << "此前中断留下的密钥已另存 / keys of an interrupted attempt, set aside: "
                << file.string() << "\n";
  }
  context.err << "已增设卷宗 " << wanted.ledger << ":" << wanted.directory.string()
              << "\n请将上面的验证公钥另行保存并交给核对人;创建人密钥 "
              << added->files.founder_key.string() << " 应移交本人保管。\nadded ledger "
              << wanted.ledger
              << "; keep the verifier key above elsewhere and hand the founder's key over.\n";
}

std::string json_line(const LedgerEntry& ledger) {
  return boost::json::serialize(boost::json::object{{"ledger", ledger.head.name},
                                                    {"origin", ledger.head.origin},
                                                    {"records", ledger.head.size()},
                                                    {"vkey", ledger.verifier_key}}) +
         "\n";
}

std::string table_of(const std::vector<LedgerEntry>& ledgers) {
  std::vector<std::vector<std::string>> rows;
  for (const LedgerEntry& ledger : ledgers) {
    rows.push_back({ledger.head.name,
                    ledger.head.origin,
                    std::to_string(ledger.head.size()),
                    ledger.verifier_key});
  }
  return terminal::format_table({{"卷宗 ledger"},
                                 {"来源标识 origin"},
                                 {"记录 records", terminal::Align::right},
                                 {"验证公钥 verifier key"}},
                                rows);
}

void run_list(const ListArguments& arguments, CommandContext& context) {
  const Result<std::unique_ptr<OfflineData>> data = open_offline(arguments.directory);
  if (!data) {
    context.fail(data.error());
    return;
  }
  const std::vector<LedgerEntry> ledgers = list_ledgers(DerivedRows::Snapshot((*data)->rows()));
  if (!arguments.json) {
    context.out << table_of(ledgers);
    return;
  }
  for (const LedgerEntry& ledger : ledgers) {
    context.out << json_line(ledger);
  }
}

void register_add(CLI::App& ledger, CommandContext& context) {
  auto arguments = std::make_shared<AddArguments>();
  CLI::App* command = ledger.add_subcommand(
      "add", "在数据目录中增设卷宗,须先停服 / one more ledger; no server runs");
  command->add_option("--data", arguments->wanted.directory, "数据目录 / data directory")
      ->required();
  add_new_ledger_options(*command, arguments->wanted, arguments->clock_file);
  command->add_flag(
      "--accept-clock",
      arguments->wanted.clock_accepted,
      "时钟已核对无误 / the clock was checked: it may be 31 days past the last record");
  command->footer(
      "示例 example:\n  juanzong ledger add --data /srv/juanzong --ledger yunhe "
      "--origin records.example.cn/yunhe");
  command->callback([arguments, &context] { run_add(*arguments, context); });
}

void register_list(CLI::App& ledger, CommandContext& context) {
  auto arguments = std::make_shared<ListArguments>();
  CLI::App* command = ledger.add_subcommand("list", "列出卷宗 / list the ledgers");
  command->add_option("--data", arguments->directory, "数据目录 / data directory")->required();
  command->add_flag("--json", arguments->json, "每个卷宗一个 JSON 对象 / one JSON object a ledger");
  command->footer("示例 example:\n  juanzong ledger list --data /srv/juanzong");
  command->callback([arguments, &context] { run_list(*arguments, context); });
}

void run_server_key(const NewServerKey& wanted, CommandContext& context) {
  NewServerKey dated = wanted;
  dated.now = make_system_clock()->now();
  const Result<std::filesystem::path> file = replace_server_key(dated);
  if (!file) {
    context.fail(file.error());
    return;
  }
  context.out << file->string() << "\n";
  context.err
      << "服务器已换用新密钥,旧密钥自该记录起失效 / the server has a new key; the one before "
         "ended with that record\n";
}

void register_server_key(CLI::App& ledger, CommandContext& context) {
  auto wanted = std::make_shared<NewServerKey>();
  CLI::App* command = ledger.add_subcommand(
      "server-key",
      "更换服务器自己的密钥(SYS),须先停服 / a new key for the server itself; no server runs");
  command->add_option("--data", wanted->directory, "数据目录 / data directory")->required();
  command->add_option("--ledger", wanted->ledger, "卷宗名 / name of the ledger");
  command->add_option("--key", wanted->administrator, "系统管理员的私钥 / an administrator's key")
      ->required();
  command->footer(
      "示例 example:\n  juanzong ledger server-key --data /srv/juanzong --ledger yunhe "
      "--key founder.key");
  command->callback([wanted, &context] { run_server_key(*wanted, context); });
}

}  // namespace

void register_ledger(CLI::App& app, CommandContext& context) {
  CLI::App* command =
      app.add_subcommand("ledger", "卷宗的增设与清单 / ledgers of a data directory");
  command->require_subcommand(1);
  register_add(*command, context);
  register_list(*command, context);
  register_server_key(*command, context);
}

}  // namespace juanzong::cli
