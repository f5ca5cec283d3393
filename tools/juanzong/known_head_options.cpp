// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/known_head_options.h"

#include "events/log/anchor.h"

#include <memory>
#include <utility>

namespace juanzong::cli {

void add_known_head_options(CLI::App& command, KnownHeadOptions& options) {
  command.add_option("--checkpoint",
                     options.checkpoints,
                     "已知检查点或见证人状态文件,可多个;备份不得早于它 / known checkpoints, also a "
                     "witness's state files: the backup must not be behind any");
  command.add_option("--anchor",
                     options.anchor,
                     "所替换目录的锚点;备份不得早于它 / anchor of the directory that is replaced: "
                     "the backup must not be behind it");
}

Result<KnownHeads> read_known_heads(const KnownHeadOptions& options) {
  KnownHeads known;
  for (const std::string& file : options.checkpoints) {
    Result<KnownCheckpoint> checkpoint = read_known_checkpoint(file);
    if (!checkpoint) {
      return fail(checkpoint.error());
    }
    known.checkpoints.push_back(std::move(*checkpoint));
  }
  if (!options.anchor.empty()) {
    const Result<std::unique_ptr<Anchor>> anchor = Anchor::open(options.anchor);
    if (!anchor) {
      return fail(anchor.error().code == ErrorCode::not_found ? ErrorCode::environment
                                                              : anchor.error().code,
                  options.anchor + ": " + anchor.error().detail);
    }
    known.anchored = (*anchor)->newest();
  }
  return known;
}

}  // namespace juanzong::cli
