// SPDX-License-Identifier: Apache-2.0
// A log of leaves that a test makes grow; every one of an origin has the same key.
#pragma once

#include "crypto/checkpoint.h"
#include "crypto/merkle_tree.h"
#include "crypto/note_key.h"
#include "crypto/proof_text.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace juanzong::testing {

class GrowingLog {
 public:
  explicit GrowingLog(std::string origin = "log.example") : origin_(std::move(origin)) {}

  // Another seed, other leaves.
  void grow_to(std::size_t size, std::uint8_t seed = 1) {
    while (leaves_.size() < size) {
      const std::uint8_t bytes[] = {seed, static_cast<std::uint8_t>(leaves_.size())};
      leaves_.push_back(crypto::leaf_hash(bytes));
    }
  }
  crypto::Checkpoint head() const { return {origin_, leaves_.size(), crypto::root_of(leaves_)}; }
  std::string text() const { return *crypto::format_checkpoint(head()); }
  std::string note() const { return *crypto::sign_checkpoint(head(), key_); }
  std::vector<crypto::Digest> growth(std::uint64_t old_size) const {
    return crypto::consistency_proof(
        old_size, leaves_.size(), [this](unsigned level, std::uint64_t index) {
          const auto first = leaves_.begin() + static_cast<std::ptrdiff_t>(index << level);
          return crypto::root_of(std::span(first, std::size_t{1} << level));
        });
  }
  // To a witness, with the log's signature.
  std::string request(std::uint64_t old_size) const {
    return crypto::consistency_proof_text(old_size, growth(old_size), note());
  }
  // To the signer process, which gives that signature.
  std::string unsigned_request(std::uint64_t old_size) const {
    return crypto::consistency_proof_text(old_size, growth(old_size), text());
  }
  crypto::VerifierKey key() const { return key_.verifier(); }
  static crypto::PrivateKey private_key() { return crypto::PrivateKey::from_seed(key_seed); }

 private:
  static constexpr std::array<std::uint8_t, 32> key_seed{1, 2, 3};

  std::string origin_;
  crypto::SignerKey key_ = *crypto::SignerKey::create(origin_, private_key());
  std::vector<crypto::Digest> leaves_;
};

}  // namespace juanzong::testing
