// SPDX-License-Identifier: Apache-2.0
// What a company that takes a ledger over gives to the one that hands it over: public keys only.
// One JSON object in a file:
//
//   {"format":"juanzong/handover-offer/v1","company","origin","verifier_key","founder",
//    "founder_public_key" (hexadecimal),"recipient" (crypto/recipient_key.h)}
//
// The private parts stay in the folder in which the offer was made.
#pragma once

#include "crypto/recipient_key.h"

#include "events/model/result.h"

#include "projections/state/succession.h"

#include <filesystem>
#include <string>

namespace juanzong::cli {

struct HandoverOffer {
  NextOrigin next;
  Successor successor;
  crypto::RecipientKey recipient;
};

// Files of an offer: offer.json, and for import log.key, log.vkey, founder.key, transfer.key.
struct OfferFiles {
  explicit OfferFiles(const std::filesystem::path& folder);
  std::filesystem::path offer, log_key, verifier_key, founder_key, transfer_key;
};

// Makes the folder with fresh keys. environment if it exists, or the origin cannot name a key.
[[nodiscard]] Result<HandoverOffer> make_offer(const std::filesystem::path& folder,
                                               const std::string& company,
                                               const std::string& origin,
                                               const std::string& founder);
// malformed_request names the field.
[[nodiscard]] Result<HandoverOffer> read_offer(const std::filesystem::path& file);

}  // namespace juanzong::cli
