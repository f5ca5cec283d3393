// SPDX-License-Identifier: Apache-2.0
// Disputes about signatures (签名异议, SC9), as rules of other procedures and views ask about them:
// is signature k of record n disputed, or void? A dispute changes what is said about a signature,
// never the record. The folder signature_disputes/ holds the rules.
//
// So that a rule can tell whether there is such a signature, the blocks of every accepted event
// are remembered: who, in which capacity, in which streams. Nothing of what was signed.
#pragma once

#include "events/procedures/event_schema.h"
#include "events/procedures/world.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct EventView;

struct SignedBlock {
  std::string signer;
  std::uint8_t capacity = 0;  // body::Capacity
  template <class Ar>
  void visit(Ar& ar) {
    ar(signer, capacity);
  }
};

// Key: index of the record in decimal. Absent: nobody signed it.
struct SignedRecordState {
  static constexpr StateKind kind = StateKind::signed_record;
  std::vector<SignedBlock> blocks;   // as they stand in the body's `signatures`
  std::vector<std::string> streams;  // in which the record stands; registers ("policy") left out
  template <class Ar>
  void visit(Ar& ar) {
    ar(blocks, streams);
  }
};

enum class SignatureStanding : std::uint8_t {
  valid,
  disputed,   // denied, and not decided yet
  confirmed,  // denied without success
  denied,     // the denial was upheld: it is void
};
[[nodiscard]] std::string_view code_of(SignatureStanding standing);  // "VALID" … "VOID"
[[nodiscard]] std::string_view zh_of(SignatureStanding standing);
// Disputed and void signatures count for nothing until they are confirmed (DOMAIN 0.5).
[[nodiscard]] constexpr bool counts(SignatureStanding standing) {
  return standing == SignatureStanding::valid || standing == SignatureStanding::confirmed;
}

// Key: index of the record in decimal, '/', position of the block from 0. Absent: never disputed.
struct SignatureDisputeState {
  static constexpr StateKind kind = StateKind::denial;
  SignatureStanding standing = SignatureStanding::valid;
  SignatureStanding before = SignatureStanding::valid;  // the newest dispute, if it is withdrawn
  std::string claimant;                                 // of the newest dispute
  std::vector<RecordIndex> disputed;                    // every SignatureDisputed
  std::vector<RecordIndex> resolved;                    // every SignatureDisputeResolved
  template <class Ar>
  void visit(Ar& ar) {
    ar(standing, before, claimant, disputed, resolved);
  }
};

// Key: index of a record in decimal. SignatureCaptured records that add a signature to it; the
// block is the first of each.
struct LateSignaturesState {
  static constexpr StateKind kind = StateKind::late_signature;
  std::vector<RecordIndex> captured;
  template <class Ar>
  void visit(Ar& ar) {
    ar(captured);
  }
};

// Rows of a list for views, one for each dispute and each decision. Key: day, index, "n/k".
inline constexpr std::string_view dispute_list = "signature_disputes";

[[nodiscard]] std::string signed_record_key(RecordIndex record);
[[nodiscard]] std::string signature_key(RecordIndex record, std::size_t position);
// nullptr: there is no such signature.
[[nodiscard]] const SignedBlock* find_signature(const World& world,
                                                RecordIndex record,
                                                std::size_t position);
[[nodiscard]] SignatureStanding standing_of(const World& world,
                                            RecordIndex record,
                                            std::size_t position);

// Remembers the blocks of an accepted event's `signatures`.
void enter_signatures(const EventDescriptor& descriptor,
                      const EventView& event,
                      WorldChange& world);

}  // namespace juanzong
