// SPDX-License-Identifier: Apache-2.0
#include "server/witness/witness_rounds.h"

#include "server/http/http_client.h"

#include <algorithm>
#include <utility>

namespace juanzong {
namespace {

constexpr std::chrono::milliseconds patience{5'000};

}  // namespace

Result<HttpResponse> ask_over_http(const crypto::PolicyWitness& witness, const std::string& body) {
  const auto url = parse_http_url(witness.url);
  return url ? http_post(*url, "/add-checkpoint", body, patience)
             : Result<HttpResponse>(fail(ErrorCode::environment, "not a URL: " + witness.url));
}

WitnessRounds::WitnessRounds(Parts parts)
    : parts_(std::move(parts)), thread_("jz-witnesses", parts_.every, [this] { round(); }) {}

void WitnessRounds::round() {
  for (const LedgerFacts& facts : parts_.service.ledgers()) {
    if (concerns(facts)) {
      show(facts);
    }
  }
}

bool WitnessRounds::concerns(const LedgerFacts& facts) const {
  const auto& logs = parts_.policy.logs();
  return logs.empty() || std::ranges::any_of(logs, [&facts](const crypto::VerifierKey& log) {
           return log.text() == facts.verifier_key;
         });
}

void WitnessRounds::show(const LedgerFacts& facts) {
  Ledger& ledger = ledgers_[facts.name];
  if (facts.size == ledger.cosigned_size) {
    return;
  }
  const Result<SignedHead> newest = parts_.service.newest_head(facts.name);
  if (!newest) {
    parts_.log.warning("checkpoint_not_signed", {{"ledger", std::string_view(facts.name)}});
    return;
  }
  const CosigningParts cosigning{parts_.ask, [&](std::uint64_t old_size) {
                                   return parts_.service.growth(
                                       facts.name, old_size, newest->head.size);
                                 }};
  const Cosigned cosigned =
      ask_witnesses(parts_.policy, newest->head, newest->note, ledger.known, cosigning);
  report(facts.name, cosigned);
  if (parts_.policy.is_satisfied_by(parts_.policy.cosigners_of(cosigned.note))) {
    parts_.service.adopt_cosigned(facts.name, {newest->head, cosigned.note});
    ledger.cosigned_size = newest->head.size;
    parts_.metrics.cosigned_size.set(static_cast<std::int64_t>(newest->head.size));
  } else {
    parts_.metrics.rounds_without_quorum.add();
  }
}

// Only what changed is logged: a witness that is down for a night says so once.
void WitnessRounds::report(const std::string& ledger, const Cosigned& cosigned) {
  for (const auto& [name, answer] : cosigned.answers) {
    const auto before = answering_.find(name);
    if (before == answering_.end() || before->second != answer.cosigned) {
      const std::string_view problem = answer.problem;
      answer.cosigned ? parts_.log.info("witness_answers",
                                        {{"witness", std::string_view(name)},
                                         {"ledger", std::string_view(ledger)}})
                      : parts_.log.warning("witness_does_not_answer",
                                           {{"witness", std::string_view(name)},
                                            {"ledger", std::string_view(ledger)},
                                            {"why", problem}});
    }
    answering_[name] = answer.cosigned;
  }
  const auto up = std::ranges::count_if(answering_, [](const auto& each) { return each.second; });
  parts_.metrics.witnesses_answering.set(up);
}

}  // namespace juanzong
