// SPDX-License-Identifier: Apache-2.0
#include "events/vault/sealed_opening.h"

#include "crypto/sealed_field.h"

#include "events/model/byte_io.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr std::size_t salt_bytes = 32;

Bytes associated_data(const OpeningPlace& place) {
  ByteWriter out;
  out.put("juanzong/opening/v1\n").put(place.ledger.view()).put(number(place.index));
  out.put(place.subject.view()).put_sized<std::uint16_t>(bytes_of(place.path));
  return out.take();
}

}  // namespace

Bytes seal_opening(const crypto::SecretKey& key,
                   const OpeningPlace& place,
                   const OpenedValue& opened) {
  ByteWriter plain;
  plain.put(ByteView(opened.salt)).put(ByteView(opened.value));
  Bytes text = plain.take();
  Bytes sealed = crypto::seal(key, associated_data(place), text);
  crypto::wipe(text);
  return sealed;
}

std::optional<OpenedValue> open_opening(const crypto::SecretKey& key,
                                        const OpeningPlace& place,
                                        ByteView sealed) {
  std::optional<Bytes> plain = crypto::open(key, associated_data(place), sealed);
  if (!plain || plain->size() < salt_bytes) {
    return std::nullopt;
  }
  OpenedValue opened;
  const ByteView text(*plain);
  std::ranges::copy(text.first(salt_bytes), opened.salt.begin());
  const ByteView value = text.subspan(salt_bytes);
  opened.value.assign(value.begin(), value.end());
  crypto::wipe(*plain);
  return opened;
}

}  // namespace juanzong
