// SPDX-License-Identifier: Apache-2.0
// Person keys: one AES-256 key per person and ledger, wrapped by a key-encryption key that is kept
// elsewhere. Destroying it erases every sealed opening and attachment of that person in that
// ledger; another ledger of the same directory that knows the person has a key of its own (ADR 25).
// A small file of its own (docs/FORMATS.md, section 8), rewritten whole (new file, synced, renamed,
// folder synced), durable before the first use of a key: one extra sync per new person.
#pragma once

#include "crypto/secret_bytes.h"

#include "events/model/ids.h"
#include "events/model/result.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

namespace juanzong {

// Whose key: a person as one ledger knows him.
struct KeyOwner {
  LedgerId ledger;
  PersonId person;
  auto operator<=>(const KeyOwner&) const = default;
};

// Why nothing more is sealed for somebody.
inline constexpr std::string_view erased_person =
    "该人的个人信息已删除,不得再登记其个人信息 / this person was erased; nothing is recorded any "
    "more "
    "that commits to a value of this person";

class PersonKeys {
 public:
  static constexpr std::size_t file_bytes_max = std::size_t{256} << 20U;  // three million people

  // `key_encryption_key` wraps each key by AES-256-GCM with ledger and person as associated data.
  [[nodiscard]] static Result<std::unique_ptr<PersonKeys>> open(
      const std::filesystem::path& file, crypto::SecretKey key_encryption_key);
  [[nodiscard]] static Result<std::unique_ptr<PersonKeys>> create(
      const std::filesystem::path& file, crypto::SecretKey key_encryption_key);

  // Safe from any thread. nullopt: never had one, or erased.
  [[nodiscard]] std::optional<crypto::SecretKey> find(const KeyOwner& owner) const;
  // Makes the missing keys of these people durable before it returns; not_permitted, and nothing
  // is made, if one of them was erased.
  [[nodiscard]] Outcome ensure(const LedgerId& ledger, const std::vector<PersonId>& people);
  // The key is gone when this returns, from the file, from the bytes that the file before had on
  // disk as far as the file system writes in place, and from unfinished files beside it. An erased
  // person never gets a new key.
  [[nodiscard]] Outcome erase(const KeyOwner& owner);
  [[nodiscard]] bool is_erased(const KeyOwner& owner) const;

  // Whose keys were erased, as such a file says; needs no key. nullopt if it is not whole.
  [[nodiscard]] static std::optional<std::set<KeyOwner>> erased_in(ByteView file);

  // A new file with what is known of those who are wanted: keys wrapped under another
  // key-encryption key, and who was erased.
  [[nodiscard]] Outcome copy_to(const std::filesystem::path& file,
                                const crypto::SecretKey& key_encryption_key,
                                const std::function<bool(const KeyOwner&)>& wanted) const;

 private:
  struct Entry {
    bool erased = false;
    Bytes wrapped;
  };
  using Entries = std::map<KeyOwner, Entry>;

  PersonKeys(std::filesystem::path file, crypto::SecretKey key_encryption_key);
  [[nodiscard]] static Bytes encode(const Entries& entries);
  [[nodiscard]] static std::optional<Entries> parse(ByteView bytes);
  [[nodiscard]] Outcome load();
  // The caller holds the mutex.
  [[nodiscard]] Outcome replace(Entries next);

  std::filesystem::path file_;
  crypto::SecretKey key_encryption_key_;
  mutable std::mutex mutex_;
  Entries entries_;
};

}  // namespace juanzong
