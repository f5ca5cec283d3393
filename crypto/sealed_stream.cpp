// SPDX-License-Identifier: Apache-2.0
#include "crypto/sealed_stream.h"

#include "crypto/sodium_library.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace juanzong::crypto {

struct SealedStreamState {
  crypto_secretstream_xchacha20poly1305_state stream;
};

void SealedStreamStateDeleter::operator()(SealedStreamState* state) const noexcept {
  sodium_memzero(state, sizeof *state);
  delete state;  // NOLINT: made by new_state()
}

namespace {

constexpr std::string_view magic = "juanzong/sealed-stream/v1\n";
constexpr std::size_t sealed_key_bytes =
    crypto_secretstream_xchacha20poly1305_KEYBYTES + crypto_box_SEALBYTES;
constexpr std::size_t header_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;

static_assert(crypto_secretstream_xchacha20poly1305_KEYBYTES == SecretKey::size_bytes);
static_assert(crypto_secretstream_xchacha20poly1305_ABYTES == sealed_stream_overhead_bytes);
static_assert(magic.size() + 32 + sealed_key_bytes + header_bytes == sealed_stream_prelude_bytes);

SealedStreamHandle new_state() {
  return SealedStreamHandle(new SealedStreamState{});  // NOLINT: the deleter wipes
}

Bytes joined(ByteView first, ByteView second) {
  Bytes bytes(first.begin(), first.end());
  bytes.insert(bytes.end(), second.begin(), second.end());
  return bytes;
}

unsigned char tag_of(ChunkPlace place) {
  return place == ChunkPlace::last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                   : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
}

bool is_prelude(ByteView bytes) {
  return bytes.size() == sealed_stream_prelude_bytes && text_of(bytes.first(magic.size())) == magic;
}

}  // namespace

StreamSealer::StreamSealer(SealedStreamHandle state, Bytes prelude, Bytes first_data)
    : state_(std::move(state)),
      prelude_(std::move(prelude)),
      additional_data_(std::move(first_data)) {}

std::optional<StreamSealer> StreamSealer::begin(const RecipientKey& recipient, ByteView context) {
  ensure_initialised();
  SecretKey key;
  crypto_secretstream_xchacha20poly1305_keygen(key.writable().data());
  Bytes prelude = joined(bytes_of(magic), recipient.bytes);
  const std::size_t key_at = prelude.size();
  prelude.resize(sealed_stream_prelude_bytes);
  if (crypto_box_seal(
          &prelude[key_at], key.view().data(), SecretKey::size_bytes, recipient.bytes.data()) !=
      0) {
    return std::nullopt;
  }
  SealedStreamHandle state = new_state();
  crypto_secretstream_xchacha20poly1305_init_push(
      &state->stream, &prelude[key_at + sealed_key_bytes], key.view().data());
  Bytes first_data = joined(context, prelude);
  return StreamSealer(std::move(state), std::move(prelude), std::move(first_data));
}

Bytes StreamSealer::seal(ByteView chunk, ChunkPlace place) {
  Bytes sealed(chunk.size() + sealed_stream_overhead_bytes);
  crypto_secretstream_xchacha20poly1305_push(&state_->stream,
                                             sealed.data(),
                                             nullptr,
                                             chunk.data(),
                                             chunk.size(),
                                             additional_data_.data(),
                                             additional_data_.size(),
                                             tag_of(place));
  additional_data_.clear();
  return sealed;
}

StreamOpener::StreamOpener(SealedStreamHandle state, Bytes first_data)
    : state_(std::move(state)), additional_data_(std::move(first_data)) {}

std::optional<RecipientKey> StreamOpener::recipient_of(ByteView prelude) {
  if (!is_prelude(prelude)) {
    return std::nullopt;
  }
  RecipientKey recipient;
  std::ranges::copy(prelude.subspan(magic.size(), recipient.bytes.size()), recipient.bytes.begin());
  return recipient;
}

std::optional<StreamOpener> StreamOpener::begin(const SecretKey& private_key,
                                                ByteView context,
                                                ByteView prelude) {
  ensure_initialised();
  const RecipientKey recipient = RecipientKey::of(private_key);
  if (recipient_of(prelude) != recipient) {
    return std::nullopt;
  }
  const ByteView sealed_key =
      prelude.subspan(magic.size() + recipient.bytes.size(), sealed_key_bytes);
  SecretKey key;
  if (crypto_box_seal_open(key.writable().data(),
                           sealed_key.data(),
                           sealed_key.size(),
                           recipient.bytes.data(),
                           private_key.view().data()) != 0) {
    return std::nullopt;
  }
  SealedStreamHandle state = new_state();
  if (crypto_secretstream_xchacha20poly1305_init_pull(
          &state->stream, prelude.last(header_bytes).data(), key.view().data()) != 0) {
    return std::nullopt;
  }
  return StreamOpener(std::move(state), joined(context, prelude));
}

std::optional<Bytes> StreamOpener::open(ByteView sealed, ChunkPlace place) {
  const bool whole = place == ChunkPlace::last ||
                     sealed.size() == sealed_stream_chunk_bytes + sealed_stream_overhead_bytes;
  if (over_ || !whole || sealed.size() < sealed_stream_overhead_bytes ||
      sealed.size() > sealed_stream_chunk_bytes + sealed_stream_overhead_bytes) {
    return std::nullopt;
  }
  Bytes chunk(sealed.size() - sealed_stream_overhead_bytes);
  unsigned char tag = 0;
  const int opened = crypto_secretstream_xchacha20poly1305_pull(&state_->stream,
                                                                chunk.data(),
                                                                nullptr,
                                                                &tag,
                                                                sealed.data(),
                                                                sealed.size(),
                                                                additional_data_.data(),
                                                                additional_data_.size());
  if (opened != 0 || tag != tag_of(place)) {
    over_ = true;
    return std::nullopt;
  }
  additional_data_.clear();
  over_ = place == ChunkPlace::last;
  return chunk;
}

}  // namespace juanzong::crypto
