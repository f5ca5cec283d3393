// SPDX-License-Identifier: Apache-2.0
#include "server/witness/cosigning.h"

#include "crypto/cosignature.h"
#include "crypto/proof_text.h"
#include "crypto/signed_note.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace juanzong {
namespace {

std::optional<std::uint64_t> size_of(std::string_view line) {
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size);
  const bool whole =
      error == std::errc{} && std::string_view(end, line.data() + line.size()) == "\n";
  return whole ? std::optional<std::uint64_t>(size) : std::nullopt;
}

class Asking {
 public:
  Asking(const crypto::Checkpoint& head, std::string_view note, const CosigningParts& parts)
      : head_(head), note_(note), parts_(parts) {}

  // Lines that the witness answered, from this size on; a problem otherwise.
  Result<std::string> lines_of(const crypto::PolicyWitness& witness, std::uint64_t& known) const {
    Result<HttpResponse> answer = ask(witness, known);
    if (answer && answer->status == 409) {
      const auto size = size_of(answer->body);
      if (!size || *size > head_.size) {
        return fail(ErrorCode::environment, "409 " + answer->body.substr(0, 20));
      }
      known = *size;
      answer = ask(witness, known);
    }
    if (!answer) {
      return fail(answer.error());
    }
    return answer->status == 200 ? Result<std::string>(std::move(answer->body))
                                 : fail(ErrorCode::environment, std::to_string(answer->status));
  }

 private:
  Result<HttpResponse> ask(const crypto::PolicyWitness& witness, std::uint64_t old_size) const {
    std::vector<crypto::Digest> growth;
    if (old_size > 0 && old_size < head_.size) {
      Result<std::vector<crypto::Digest>> proof = parts_.growth(old_size);
      if (!proof) {
        return fail(proof.error());
      }
      growth = *std::move(proof);
    }
    return parts_.ask(witness, crypto::consistency_proof_text(old_size, growth, note_));
  }

  const crypto::Checkpoint& head_;
  std::string_view note_;
  const CosigningParts& parts_;
};

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
  const Asking asking(head, note, parts);
  for (const crypto::PolicyWitness& witness : policy.witnesses()) {
    if (witness.url.empty()) {
      continue;
    }
    WitnessAnswer& answer = cosigned.answers[witness.name];
    const Result<std::string> lines = asking.lines_of(witness, known[witness.name]);
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
