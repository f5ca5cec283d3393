// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/command.h"
#include "tools/juanzong/offline_ledger.h"

#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct CheckpointArguments {
  std::string directory;
  std::string ledger;
};

void run_checkpoint(const CheckpointArguments& arguments, CommandContext& context) {
  const auto ledger = OfflineLedger::open(arguments.directory, arguments.ledger);
  if (!ledger) {
    context.fail(ledger.error());
    return;
  }
  const LedgerHead& head = (*ledger)->head();
  const Result<std::string> note = sign_head(
      (*ledger)->paths(), (*ledger)->journal(), {head.origin, head.size(), head.tree.root()});
  if (!note) {
    context.fail(note.error());
    return;
  }
  context.out << *note;
}

}  // namespace

void register_checkpoint(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<CheckpointArguments>();
  CLI::App* command =
      app.add_subcommand("checkpoint", "签署当前检查点 / sign a checkpoint of the newest head");
  command->add_option("--data", arguments->directory, "数据目录 / data directory")->required();
  command->add_option("--ledger", arguments->ledger, "卷宗名 / name of the ledger");
  command->footer("示例 example:\n  juanzong checkpoint --data /srv/juanzong > checkpoint-2025-03");
  command->callback([arguments, &context] { run_checkpoint(*arguments, context); });
}

}  // namespace juanzong::cli
