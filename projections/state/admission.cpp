// SPDX-License-Identifier: Apache-2.0
#include "projections/state/admission.h"

#include "crypto/merkle_tree.h"

#include "events/log/commitment.h"
#include "events/model/limits.h"

#include <algorithm>
#include <set>

namespace juanzong {
namespace {

std::string at_statement(std::size_t number, std::string_view what) {
  return "statement " + std::to_string(number) + ": " + std::string(what);
}

// Whether a key may be used at all costs more than a signature, and keys come back: the answer is
// remembered per thread.
bool is_acceptable_key(const crypto::PublicKey& key) {
  constexpr std::size_t remembered_max = 4'096;
  thread_local std::set<std::array<std::uint8_t, 32>> remembered;
  if (remembered.contains(key.bytes)) {
    return true;
  }
  if (!crypto::is_acceptable(key)) {
    return false;
  }
  if (remembered.size() >= remembered_max) {
    remembered.clear();
  }
  remembered.insert(key.bytes);
  return true;
}

Outcome check_signatures(const SignedRequest& request,
                         const RequestHeader& header,
                         std::span<const crypto::PublicKey> keys,
                         std::vector<KeyId>& signers) {
  const bool counted = request.signatures.size() <= limits::signatures_per_request_max &&
                       keys.size() == request.signatures.size();
  if (!counted) {
    return fail(ErrorCode::malformed_request, "signatures: 4 at most");
  }
  if (keys.empty()) {
    return Done{};  // whether a session may vouch for it is for the policy in force
  }
  const Bytes message = signed_bytes_of(request.header);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const KeyId named = key_id_of(keys[i], header.suite);
    const bool repeated = std::ranges::find(signers, named) != signers.end();
    if (named != request.signatures[i].key_id || repeated) {
      return fail(ErrorCode::bad_signature, "signature " + std::to_string(i) + ": key id");
    }
    const bool good = is_acceptable_key(keys[i]) &&
                      crypto::verify(keys[i], message, request.signatures[i].signature);
    if (!good) {
      return fail(ErrorCode::bad_signature, "signature " + std::to_string(i));
    }
    signers.push_back(named);
  }
  return signers.front() == header.key_id
             ? Outcome(Done{})
             : Outcome(fail(ErrorCode::bad_signature, "the header's key signs first"));
}

Result<AdmittedStatement> admit_statement(const Bytes& bytes,
                                          std::size_t number,
                                          const Catalogue& catalogue) {
  AdmittedStatement admitted;
  Result<StatementView> view = parse_statement(bytes);
  if (!view) {
    return fail(view.error().code, at_statement(number, view.error().detail));
  }
  admitted.view = std::move(*view);
  admitted.entry = catalogue.find(admitted.view.type);
  const bool known = admitted.entry != nullptr &&
                     admitted.entry->descriptor.schema_version == admitted.view.schema_version;
  if (!known) {
    return fail(ErrorCode::unknown_event_type, at_statement(number, "type or schema version"));
  }
  Result<BodyFacts> facts = inspect_body(admitted.entry->descriptor, admitted.view.body);
  if (!facts) {
    return fail(facts.error().code, at_statement(number, facts.error().detail));
  }
  admitted.facts = std::move(*facts);
  const bool same_streams =
      std::ranges::equal(admitted.view.streams, admitted.facts.streams, {}, &StreamView::name);
  if (!same_streams) {
    return fail(ErrorCode::streams_mismatch, at_statement(number, admitted.entry->descriptor.name));
  }
  return admitted;
}

// A salt that can be guessed makes the value guessable from the record. All-zero salts are those of
// a client that forgot to draw them; one that serves twice in a request is not random either.
Outcome check_salts(std::span<const Opening> openings) {
  std::set<std::array<std::uint8_t, 32>> seen{std::array<std::uint8_t, 32>{}};
  for (const Opening& opening : openings) {
    if (!seen.insert(opening.salt).second) {
      return fail(ErrorCode::malformed_request,
                  at_statement(opening.statement,
                               opening.path +
                                   ": 盐值全零或重复,须为 32 个随机字节 / weak salt: all zeros or "
                                   "used twice; 32 random bytes are needed"));
    }
  }
  return Done{};
}

// Every commitment has exactly one opening that fits, and there is no other opening.
Outcome check_openings(const AdmittedRequest& admitted) {
  if (Outcome salted = check_salts(admitted.request.openings); !salted) {
    return salted;
  }
  std::vector<const Opening*> openings;
  for (const Opening& opening : admitted.request.openings) {
    openings.push_back(&opening);
  }
  const auto order = [](const Opening* a, const Opening* b) {
    return std::tie(a->statement, a->path) < std::tie(b->statement, b->path);
  };
  std::ranges::sort(openings, order);
  std::size_t used = 0;
  for (std::size_t i = 0; i < admitted.statements.size(); ++i) {
    for (const CommitmentField& field : admitted.statements[i].facts.commitments) {
      Opening key;
      key.statement = static_cast<std::uint16_t>(i);
      key.path = field.path;
      const auto found = std::ranges::lower_bound(openings, &key, order);
      const bool there = found != openings.end() && (*found)->statement == key.statement &&
                         (*found)->path == field.path;
      if (!there || (*found)->value.size() > limits::opening_value_bytes_max) {
        return fail(ErrorCode::opening_mismatch, at_statement(i, field.path));
      }
      const FieldPlace place{admitted.header.origin,
                             field.subject,
                             admitted.header.request_id,
                             key.statement,
                             field.path};
      if (commitment_of(place, (*found)->salt, (*found)->value) != field.hash) {
        return fail(ErrorCode::opening_mismatch, at_statement(i, field.path));
      }
      ++used;
    }
  }
  return used == openings.size()
             ? Outcome(Done{})
             : Outcome(fail(ErrorCode::opening_mismatch, "an opening without its commitment"));
}

}  // namespace

Result<AdmittedRequest> admit_request(SignedRequest request,
                                      std::span<const crypto::PublicKey> keys,
                                      const Catalogue& catalogue,
                                      Openings openings) {
  AdmittedRequest admitted;
  admitted.request = std::move(request);
  Result<RequestHeader> header = parse_header(admitted.request.header);
  if (!header) {
    return fail(header.error());
  }
  admitted.header = std::move(*header);
  if (admitted.header.statement_count != admitted.request.statements.size()) {
    return fail(ErrorCode::malformed_request, "header: n");
  }
  // The signature last: it is the dearest check by far.
  std::vector<crypto::Digest> leaves;
  for (std::size_t i = 0; i < admitted.request.statements.size(); ++i) {
    Result<AdmittedStatement> statement =
        admit_statement(admitted.request.statements[i], i, catalogue);
    if (!statement) {
      return fail(statement.error());
    }
    leaves.push_back(crypto::leaf_hash(admitted.request.statements[i]));
    admitted.bytes += admitted.request.statements[i].size() + limits::header_bytes_max;
    admitted.statements.push_back(std::move(*statement));
  }
  if (crypto::root_of(leaves) != admitted.header.statements_root) {
    return fail(ErrorCode::malformed_request, "header: R is not the root of the statements");
  }
  auto paths = crypto::inclusion_paths(leaves);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    admitted.statements[i].path = std::move(paths[i]);
  }
  if (openings == Openings::required) {
    if (const Outcome checked = check_openings(admitted); !checked) {
      return fail(checked.error());
    }
  }
  const Outcome checked =
      check_signatures(admitted.request, admitted.header, keys, admitted.signers);
  if (!checked) {
    return fail(checked.error());
  }
  admitted.hash = request_hash(admitted.request.header);
  return admitted;
}

}  // namespace juanzong
