// SPDX-License-Identifier: Apache-2.0
#include "crypto/checkpoint.h"

#include "crypto/base64.h"
#include "crypto/merkle_tree.h"
#include "crypto/note_text.h"
#include "crypto/signed_note.h"

#include <charconv>
#include <span>

namespace juanzong::crypto {
namespace {

// Removes one line from the front and returns it without its newline.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t newline = text.find('\n');
  if (newline == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view line = text.substr(0, newline);
  text.remove_prefix(newline + 1);
  return line;
}

bool is_origin(std::string_view line) {
  return !line.empty() && line.find('\n') == std::string_view::npos && is_note_characters(line);
}

bool is_valid(const Checkpoint& checkpoint) {
  return is_origin(checkpoint.origin) && checkpoint.size <= checkpoint_size_max &&
         (checkpoint.size != 0 || checkpoint.root == empty_root());
}

std::optional<std::uint64_t> parse_size(std::string_view line) {
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size);
  const bool leading_zero = line.size() > 1 && line.front() == '0';
  if (error != std::errc{} || end != line.data() + line.size() || leading_zero) {
    return std::nullopt;
  }
  return size;
}

}  // namespace

std::optional<std::string> format_checkpoint(const Checkpoint& checkpoint) {
  if (!is_valid(checkpoint)) {
    return std::nullopt;
  }
  return checkpoint.origin + '\n' + std::to_string(checkpoint.size) + '\n' +
         base64_encode(checkpoint.root.view()) + '\n';
}

std::optional<Checkpoint> parse_checkpoint(std::string_view text) {
  const auto origin = take_line(text);
  const auto size_line = take_line(text);
  const auto root_line = take_line(text);
  if (!origin || !size_line || !root_line || !text.empty()) {
    return std::nullopt;
  }
  const auto size = parse_size(*size_line);
  const auto root_bytes = base64_decode(*root_line);
  if (!size || !root_bytes) {
    return std::nullopt;
  }
  const auto root = digest_from_bytes(*root_bytes);
  if (!root) {
    return std::nullopt;
  }
  Checkpoint checkpoint{std::string(*origin), *size, *root};
  return is_valid(checkpoint) ? std::optional(std::move(checkpoint)) : std::nullopt;
}

std::optional<std::string> sign_checkpoint(const Checkpoint& checkpoint, const SignerKey& log_key) {
  const auto text = format_checkpoint(checkpoint);
  if (!text || checkpoint.origin != log_key.verifier().name()) {
    return std::nullopt;
  }
  return sign_note(log_key, *text);
}

std::optional<std::string> sign_checkpoint(const Checkpoint& checkpoint,
                                           const VerifierKey& log_key,
                                           const MessageSigner& signer) {
  const auto text = format_checkpoint(checkpoint);
  if (!text || checkpoint.origin != log_key.name()) {
    return std::nullopt;
  }
  auto signature = sign_text(log_key, signer, *text);
  return signature ? format_note({*text, {*std::move(signature)}}) : std::nullopt;
}

std::optional<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& log_key) {
  if (log_key.type() != NoteKeyType::ed25519) {
    return std::nullopt;
  }
  const auto opened = open_note(note, std::span(&log_key, 1));
  if (!opened) {
    return std::nullopt;
  }
  auto checkpoint = parse_checkpoint(opened->text);
  return checkpoint && checkpoint->origin == log_key.name() ? checkpoint : std::nullopt;
}

}  // namespace juanzong::crypto
