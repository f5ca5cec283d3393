// SPDX-License-Identifier: Apache-2.0
#include "crypto/base64.h"

#include "projections/proofs/answer_proof.h"

#include <charconv>
#include <optional>

namespace juanzong {
namespace {

constexpr std::string_view title = "juanzong/answer-proof@v1\n";
constexpr std::size_t parts_max = 100'000'000;

Failure malformed(std::string_view what) {
  return fail(ErrorCode::malformed_request, "answer proof: " + std::string(what));
}

// Takes from the front of a text, as long as it is shaped.
class Text {
 public:
  explicit Text(std::string_view text) : rest_(text) {}
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] bool starts(std::string_view word) const { return rest_.starts_with(word); }
  // The rest of a line that starts so.
  std::string_view line(std::string_view word) {
    const std::size_t end = rest_.find('\n');
    if (!rest_.starts_with(word) || end == std::string_view::npos) {
      ok_ = false;
      return {};
    }
    const std::string_view value = rest_.substr(word.size(), end - word.size());
    rest_.remove_prefix(end + 1);
    return value;
  }
  std::string_view bytes(std::size_t count) {
    if (count > rest_.size()) {
      ok_ = false;
      return {};
    }
    const std::string_view value = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return value;
  }
  std::size_t number(std::string_view word) {
    const std::string_view digits = line(word);
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    ok_ = ok_ && error == std::errc{} && end == digits.data() + digits.size() && value < parts_max;
    return ok_ ? value : 0;
  }
  Bytes base64(std::string_view word) {
    auto decoded = crypto::base64_decode(line(word));
    ok_ = ok_ && decoded.has_value();
    return decoded ? *std::move(decoded) : Bytes{};
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

void take_argument(Text& text, AnswerProof& proof) {
  const std::string_view line = text.line("argument ");
  const std::size_t blank = line.find(' ');
  if (blank != std::string_view::npos) {
    proof.arguments.emplace(line.substr(0, blank), line.substr(blank + 1));
  }
}

}  // namespace

std::string to_text(const AnswerProof& proof) {
  std::string text(title);
  text.append("view ").append(proof.view).append("\n");
  for (const auto& [name, value] : proof.arguments) {
    text.append("argument ").append(name).append(" ").append(value).append("\n");
  }
  text.append("answer ").append(crypto::base64_encode(bytes_of(proof.answer))).append("\n");
  for (const std::string& each : proof.stream_proofs) {
    text.append("stream-proof ").append(std::to_string(each.size())).append("\n").append(each);
  }
  if (!proof.note.empty()) {
    text.append("checkpoint ").append(std::to_string(proof.note.size())).append("\n");
    text.append(proof.note);
  }
  for (const Bytes& record : proof.records) {
    text.append("record ").append(crypto::base64_encode(record)).append("\n");
  }
  return text;
}

bool is_answer_proof(std::string_view text) {
  return text.starts_with(title);
}

Result<AnswerProof> parse_answer_proof(std::string_view text) {
  if (!is_answer_proof(text)) {
    return malformed("title");
  }
  Text rest(text.substr(title.size()));
  AnswerProof proof;
  proof.view = rest.line("view ");
  while (rest.ok() && rest.starts("argument ")) {
    take_argument(rest, proof);
  }
  const Bytes answer = rest.base64("answer ");
  proof.answer = text_of(ByteView(answer));
  while (rest.ok() && rest.starts("stream-proof ")) {
    proof.stream_proofs.emplace_back(rest.bytes(rest.number("stream-proof ")));
  }
  if (rest.starts("checkpoint ")) {
    proof.note = rest.bytes(rest.number("checkpoint "));
  }
  while (rest.ok() && rest.starts("record ")) {
    proof.records.push_back(rest.base64("record "));
  }
  // One text for each proof: arguments ascend, numbers have no zeros before them …
  const bool whole = rest.ok() && rest.at_end() && to_text(proof) == text;
  return whole ? Result<AnswerProof>(std::move(proof)) : malformed("layout");
}

}  // namespace juanzong
