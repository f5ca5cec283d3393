// SPDX-License-Identifier: Apache-2.0
// A stream of any length sealed to the holder of a private key who is not there: for copies that
// leave the machine. libsodium's crypto_secretstream_xchacha20poly1305 under a key that is made
// for this stream and sealed by crypto_box_seal (X25519, XSalsa20-Poly1305).
//
//   prelude:  "juanzong/sealed-stream/v1\n" ‖ recipient 32 ‖ sealed stream key 80 ‖ header 24
//   chunks:   65,536 bytes of plain text each, the last one at most that (perhaps none), each
//             17 bytes longer when sealed; the last one carries the tag FINAL, the others MESSAGE
//
// The context and the prelude are the additional data of the first chunk, and each chunk depends
// on those before it: no chunk can be altered, dropped, moved, cut off or added. Who made the
// stream it does not show: everybody may seal to a public key.
#pragma once

#include "crypto/byte_view.h"
#include "crypto/recipient_key.h"
#include "crypto/secret_bytes.h"

#include <cstddef>
#include <memory>
#include <optional>

namespace juanzong::crypto {

inline constexpr std::size_t sealed_stream_chunk_bytes = 65'536;
inline constexpr std::size_t sealed_stream_overhead_bytes = 17;
inline constexpr std::size_t sealed_stream_prelude_bytes = 26 + 32 + 80 + 24;

struct SealedStreamState;
struct SealedStreamStateDeleter {
  void operator()(SealedStreamState* state) const noexcept;  // wipes
};
using SealedStreamHandle = std::unique_ptr<SealedStreamState, SealedStreamStateDeleter>;

enum class ChunkPlace : std::uint8_t { within, last };

class StreamSealer {
 public:
  // `context` names what the stream is and is not stored in it. nullopt: a recipient key of small
  // order, to which nothing can be sealed.
  [[nodiscard]] static std::optional<StreamSealer> begin(const RecipientKey& recipient,
                                                         ByteView context);

  [[nodiscard]] const Bytes& prelude() const { return prelude_; }
  // A whole chunk within the stream; the last one may be shorter, and nothing follows it.
  [[nodiscard]] Bytes seal(ByteView chunk, ChunkPlace place);

 private:
  StreamSealer(SealedStreamHandle state, Bytes prelude, Bytes first_data);

  SealedStreamHandle state_;
  Bytes prelude_;
  Bytes additional_data_;  // of the next chunk
};

class StreamOpener {
 public:
  // nullopt if it is no prelude, sealed to another key, or altered. An altered prelude that still
  // opens, and another context, are found with the first chunk.
  [[nodiscard]] static std::optional<StreamOpener> begin(const SecretKey& private_key,
                                                         ByteView context,
                                                         ByteView prelude);
  // To whom a stream is sealed; nullopt if it is no prelude.
  [[nodiscard]] static std::optional<RecipientKey> recipient_of(ByteView prelude);

  // nullopt if any byte differs, the place is another, or the stream is over.
  [[nodiscard]] std::optional<Bytes> open(ByteView sealed, ChunkPlace place);

 private:
  StreamOpener(SealedStreamHandle state, Bytes first_data);

  SealedStreamHandle state_;
  Bytes additional_data_;
  bool over_ = false;
};

}  // namespace juanzong::crypto
