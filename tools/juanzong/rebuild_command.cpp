// SPDX-License-Identifier: Apache-2.0
#include "events/storage/durable_file.h"
#include "events/storage/row_store.h"

#include "projections/engine/materialiser.h"
#include "projections/state/ledger_set.h"

#include "server/data/data_directory.h"

#include "tools/juanzong/command.h"
#include "tools/juanzong/rows_digest.h"
#include "tools/terminal/progress_bar.h"
#include "tools/terminal/text_table.h"

#include <boost/json.hpp>

#include <memory>
#include <ostream>
#include <system_error>

namespace juanzong::cli {
namespace {

namespace fs = std::filesystem;

struct RebuildArguments {
  std::string directory;
  bool json = false;
};

// Folds the whole journal into a new store; closed and flushed when this returns.
Result<RowsDigest> build_beside(const Journal& journal, const fs::path& folder) {
  Result<std::unique_ptr<RowStore>> store = open_row_store(folder);
  if (!store) {
    return fail(store.error());
  }
  bool failed = false;
  terminal::ProgressBar bar("重建 rebuild", 0);
  DerivedRows rows(std::move(*store));
  Outcome done = Done{};
  {
    Materialiser materialiser(rows, [&failed] { failed = true; });
    LedgerSet ledgers(rows, catalogue());
    done = ledgers.catch_up(
        journal,
        [&bar](std::uint64_t records) { bar.update(records); },
        [&materialiser] { materialiser.published(); });
  }
  if (!done || failed) {
    return done ? fail(ErrorCode::io_failure, folder.string()) : fail(done.error());
  }
  return digest_of(rows);
}

// Opening brings the rows up, closing writes them out: the second opening has all of them in the
// store, where they can be compared, and none in memory.
Result<std::unique_ptr<DataDirectory>> open_caught_up(const fs::path& root) {
  const auto open = [&root] {
    return DataDirectory::open(
        root, [](std::uint64_t) {}, [] {});
  };
  if (const auto first = open(); !first) {
    return fail(first.error());
  }
  return open();
}

void print(const RowsDigest& live,
           const RowsDigest& rebuilt,
           const RebuildArguments& arguments,
           CommandContext& context) {
  const bool same = live.all == rebuilt.all;
  if (arguments.json) {
    boost::json::object tables;
    for (const auto& [name, table] : rebuilt.tables) {
      tables[name] = {{"rows", table.rows},
                      {"live", crypto::to_hex(live.tables.at(name).digest)},
                      {"rebuilt", crypto::to_hex(table.digest)}};
    }
    context.out << boost::json::serialize(
                       boost::json::object{{"ok", same},
                                           {"rows", rebuilt.all.rows},
                                           {"live", crypto::to_hex(live.all.digest)},
                                           {"rebuilt", crypto::to_hex(rebuilt.all.digest)},
                                           {"tables", std::move(tables)}})
                << "\n";
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, table] : rebuilt.tables) {
    const TableDigest& before = live.tables.at(name);
    rows.push_back({name,
                    std::to_string(table.rows),
                    crypto::to_hex(before.digest).substr(0, 16),
                    crypto::to_hex(table.digest).substr(0, 16),
                    before == table ? "相同 same" : "不同 DIFFERENT"});
  }
  using terminal::Align;
  context.out
      << terminal::format_table(
             {{"表 table"}, {"行数 rows", Align::right}, {"原有 live"}, {"重建 rebuilt"}, {""}},
             rows)
      << "\n原有 live:    " << crypto::to_hex(live.all.digest)
      << "\n重建 rebuilt: " << crypto::to_hex(rebuilt.all.digest) << "\n"
      << (same ? "一致 / they are equal\n"
               : "不一致,已改用重建结果 / they differ; the rebuilt rows are in place now\n");
}

void run_rebuild(const RebuildArguments& arguments, CommandContext& context) {
  const DataPaths paths(arguments.directory);
  const fs::path beside = paths.derived.string() + ".new";
  std::error_code ignored;
  fs::remove_all(beside, ignored);  // of a rebuild that was interrupted
  RowsDigest live;
  Result<RowsDigest> rebuilt = fail(ErrorCode::environment);
  {
    // Holds the journal's lock: no server runs meanwhile.
    const auto data = open_caught_up(paths.root);
    if (!data) {
      context.fail(data.error());
      return;
    }
    live = digest_of((*data)->rows());
    rebuilt = build_beside((*data)->journal(), beside);
  }
  if (!rebuilt) {
    context.fail(rebuilt.error());
    return;
  }
  if (const Outcome swapped = exchange_folders(beside, paths.derived); !swapped) {
    context.fail(swapped.error());
    return;
  }
  fs::remove_all(beside, ignored);
  print(live, *rebuilt, arguments, context);
  if (live.all != rebuilt->all) {
    context.exit_code = ExitCode::verification_failed;
  }
}

}  // namespace

void register_rebuild(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<RebuildArguments>();
  CLI::App* command =
      app.add_subcommand("rebuild", "从日志重算派生数据 / derived rows from the log");
  command->add_option("--data", arguments->directory, "数据目录 / data directory")->required();
  command->add_flag("--json", arguments->json, "一个 JSON 对象 / one JSON object");
  command->footer("示例 example:\n  juanzong rebuild --data /srv/juanzong");
  command->callback([arguments, &context] { run_rebuild(*arguments, context); });
}

}  // namespace juanzong::cli
