// SPDX-License-Identifier: Apache-2.0
#include "server/pipeline/clock.h"

#include "tools/juanzong/command.h"
#include "tools/juanzong/new_data.h"

#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct InitArguments {
  NewData wanted;
  std::string directory;
  std::string clock_file;
};

void run_init(InitArguments& arguments, CommandContext& context) {
  NewData& wanted = arguments.wanted;
  if (!arguments.clock_file.empty() && !wanted.origin.starts_with(test_origin_prefix)) {
    context.fail({ErrorCode::environment, "--clock: only for origins that start with \"test.\""});
    return;
  }
  const std::unique_ptr<Clock> clock =
      arguments.clock_file.empty() ? make_system_clock() : make_file_clock(arguments.clock_file);
  wanted.directory = arguments.directory;
  wanted.now = clock->now();
  const Result<std::string> key = create_data(wanted);
  if (!key) {
    context.fail(key.error());
    return;
  }
  context.out << *key << "\n";
  context.err << "已建立卷宗 " << wanted.ledger << ":" << arguments.directory
              << "\n请将上面的验证公钥另行保存并交给核对人;keys/vault.kek 须另行备份。\n"
              << "created ledger " << wanted.ledger
              << "; keep the verifier key above elsewhere and back up keys/vault.kek apart.\n";
}

}  // namespace

void register_init(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<InitArguments>();
  CLI::App* command = app.add_subcommand("init", "新建数据目录与第一个卷宗 / new data directory");
  command->add_option("--data", arguments->directory, "数据目录,须不存在 / must not exist")
      ->required();
  command->add_option("--ledger", arguments->wanted.ledger, "卷宗名 / name of the ledger")
      ->required();
  command->add_option("--origin", arguments->wanted.origin, "来源标识 / origin, a name like a URL")
      ->required();
  command->add_option("--timezone", arguments->wanted.timezone, "时区 / zone")
      ->capture_default_str();
  command
      ->add_option("--founder", arguments->wanted.founder, "创建人工号 / staff id of the founder")
      ->capture_default_str();
  command->add_option("--clock", arguments->clock_file, "测试时钟文件 / clock file, for tests");
  command->footer(
      "示例 example:\n  juanzong init --data /srv/juanzong --ledger jinxiu "
      "--origin records.example.cn/jinxiu");
  command->callback([arguments, &context] { run_init(*arguments, context); });
}

}  // namespace juanzong::cli
