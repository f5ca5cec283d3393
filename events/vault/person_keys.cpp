// SPDX-License-Identifier: Apache-2.0
// File layout, integers little-endian:
//   "JZPK" ‖ format u32 = 2 ‖ count u32 ‖
//   count × (ledger 16 ‖ person 16 ‖ erased u8 ‖ wrapped length u16 ‖ wrapped), ascending ‖
//   SHA-256 of everything before
// A wrapped key is nonce 12 ‖ ciphertext 32 ‖ tag 16 under the key-encryption key with ledger ‖
// person as associated data; an erased person's is empty.
#include "events/vault/person_keys.h"

#include "crypto/random_bytes.h"
#include "crypto/sealed_field.h"
#include "crypto/sha256.h"

#include "events/model/byte_io.h"
#include "events/storage/durable_file.h"

#include <algorithm>
#include <utility>

namespace juanzong {
namespace {

constexpr std::string_view magic = "JZPK";
constexpr std::uint32_t format = 2;
constexpr std::size_t wrapped_bytes =
    crypto::SecretKey::size_bytes + crypto::sealed_overhead_size_bytes;

Bytes associated_data(const KeyOwner& owner) {
  ByteWriter out;
  out.put(owner.ledger.view()).put(owner.person.view());
  return out.take();
}

std::optional<crypto::SecretKey> unwrap(const crypto::SecretKey& key_encryption_key,
                                        const KeyOwner& owner,
                                        ByteView wrapped) {
  std::optional<Bytes> plain = crypto::open(key_encryption_key, associated_data(owner), wrapped);
  if (!plain || plain->size() != crypto::SecretKey::size_bytes) {
    return std::nullopt;
  }
  std::optional<crypto::SecretKey> key(std::in_place);
  std::ranges::copy(*plain, key->writable().begin());
  crypto::wipe(*plain);
  return key;
}

Bytes new_wrapped_key(const crypto::SecretKey& key_encryption_key, const KeyOwner& owner) {
  crypto::SecretKey key;
  crypto::fill_random(key.writable());
  return crypto::seal(key_encryption_key, associated_data(owner), key.view());
}

}  // namespace

PersonKeys::PersonKeys(std::filesystem::path file, crypto::SecretKey key_encryption_key)
    : file_(std::move(file)), key_encryption_key_(std::move(key_encryption_key)) {}

Result<std::unique_ptr<PersonKeys>> PersonKeys::create(const std::filesystem::path& file,
                                                       crypto::SecretKey key_encryption_key) {
  std::unique_ptr<PersonKeys> keys(  // NOLINT: private constructor
      new PersonKeys(file, std::move(key_encryption_key)));
  const Outcome stored = create_file_durably(file, encode({}));
  if (!stored) {
    return fail(stored.error());
  }
  return keys;
}

Result<std::unique_ptr<PersonKeys>> PersonKeys::open(const std::filesystem::path& file,
                                                     crypto::SecretKey key_encryption_key) {
  std::unique_ptr<PersonKeys> keys(  // NOLINT: private constructor
      new PersonKeys(file, std::move(key_encryption_key)));
  if (const Outcome loaded = keys->load(); !loaded) {
    return fail(loaded.error());
  }
  return keys;
}

std::optional<crypto::SecretKey> PersonKeys::find(const KeyOwner& owner) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(owner);
  if (found == entries_.end() || found->second.erased) {
    return std::nullopt;
  }
  return unwrap(key_encryption_key_, owner, found->second.wrapped);
}

bool PersonKeys::is_erased(const KeyOwner& owner) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(owner);
  return found != entries_.end() && found->second.erased;
}

Outcome PersonKeys::ensure(const LedgerId& ledger, const std::vector<PersonId>& people) {
  const std::lock_guard lock(mutex_);
  Entries next = entries_;
  for (const PersonId& person : people) {
    const KeyOwner owner{ledger, person};
    Entry& entry = next[owner];
    if (entry.erased) {
      return fail(ErrorCode::not_permitted, std::string(erased_person));
    }
    if (entry.wrapped.empty()) {
      entry.wrapped = new_wrapped_key(key_encryption_key_, owner);
    }
  }
  return next.size() == entries_.size() ? Outcome(Done{}) : replace(std::move(next));
}

Outcome PersonKeys::erase(const KeyOwner& owner) {
  const std::lock_guard lock(mutex_);
  Entries next = entries_;
  next[owner] = Entry{true, {}};
  const Outcome stored = overwrite_file_durably(file_, encode(next));
  if (!stored) {
    return stored;
  }
  entries_ = std::move(next);
  return remove_unfinished_files(file_);
}

Outcome PersonKeys::copy_to(const std::filesystem::path& file,
                            const crypto::SecretKey& key_encryption_key,
                            const std::function<bool(const KeyOwner&)>& wanted) const {
  const std::lock_guard lock(mutex_);
  Entries copied;
  for (const auto& [owner, entry] : entries_) {
    if (!wanted(owner)) {
      continue;
    }
    const auto key =
        entry.erased ? std::nullopt : unwrap(key_encryption_key_, owner, entry.wrapped);
    if (!entry.erased && !key) {
      return fail(ErrorCode::corruption, "person keys: a key does not open");
    }
    copied.emplace(owner,
                   Entry{entry.erased,
                         key ? crypto::seal(key_encryption_key, associated_data(owner), key->view())
                             : Bytes{}});
  }
  return create_file_durably(file, encode(copied));
}

// Memory follows the file: a key that is not durable is never handed out.
Outcome PersonKeys::replace(Entries next) {
  Outcome stored = write_file_durably(file_, encode(next));
  if (stored) {
    entries_ = std::move(next);
  }
  return stored;
}

Bytes PersonKeys::encode(const Entries& entries) {
  ByteWriter out;
  out.put(magic).put(format).put(static_cast<std::uint32_t>(entries.size()));
  for (const auto& [owner, entry] : entries) {
    out.put(owner.ledger.view())
        .put(owner.person.view())
        .put(static_cast<std::uint8_t>(entry.erased ? 1 : 0));
    out.put_sized<std::uint16_t>(ByteView(entry.wrapped));
  }
  out.put(crypto::sha256(out.view()));
  return out.take();
}

std::optional<PersonKeys::Entries> PersonKeys::parse(ByteView bytes) {
  ByteReader in(bytes);
  bool shaped = text_of(in.take_view(magic.size())) == magic;
  shaped &= in.take<std::uint32_t>() == format;
  const std::size_t count = in.take<std::uint32_t>();
  Entries entries;
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    const LedgerId ledger{in.take_array<16>()};
    const KeyOwner owner{ledger, PersonId{in.take_array<16>()}};
    const auto erased = in.take<std::uint8_t>();
    const ByteView wrapped = in.take_sized<std::uint16_t>();
    const bool ascends = entries.empty() || entries.rbegin()->first < owner;
    shaped &= ascends && erased <= 1 && wrapped.size() == (erased == 1 ? 0 : wrapped_bytes);
    entries.emplace_hint(
        entries.end(), owner, Entry{erased == 1, Bytes(wrapped.begin(), wrapped.end())});
  }
  const std::size_t before_digest = in.position();
  const crypto::Digest digest = in.take_digest();
  const bool whole =
      in.finished() && shaped && digest == crypto::sha256(bytes.first(before_digest));
  return whole ? std::optional<Entries>(std::move(entries)) : std::nullopt;
}

std::optional<std::set<KeyOwner>> PersonKeys::erased_in(ByteView file) {
  const std::optional<Entries> entries = parse(file);
  if (!entries) {
    return std::nullopt;
  }
  std::set<KeyOwner> erased;
  for (const auto& [owner, entry] : *entries) {
    if (entry.erased) {
      erased.insert(owner);
    }
  }
  return erased;
}

Outcome PersonKeys::load() {
  const Result<Bytes> bytes = read_file(file_, file_bytes_max);
  if (!bytes) {
    return fail(bytes.error());
  }
  std::optional<Entries> entries = parse(*bytes);
  if (!entries) {
    return fail(ErrorCode::corruption, "person keys: layout or digest");
  }
  // One key tells whether the key-encryption key is the right one; better now than at first use.
  const auto any = std::ranges::find_if(*entries, [](const auto& e) { return !e.second.erased; });
  if (any != entries->end() && !unwrap(key_encryption_key_, any->first, any->second.wrapped)) {
    return fail(ErrorCode::environment, "person keys: wrong key-encryption key");
  }
  entries_ = std::move(*entries);
  return Done{};
}

}  // namespace juanzong
