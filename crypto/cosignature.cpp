// SPDX-License-Identifier: Apache-2.0
#include "crypto/cosignature.h"

#include "crypto/note_text.h"

#include <algorithm>
#include <string>

namespace juanzong::crypto {
namespace {

constexpr std::size_t time_size_bytes = 8;
constexpr std::size_t blob_size_bytes = time_size_bytes + Signature::size_bytes;

std::string signed_message(std::string_view note_text, std::uint64_t time_unix_seconds) {
  std::string message = "cosignature/v1\ntime ";
  message += std::to_string(time_unix_seconds);
  message += '\n';
  message += note_text;
  return message;
}

}  // namespace

std::optional<NoteSignature> cosign(const SignerKey& signer,
                                    std::string_view note_text,
                                    std::uint64_t time_unix_seconds) {
  const VerifierKey& key = signer.verifier();
  if (key.type() != NoteKeyType::cosignature_v1 || !is_note_text(note_text) ||
      time_unix_seconds > cosignature_time_unix_seconds_max) {
    return std::nullopt;
  }
  const Signature signature =
      signer.private_key().sign(bytes_of(signed_message(note_text, time_unix_seconds)));
  NoteSignature line{key.name(), key.key_id(), Bytes(time_size_bytes)};
  for (std::size_t i = 0; i < time_size_bytes; ++i) {
    line.blob[i] = static_cast<std::uint8_t>(time_unix_seconds >> (56U - 8U * i));
  }
  line.blob.insert(line.blob.end(), signature.bytes.begin(), signature.bytes.end());
  return line;
}

std::optional<std::uint64_t> verify_cosignature(const VerifierKey& key,
                                                std::string_view note_text,
                                                const NoteSignature& signature) {
  if (key.type() != NoteKeyType::cosignature_v1 || !key.is_named_by(signature) ||
      signature.blob.size() != blob_size_bytes) {
    return std::nullopt;
  }
  std::uint64_t time_unix_seconds = 0;
  for (std::size_t i = 0; i < time_size_bytes; ++i) {
    time_unix_seconds = (time_unix_seconds << 8U) | signature.blob[i];
  }
  Signature raw;
  std::copy_n(signature.blob.begin() + time_size_bytes, raw.bytes.size(), raw.bytes.begin());
  if (time_unix_seconds > cosignature_time_unix_seconds_max ||
      !verify(key.public_key(), bytes_of(signed_message(note_text, time_unix_seconds)), raw)) {
    return std::nullopt;
  }
  return time_unix_seconds;
}

}  // namespace juanzong::crypto
