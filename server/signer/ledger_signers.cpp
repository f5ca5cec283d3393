// SPDX-License-Identifier: Apache-2.0
#include "server/signer/ledger_signers.h"

#include "projections/state/record_reader.h"

#include "server/data/ledger_keys.h"
#include "server/http/http_client.h"
#include "server/signer/log_key.h"
#include "server/signer/remote_signer.h"

#include <utility>

namespace juanzong {
namespace {

// Receipts wait for it.
constexpr std::chrono::milliseconds patience{2'000};

// Logs what changed only, and keeps the gauge.
class Reporter {
 public:
  Reporter(std::string ledger, SignerReports reports)
      : ledger_(std::move(ledger)), reports_(reports) {}

  void operator()(const Outcome& signing) {
    const std::optional<ErrorCode> now =
        signing ? std::nullopt : std::optional<ErrorCode>(signing.error().code);
    if (!told_ || *told_ != now) {
      tell(signing);
    }
    const int before = told_ && *told_ ? 1 : 0;
    reports_.metrics.ledgers_unsigned.add((now ? 1 : 0) - before);
    told_ = now;
  }

 private:
  void tell(const Outcome& signing) {
    const std::string_view ledger = ledger_;
    if (signing) {
      reports_.log.info("signer_signs", {{"ledger", ledger}});
      return;
    }
    const std::string_view why = signing.error().detail;
    const bool refused = signing.error().code != ErrorCode::busy;
    reports_.log.write(refused ? LogLevel::error : LogLevel::warning,
                       refused ? "signer_refuses" : "signer_does_not_answer",
                       {{"ledger", ledger}, {"why", why}});
  }

  std::string ledger_;
  SignerReports reports_;
  std::optional<std::optional<ErrorCode>> told_;  // nothing told yet; signing; why not
};

// What is durable at the start, before anything is added to it.
Outcome sign_head(DataDirectory& data, const LedgerEntry& ledger, HeadSigner& signer) {
  const DerivedRows::Snapshot rows(data.rows());
  const RecordReader reader(rows, data.journal(), ledger.ordinal);
  const LedgerHead& head = ledger.head;
  const Result<std::string> note = signer.sign(
      {head.origin, head.size(), head.tree.root()},
      [&](std::uint64_t old_size) { return reader.consistency_proof(old_size, head.size()); });
  return note || note.error().code == ErrorCode::busy ? Outcome(Done{}) : fail(note.error());
}

Result<crypto::VerifierKey> verifier_of(const LedgerEntry& ledger) {
  auto key = crypto::VerifierKey::parse(ledger.verifier_key);
  return key ? Result<crypto::VerifierKey>(*std::move(key))
             : fail(ErrorCode::corruption, "the log key in record 0 of " + ledger.head.name);
}

Result<std::unique_ptr<HeadSigner>> make_remote(const LedgerEntry& ledger,
                                                const std::string& socket,
                                                SignerReports reports) {
  Result<crypto::VerifierKey> key = verifier_of(ledger);
  if (!key) {
    return fail(key.error());
  }
  return std::unique_ptr<HeadSigner>(std::make_unique<RemoteSigner>(
      RemoteSigner::Parts{*std::move(key),
                          [socket](const std::string& body) {
                            return http_post_to_socket(socket, "/sign-checkpoint", body, patience);
                          },
                          Reporter(ledger.head.name, reports)}));
}

Result<HeadSigners> make_token_signers(const std::vector<LedgerEntry>& ledgers,
                                       const TokenKey& token) {
  HeadSigners signers;
  for (const LedgerEntry& ledger : ledgers) {
    auto key = verifier_of(ledger);
    auto signer = key ? open_log_key({.token = token}, *key) : fail(key.error());
    if (!signer) {
      return fail(signer.error());
    }
    signers.emplace(ledger.head.name,
                    std::make_unique<KeyHeadSigner>(*std::move(key), *std::move(signer)));
  }
  return signers;
}

}  // namespace

Result<HeadSigners> make_head_signers(DataDirectory& data,
                                      const std::vector<LedgerEntry>& ledgers,
                                      const Config& config,
                                      SignerReports reports) {
  if (config.signer_socket.empty() && !config.log_key.place.module.empty()) {
    return make_token_signers(ledgers, config.log_key);
  }
  if (config.signer_socket.empty()) {
    Result<std::map<std::string, crypto::SignerKey>> keys =
        load_log_keys(data.paths(), ledgers, {config.passphrase_file});
    return keys ? Result<HeadSigners>(head_signers_of(std::move(*keys))) : fail(keys.error());
  }
  HeadSigners signers;
  for (const LedgerEntry& ledger : ledgers) {
    auto signer = make_remote(ledger, config.signer_socket, reports);
    const Outcome signing =
        signer ? sign_head(data, ledger, **signer) : Outcome(fail(signer.error()));
    if (!signing) {
      return fail(signing.error());
    }
    signers.emplace(ledger.head.name, *std::move(signer));
  }
  return signers;
}

}  // namespace juanzong
