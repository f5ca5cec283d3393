// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/command.h"
#include "tools/juanzong/new_data.h"
#include "tools/juanzong/new_ledger_options.h"

#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct InitArguments {
  NewData wanted;
  std::string clock_file;
};

void run_init(InitArguments& arguments, CommandContext& context) {
  NewData& wanted = arguments.wanted;
  if (const Outcome set = set_founding_time(wanted, arguments.clock_file); !set) {
    context.fail(set.error());
    return;
  }
  const Result<std::string> key = create_data(wanted);
  if (!key) {
    context.fail(key.error());
    return;
  }
  context.out << *key << "\n";
  context.err << "已建立卷宗 " << wanted.ledger << ":" << wanted.directory.string()
              << "\n请将上面的验证公钥另行保存并交给核对人;keys/vault.kek 须另行备份。\n"
              << "created ledger " << wanted.ledger
              << "; keep the verifier key above elsewhere and back up keys/vault.kek apart.\n";
}

}  // namespace

void register_init(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<InitArguments>();
  CLI::App* command = app.add_subcommand("init", "新建数据目录与第一个卷宗 / new data directory");
  command->add_option("--data", arguments->wanted.directory, "数据目录,须不存在 / must not exist")
      ->required();
  add_new_ledger_options(*command, arguments->wanted, arguments->clock_file);
  command->footer(
      "示例 example:\n  juanzong init --data /srv/juanzong --ledger jinxiu "
      "--origin records.example.cn/jinxiu");
  command->callback([arguments, &context] { run_init(*arguments, context); });
}

}  // namespace juanzong::cli
