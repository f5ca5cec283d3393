// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/command.h"
#include "tools/juanzong/offline_ledger.h"
#include "tools/juanzong/server_options.h"

#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct CheckpointArguments {
  std::string directory;
  ServerOptions server;
};

Result<std::string> checkpoint_of_files(const CheckpointArguments& arguments) {
  const auto ledger = OfflineLedger::open(arguments.directory, arguments.server.ledger);
  if (!ledger) {
    return fail(ledger.error());
  }
  const LedgerHead& head = (*ledger)->head();
  return sign_head(**ledger, {head.origin, head.size(), head.tree.root()});
}

Result<std::string> checkpoint_of_server(const CheckpointArguments& arguments) {
  const auto session = ServerSession::open(arguments.server);
  return session ? (*session)->client().checkpoint() : fail(session.error());
}

void run_checkpoint(const CheckpointArguments& arguments, CommandContext& context) {
  const Result<std::string> note = arguments.directory.empty() ? checkpoint_of_server(arguments)
                                                               : checkpoint_of_files(arguments);
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
  add_source_options(*command, arguments->directory, arguments->server);
  command->footer(
      "示例 example:\n  juanzong checkpoint --data /srv/juanzong > checkpoint-2025-03\n"
      "  juanzong checkpoint --server 127.0.0.1:7621 --cert tls.cert.pem --key S-CSM.key");
  command->callback([arguments, &context] { run_checkpoint(*arguments, context); });
}

}  // namespace juanzong::cli
