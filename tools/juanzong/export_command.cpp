// SPDX-License-Identifier: Apache-2.0
#include "crypto/signed_note.h"

#include "events/log/journal_source.h"
#include "events/storage/durable_file.h"

#include "tools/export/export_ledger.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/ledger_key.h"
#include "tools/juanzong/offline_ledger.h"
#include "tools/terminal/progress_bar.h"

#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct ExportArguments {
  std::string directory;
  std::string ledger;
  std::string out;
  std::string checkpoint;  // file; empty: signed with log.key
};

// The note that was given, if it is over what was exported.
Outcome use_given(const std::string& file, const crypto::VerifierKey& key, ExportOptions& options) {
  const Result<std::string> note = read_note(file);
  if (!note) {
    return fail(note.error());
  }
  const auto stated = crypto::open_checkpoint(*note, key);
  if (!stated) {
    return fail(ErrorCode::bad_signature, file + ": not signed by the log's key");
  }
  options.size = stated->size;
  options.checkpoint = [note = *note, stated = *stated](const crypto::Checkpoint& head) {
    return head == stated
               ? Result<std::string>(note)
               : fail(ErrorCode::corruption, "the checkpoint's root is not that of the records");
  };
  return Done{};
}

void run_export(const ExportArguments& arguments, CommandContext& context) {
  const auto ledger = OfflineLedger::open(arguments.directory, arguments.ledger);
  if (!ledger) {
    context.fail(ledger.error());
    return;
  }
  const OfflineLedger& from = **ledger;
  const Result<crypto::VerifierKey> key = verifier_key_of(from);
  if (!key) {
    context.fail(key.error());
    return;
  }
  terminal::ProgressBar bar("导出 export", from.head().size());
  ExportOptions options;
  options.out = arguments.out;
  options.verifier_key = key->text();
  options.size = from.head().size();
  options.progress = [&bar](std::uint64_t records) { bar.update(records); };
  options.checkpoint = [&from](const crypto::Checkpoint& head) {
    return sign_head(from.paths(), from.journal(), head);
  };
  if (!arguments.checkpoint.empty()) {
    if (const Outcome given = use_given(arguments.checkpoint, *key, options); !given) {
      context.fail(given.error());
      return;
    }
  }
  JournalSource source(from.journal(), from.head().id);
  const Result<crypto::Checkpoint> exported = export_ledger(source, options);
  if (!exported) {
    context.fail(exported.error());
    return;
  }
  context.out << "已导出 exported " << exported->size << " 条记录 records: " << arguments.out
              << "\n根 root: " << crypto::to_hex(exported->root) << "\n";
}

}  // namespace

void register_export(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command = app.add_subcommand("export", "导出静态文件 / export static C2SP tiles");
  command->add_option("--data", arguments->directory, "数据目录 / data directory")->required();
  command->add_option("--ledger", arguments->ledger, "卷宗名 / name of the ledger");
  command->add_option("--out", arguments->out, "目标目录,须为空 / target folder, empty")
      ->required();
  command->add_option(
      "--checkpoint", arguments->checkpoint, "以此检查点为准 / as of this checkpoint file");
  command->footer("示例 example:\n  juanzong export --data /srv/juanzong --out export-2025");
  command->callback([arguments, &context] { run_export(*arguments, context); });
}

}  // namespace juanzong::cli
