// SPDX-License-Identifier: Apache-2.0
#include "events/log/stream_proof.h"

#include "crypto/base64.h"

#include "events/log/statement.h"

#include <charconv>
#include <optional>

namespace juanzong {
namespace {

constexpr std::string_view title = "juanzong/stream-proof@v1";

void add_leaf(std::string& text, std::string_view word, const ProvenLeaf& leaf) {
  text.append(word).append(" ").append(std::to_string(leaf.position)).append(" ");
  text.append(crypto::base64_encode(leaf.bytes)).append("\n");
  for (const crypto::Digest& hash : leaf.path) {
    text.append(crypto::base64_encode(hash.view())).append("\n");
  }
}

// Lines from the top; the caller asks at() first.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  [[nodiscard]] std::size_t number() const { return number_; }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] bool at_end() const { return rest_.find('\n') == std::string_view::npos; }
  [[nodiscard]] std::string_view peek() const { return rest_.substr(0, rest_.find('\n')); }
  std::string_view take() {
    const std::string_view line = peek();
    rest_.remove_prefix(line.size() + 1);
    ++number_;
    return line;
  }

 private:
  std::string_view rest_;
  std::size_t number_ = 1;
};

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole && std::to_string(value) == text ? std::optional<std::uint64_t>(value)
                                                : std::nullopt;
}

// The block that begins with this word and a blank; nullopt: the next line does not, or is wrong.
std::optional<ProvenLeaf> take_leaf(Lines& lines, std::string_view word) {
  if (lines.at_end() || !lines.peek().starts_with(std::string(word) + " ")) {
    return std::nullopt;
  }
  const std::string_view line = lines.peek().substr(word.size() + 1);
  const std::size_t blank = line.find(' ');
  const auto position = parse_number(line.substr(0, blank));
  auto bytes = blank == std::string_view::npos ? std::nullopt
                                               : crypto::base64_decode(line.substr(blank + 1));
  if (!position || !bytes || bytes->empty()) {
    return std::nullopt;
  }
  lines.take();
  ProvenLeaf leaf{*position, *std::move(bytes), {}};
  while (!lines.at_end()) {
    const auto hash = crypto::base64_decode(lines.peek());
    if (!hash || hash->size() != crypto::Digest::size_bytes) {
      break;
    }
    std::copy(hash->begin(), hash->end(), leaf.path.emplace_back().bytes.begin());
    lines.take();
  }
  return leaf;
}

Failure wrong_line(const Lines& lines) {
  return fail(ErrorCode::malformed_request, "stream proof, line " + std::to_string(lines.number()));
}

}  // namespace

std::string to_text(const StreamProof& proof) {
  std::string text(title);
  text.append("\nstream ").append(proof.stream).append("\n");
  for (const ProvenLeaf& head : proof.heads) {
    add_leaf(text, "head", head);
  }
  add_leaf(text, "close", proof.close);
  for (const ProvenLeaf& record : proof.records) {
    add_leaf(text, "record", record);
  }
  return text.append("\n").append(proof.note);
}

Result<StreamProof> parse_stream_proof(std::string_view text) {
  constexpr std::string_view stream_word = "stream ";
  Lines lines(text);
  if (lines.at_end() || lines.peek() != title) {
    return wrong_line(lines);
  }
  lines.take();
  StreamProof proof;
  if (lines.at_end() || !lines.peek().starts_with(stream_word) ||
      !is_stream_name(lines.peek().substr(stream_word.size()))) {
    return wrong_line(lines);
  }
  proof.stream = lines.take().substr(stream_word.size());
  while (auto head = take_leaf(lines, "head")) {
    proof.heads.push_back(*std::move(head));
  }
  auto close = take_leaf(lines, "close");
  if (!close) {
    return wrong_line(lines);
  }
  proof.close = *std::move(close);
  while (auto record = take_leaf(lines, "record")) {
    proof.records.push_back(*std::move(record));
  }
  if (lines.at_end() || !lines.peek().empty()) {
    return wrong_line(lines);
  }
  lines.take();
  proof.note = lines.rest();
  return proof;
}

}  // namespace juanzong
