// SPDX-License-Identifier: Apache-2.0
#include "crypto/passphrase.h"

#include "crypto/secret_bytes.h"

namespace juanzong::crypto {
namespace {

void wipe_text(std::string& text) {
  wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  text.clear();
}

}  // namespace

std::optional<Passphrase> Passphrase::create(std::string_view text) {
  if (text.empty() || text.size() > size_bytes_max || text.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  Passphrase passphrase;
  // On the heap at once: a short string would be copied, and not wiped, with every move.
  passphrase.text_.reserve(size_bytes_max);
  passphrase.text_ = text;
  return passphrase;
}

Passphrase::~Passphrase() {
  wipe_text(text_);
}

Passphrase::Passphrase(Passphrase&& other) noexcept : text_(std::move(other.text_)) {
  wipe_text(other.text_);
}

Passphrase& Passphrase::operator=(Passphrase&& other) noexcept {
  if (this != &other) {
    wipe_text(text_);
    text_ = std::move(other.text_);
    wipe_text(other.text_);
  }
  return *this;
}

}  // namespace juanzong::crypto
