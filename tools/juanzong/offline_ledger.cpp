// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/offline_ledger.h"

#include "crypto/hex.h"
#include "crypto/key_file.h"

#include "events/log/anchor.h"
#include "events/procedures/parties.h"

#include "tools/terminal/progress_bar.h"

#include <utility>

namespace juanzong::cli {

OfflineLedger::OfflineLedger(DataPaths paths,
                             std::unique_ptr<OfflineData> data,
                             LedgerOrdinal ordinal,
                             LedgerHead head)
    : paths_(std::move(paths)),
      data_(std::move(data)),
      rows_(data_->rows()),
      ordinal_(ordinal),
      reader_(rows_, data_->journal(), ordinal_),
      head_(std::move(head)),
      world_(rows_, ordinal_, catalogue(), head_.zone) {}

Result<std::unique_ptr<OfflineLedger>> OfflineLedger::open(const std::filesystem::path& directory,
                                                           std::string_view ledger) {
  const DataPaths paths(directory);
  if (!std::filesystem::is_directory(paths.log)) {
    return fail(ErrorCode::environment, directory.string() + ": no data directory");
  }
  terminal::ProgressBar bar("读取 reading", 0);
  Result<std::unique_ptr<OfflineData>> data =
      OfflineData::open(directory, [&bar](std::uint64_t records) { bar.update(records); });
  if (!data) {
    return fail(data.error());
  }
  LedgerOrdinal ordinal{};
  LedgerHead head;
  {
    const DerivedRows::Snapshot rows((*data)->rows());
    const Result<LedgerOrdinal> found = find_ledger(rows, ledger);
    if (!found) {
      return fail(found.error());
    }
    Result<LedgerHead> newest = RecordReader(rows, (*data)->journal(), *found).head();
    if (!newest) {
      return fail(newest.error());
    }
    ordinal = *found;
    head = std::move(*newest);
  }
  return std::unique_ptr<OfflineLedger>(  // NOLINT: private constructor
      new OfflineLedger(paths, std::move(*data), ordinal, std::move(head)));
}

std::string OfflineLedger::actor_of(const KeyId& key) const {
  const auto* state = world_.find<ActorKeyState>(crypto::hex_encode(key.view()));
  return state == nullptr ? std::string() : state->staff;
}

Result<std::string> sign_head(const DataPaths& paths,
                              const Journal& journal,
                              const crypto::Checkpoint& head) {
  const Result<std::unique_ptr<Anchor>> anchor = Anchor::open(paths.anchor);
  if (!anchor) {
    return fail(ErrorCode::ledger_behind_anchor, anchor.error().detail);
  }
  if (const Outcome anchored = check_against_anchor(journal, (*anchor)->newest()); !anchored) {
    return fail(anchored.error());
  }
  if ((*anchor)->newest() != journal.head()) {
    return fail(ErrorCode::busy, "a server is writing: ask it for the checkpoint");
  }
  auto key = crypto::read_private_key(paths.keys / "log.key");
  if (const auto* error = std::get_if<crypto::KeyFileError>(&key)) {
    return fail(ErrorCode::environment, std::string("log.key: ") + crypto::name_of(*error));
  }
  const auto signer =
      crypto::SignerKey::create(head.origin, std::get<crypto::PrivateKey>(std::move(key)));
  auto note = signer ? crypto::sign_checkpoint(head, *signer) : std::nullopt;
  return note ? Result<std::string>(*std::move(note))
              : fail(ErrorCode::environment, "log.key does not fit the origin");
}

}  // namespace juanzong::cli
