// SPDX-License-Identifier: Apache-2.0
// Person keys: one AES-256 key per person, wrapped by a key-encryption key that is kept elsewhere.
// Destroying a person's key erases every sealed opening and attachment of that person, everywhere.
// A small file of its own (docs/FORMATS.md, section 8), rewritten whole (new file, synced, renamed,
// folder synced), durable before the first use of a key: one extra sync per new person.
#pragma once

#include "crypto/secret_bytes.h"

#include "events/model/ids.h"
#include "events/model/result.h"

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

namespace juanzong {

class PersonKeys {
 public:
  static constexpr std::size_t file_bytes_max = std::size_t{256} << 20U;  // three million people

  // `key_encryption_key` wraps each key by AES-256-GCM with the person id as associated data.
  [[nodiscard]] static Result<std::unique_ptr<PersonKeys>> open(
      const std::filesystem::path& file, crypto::SecretKey key_encryption_key);
  [[nodiscard]] static Result<std::unique_ptr<PersonKeys>> create(
      const std::filesystem::path& file, crypto::SecretKey key_encryption_key);

  // Safe from any thread. nullopt: never had one, or erased.
  [[nodiscard]] std::optional<crypto::SecretKey> find(const PersonId& person) const;
  // The person had a key and it was erased; false for one who never had any.
  [[nodiscard]] bool is_erased(const PersonId& person) const;
  // Makes the missing keys of these people durable before it returns; not_permitted, and nothing
  // is made, if one of them was erased.
  [[nodiscard]] Outcome ensure(const std::vector<PersonId>& people);
  // The key is gone when this returns; an erased person never gets a new key.
  [[nodiscard]] Outcome erase(const PersonId& person);

  // Whose keys were erased, as such a file says; needs no key. nullopt if it is not whole.
  [[nodiscard]] static std::optional<std::set<PersonId>> erased_in(ByteView file);

  // A new file with what is known of these people: keys wrapped under another key-encryption key,
  // and who was erased. Others are left out.
  [[nodiscard]] Outcome copy_to(const std::filesystem::path& file,
                                const crypto::SecretKey& key_encryption_key,
                                const std::set<PersonId>& people) const;
  // Everybody's.
  [[nodiscard]] Outcome copy_to(const std::filesystem::path& file,
                                const crypto::SecretKey& key_encryption_key) const;

 private:
  struct Entry {
    bool erased = false;
    Bytes wrapped;
  };
  using Entries = std::map<PersonId, Entry>;

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
