// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/add_ledger.h"

#include "events/model/limits.h"

#include "server/data/data_directory.h"

#include "tools/terminal/progress_bar.h"

#include <system_error>

namespace juanzong::cli {
namespace {

namespace fs = std::filesystem;

// recorded_at never falls: a ledger founded on a clock that is ahead would be stuck there.
Outcome check_clock(const LedgerSet& ledgers, const AddLedger& wanted) {
  const auto newest = ledgers.newest_recorded_at();
  const bool far_ahead =
      newest && wanted.now.value - newest->value > limits::clock_jump_start_us_max;
  return far_ahead && !wanted.clock_accepted
             ? Outcome(
                   fail(ErrorCode::writes_stopped,
                        "时钟比最近的记录晚 31 天以上,核对后加 --accept-clock / the clock is 31 "
                        "days past the newest record: check it, add --accept-clock"))
             : Outcome(Done{});
}

fs::path free_name(const fs::path& file) {
  int number = 1;
  while (fs::exists(file.string() + ".unused-" + std::to_string(number))) {
    ++number;
  }
  return file.string() + ".unused-" + std::to_string(number);
}

// No ledger here names these keys. They are kept all the same: a ledger in another copy of the
// directory may.
Result<std::vector<fs::path>> set_aside(const LedgerKeyFiles& files) {
  std::vector<fs::path> kept;
  for (const fs::path& file :
       {files.log_key, files.verifier_key, files.founder_key, files.server_key}) {
    std::error_code error;
    if (!fs::exists(file, error)) {
      continue;
    }
    kept.push_back(free_name(file));
    fs::rename(file, kept.back(), error);
    if (error) {
      return fail(ErrorCode::io_failure, file.string());
    }
  }
  return kept;
}

Result<AddedLedger> add_to(DataDirectory& data, const AddLedger& wanted) {
  const std::unique_ptr<LedgerSet> ledgers = data.take_ledgers();
  if (const Outcome clock = check_clock(*ledgers, wanted); !clock) {
    return fail(clock.error());
  }
  const Result<NewKeys> keys = make_keys(wanted);
  if (!keys) {
    return fail(keys.error());
  }
  // Decided before anything is written: a refusal leaves no trace.
  Result<LedgerBatch> founding = found(*ledgers, wanted, *keys);
  if (!founding) {
    return fail(founding.error());
  }
  AddedLedger added{keys->log.verifier().text(), key_files_of(data.paths(), wanted.ledger), {}};
  Result<std::vector<fs::path>> kept = set_aside(added.files);
  if (!kept) {
    return fail(kept.error());
  }
  added.set_aside = std::move(*kept);
  if (const Outcome written = write_keys(added.files, *keys); !written) {
    return fail(written.error());
  }
  const Outcome stored =
      append_frame(data.journal(), data.anchor(), std::move(*founding), wanted.now);
  return stored ? Result<AddedLedger>(std::move(added)) : fail(stored.error());
}

}  // namespace

Result<AddedLedger> add_ledger(const AddLedger& wanted) {
  terminal::ProgressBar bar("读取 reading", 0);
  const Result<std::unique_ptr<DataDirectory>> data = DataDirectory::open(
      wanted.directory,
      [&bar](std::uint64_t records) { bar.update(records); },
      [] {});  // rows that could not be written are folded again at the next start
  return data ? add_to(**data, wanted) : fail(data.error());
}

}  // namespace juanzong::cli
