// SPDX-License-Identifier: Apache-2.0
#include "server/witness/cosigning.h"

#include "crypto/cosignature.h"
#include "crypto/signed_note.h"

#include "server/witness/growth_request.h"

namespace juanzong {
namespace {

// Lines that the witness answered, from this size on; a problem otherwise.
Result<std::string> lines_of(const crypto::PolicyWitness& witness,
                             const crypto::Checkpoint& head,
                             std::string_view note,
                             const CosigningParts& parts,
                             std::uint64_t& known) {
  const GrowthRequest request{
      head, note, [&](const std::string& body) { return parts.ask(witness, body); }, parts.growth};
  Result<HttpResponse> answer = ask_from_known(request, known);
  if (!answer) {
    return fail(answer.error());
  }
  if (answer->status == 409) {
    return fail(ErrorCode::environment, "409 " + answer->body.substr(0, 20));
  }
  return answer->status == 200 ? Result<std::string>(std::move(answer->body))
                               : fail(ErrorCode::environment, std::to_string(answer->status));
}

// The witness's own good lines, and no others: a witness speaks for itself only.
std::string good_lines(const crypto::PolicyWitness& witness,
                       std::string_view note,
                       std::string_view lines) {
  const auto parsed = crypto::parse_note(std::string(note).append(lines));
  std::string good;
  if (parsed) {
    for (const crypto::NoteSignature& signature : parsed->signatures) {
      if (witness.key.is_named_by(signature) &&
          crypto::verify_cosignature(witness.key, parsed->text, signature)) {
        good += crypto::format_signature_line(signature);
      }
    }
  }
  return good;
}

}  // namespace

Cosigned ask_witnesses(const crypto::WitnessPolicy& policy,
                       const crypto::Checkpoint& head,
                       std::string_view note,
                       std::map<std::string, std::uint64_t>& known,
                       const CosigningParts& parts) {
  Cosigned cosigned{std::string(note), {}};
  for (const crypto::PolicyWitness& witness : policy.witnesses()) {
    if (witness.url.empty()) {
      continue;
    }
    WitnessAnswer& answer = cosigned.answers[witness.name];
    const Result<std::string> lines = lines_of(witness, head, note, parts, known[witness.name]);
    if (!lines) {
      answer.problem = to_text(lines.error());
      continue;
    }
    const std::string good = good_lines(witness, note, *lines);
    answer.cosigned = !good.empty();
    if (answer.cosigned) {
      cosigned.note += good;
      known[witness.name] = head.size;
    } else {
      answer.problem = "the answer has no good cosignature of this witness";
    }
  }
  return cosigned;
}

}  // namespace juanzong
