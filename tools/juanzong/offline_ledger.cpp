// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/offline_ledger.h"

#include "crypto/hex.h"
#include "crypto/proof_text.h"

#include "events/log/anchor.h"
#include "events/procedures/parties.h"

#include "server/data/ledger_keys.h"

#include "tools/terminal/progress_bar.h"

#include <utility>

namespace juanzong::cli {

Result<std::unique_ptr<OfflineData>> open_offline(const std::filesystem::path& directory) {
  if (!std::filesystem::is_directory(DataPaths(directory).log)) {
    return fail(ErrorCode::environment, directory.string() + ": no data directory");
  }
  terminal::ProgressBar bar("读取 reading", 0);
  return OfflineData::open(directory, [&bar](std::uint64_t records) { bar.update(records); });
}

OfflineLedger::OfflineLedger(DataPaths paths, std::unique_ptr<OfflineData> data, LedgerEntry entry)
    : paths_(std::move(paths)),
      data_(std::move(data)),
      rows_(data_->rows()),
      entry_(std::move(entry)),
      reader_(rows_, data_->journal(), entry_.ordinal),
      world_(rows_, entry_.ordinal, catalogue(), entry_.head.zone) {}

Result<std::unique_ptr<OfflineLedger>> OfflineLedger::open(const std::filesystem::path& directory,
                                                           std::string_view ledger) {
  Result<std::unique_ptr<OfflineData>> data = open_offline(directory);
  if (!data) {
    return fail(data.error());
  }
  std::vector<LedgerEntry> entries;
  std::size_t wanted = 0;
  {
    const DerivedRows::Snapshot rows((*data)->rows());
    const Result<LedgerOrdinal> found = find_ledger(rows, ledger);
    if (!found) {
      return fail(found.error());
    }
    entries = list_ledgers(rows);
    wanted = static_cast<std::size_t>(*found);
  }
  return std::unique_ptr<OfflineLedger>(  // NOLINT: private constructor
      new OfflineLedger(DataPaths(directory), std::move(*data), std::move(entries.at(wanted))));
}

std::string OfflineLedger::actor_of(const KeyId& key) const {
  const auto* state = world_.find<ActorKeyState>(crypto::hex_encode(key.view()));
  return state == nullptr ? std::string() : state->staff;
}

Result<std::string> sign_head(const OfflineLedger& ledger, const crypto::Checkpoint& head) {
  const Result<std::unique_ptr<Anchor>> anchor = Anchor::open(ledger.paths().anchor);
  if (!anchor) {
    return fail(ErrorCode::ledger_behind_anchor, anchor.error().detail);
  }
  const JournalHead seen = (*anchor)->newest();
  if (const Outcome anchored = check_against_anchor(ledger.journal(), seen); !anchored) {
    return fail(anchored.error());
  }
  if (seen != ledger.journal().head()) {
    return fail(ErrorCode::busy, "a server is writing: ask it for the checkpoint");
  }
  const Result<crypto::SignerKey> key = load_log_key(ledger.paths(), ledger.entry());
  if (!key) {
    return fail(key.error());
  }
  auto note = crypto::sign_checkpoint(head, *key);
  return note ? Result<std::string>(*std::move(note))
              : fail(ErrorCode::environment, "the log key does not fit the origin");
}

Result<std::string> prove_record(const OfflineLedger& ledger, RecordIndex index) {
  const LedgerHead& head = ledger.head();
  const auto path = ledger.reader().inclusion_proof(index, head.size());
  if (!path) {
    return fail(path.error());
  }
  const Result<std::string> note = sign_head(ledger, {head.origin, head.size(), head.tree.root()});
  return note ? Result<std::string>(crypto::inclusion_proof_text(number(index), *path, *note))
              : note;
}

}  // namespace juanzong::cli
