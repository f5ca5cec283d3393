// SPDX-License-Identifier: Apache-2.0
#include "crypto/hex.h"

#include "events/log/anchor.h"
#include "events/storage/rocksdb_journal.h"

#include "server/data/data_directory.h"

#include "tools/juanzong/command.h"

#include <memory>
#include <ostream>
#include <system_error>

namespace juanzong::cli {
namespace {

namespace fs = std::filesystem;

struct AnchorArguments {
  std::string directory;
  bool accept = false;
};

std::string text_of_head(const JournalHead& head) {
  return std::to_string(head.next_position) + " " + crypto::to_hex(head.tip).substr(0, 16);
}

// A name that is free: what was refused is kept as evidence.
fs::path evidence_name(const fs::path& anchor) {
  int number = 1;
  while (fs::exists(anchor.string() + ".refused-" + std::to_string(number))) {
    ++number;
  }
  return anchor.string() + ".refused-" + std::to_string(number);
}

Outcome replace_anchor(const fs::path& file, const JournalHead& head) {
  std::error_code error;
  if (fs::exists(file)) {
    fs::rename(file, evidence_name(file), error);
  }
  if (error) {
    return fail(ErrorCode::io_failure, file.string());
  }
  const Result<std::unique_ptr<Anchor>> anchor = Anchor::create(file);
  if (!anchor) {
    return fail(anchor.error());
  }
  const bool written = (*anchor)->write(head) && (*anchor)->sync();
  return written ? Outcome(Done{}) : Outcome(fail(ErrorCode::io_failure, file.string()));
}

void run_anchor(const AnchorArguments& arguments, CommandContext& context) {
  const DataPaths paths(arguments.directory);
  // Opened for writing, so that no server runs meanwhile; nothing is appended.
  const Result<OpenedJournal> opened = open_rocksdb_journal(paths.log, {});
  if (!opened) {
    context.fail(opened.error());
    return;
  }
  const Journal& journal = *opened->journal;
  Outcome fits = Done{};
  {
    const Result<std::unique_ptr<Anchor>> anchor = Anchor::open(paths.anchor);
    fits = anchor ? check_against_anchor(journal, (*anchor)->newest()) : fail(anchor.error());
    context.out << "日志 journal: " << text_of_head(journal.head()) << "\n锚点 anchor:  "
                << (anchor ? text_of_head((*anchor)->newest()) : "无效 invalid") << "\n";
  }
  if (fits) {
    context.out << "一致,无需处理 / they fit, nothing to do\n";
    return;
  }
  if (!arguments.accept) {
    context.fail({ErrorCode::ledger_behind_anchor, fits.error().detail});
    return;
  }
  context.err << "警告:接受后,锚点之前已答复而日志中没有的记录将不再被要求;已签发的检查点可能"
                 "与今后的日志矛盾。请先核对备份与已发出的检查点。\n"
                 "warning: records that were acknowledged but are not in the journal are given up, "
                 "and checkpoints given out may contradict this log from now on.\n";
  if (const Outcome replaced = replace_anchor(paths.anchor, journal.head()); !replaced) {
    context.fail(replaced.error());
    return;
  }
  context.out << "已接受,旧锚点另存 / accepted, the old anchor is kept aside\n";
}

}  // namespace

void register_anchor(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<AnchorArguments>();
  CLI::App* command = app.add_subcommand("anchor", "核对或接受锚点 / compare or accept the anchor");
  command->add_option("--data", arguments->directory, "数据目录 / data directory")->required();
  command->add_flag("--accept", arguments->accept, "以现有日志为准 / take the journal as it is");
  command->footer("示例 example:\n  juanzong anchor --accept --data /srv/juanzong");
  command->callback([arguments, &context] { run_anchor(*arguments, context); });
}

}  // namespace juanzong::cli
