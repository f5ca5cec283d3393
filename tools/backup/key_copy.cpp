// SPDX-License-Identifier: Apache-2.0
#include "tools/backup/key_copy.h"

#include "events/vault/person_keys.h"

#include "tools/backup/sealed_file.h"

#include <optional>
#include <string>
#include <utility>

namespace juanzong {
namespace {

std::string head_of(const KeyCopy& copy) {
  std::string head(key_copy_kind);
  head.append("\nbackup ").append(crypto::to_hex(copy.backup));
  head.append("\ncreated ").append(to_rfc3339(copy.created));
  head.append("\ndestroy-by ").append(to_rfc3339(copy.destroy_by));
  return head.append("\n");
}

// What follows `name` and a space on its line.
std::string_view value_of(std::string_view head, const std::string& name) {
  const std::size_t at = head.find("\n" + name + " ");
  if (at == std::string_view::npos) {
    return {};
  }
  const std::string_view rest = head.substr(at + name.size() + 2);
  return rest.substr(0, rest.find('\n'));
}

std::optional<KeyCopy> parse_head(const std::string& head) {
  const auto backup = crypto::digest_from_hex(value_of(head, "backup"));
  const auto created = parse_instant(value_of(head, "created"));
  const auto destroy_by = parse_instant(value_of(head, "destroy-by"));
  if (!backup || !created || !destroy_by) {
    return std::nullopt;
  }
  KeyCopy copy{*backup, *created, *destroy_by, {}};
  return head_of(copy) == head ? std::optional(std::move(copy)) : std::nullopt;
}

}  // namespace

Result<UnixMicros> write_key_copy(const std::filesystem::path& file,
                                  const crypto::RecipientKey& recipient,
                                  const crypto::Digest& backup,
                                  UnixMicros created,
                                  ByteView person_keys) {
  KeyCopy copy;
  copy.backup = backup;
  copy.created = created;
  copy.destroy_by = UnixMicros{created.value + key_copy_days * micros_per_day};
  const Result<std::unique_ptr<SealedFileWriter>> writer =
      SealedFileWriter::begin(file, head_of(copy), recipient);
  if (!writer) {
    return fail(writer.error());
  }
  const Outcome put = (*writer)->put(person_keys);
  const Result<SealedFileDigest> done = put ? (*writer)->finish() : fail(put.error());
  return done ? Result<UnixMicros>(copy.destroy_by) : fail(done.error());
}

Result<KeyCopy> read_key_copy(const std::filesystem::path& file,
                              const crypto::SecretKey& private_key) {
  const Result<std::unique_ptr<SealedFileReader>> reader =
      SealedFileReader::open(file, key_copy_kind, private_key);
  if (!reader) {
    return fail(reader.error());
  }
  auto copy = parse_head((*reader)->head());
  if (!copy) {
    return fail(ErrorCode::corruption, file.filename().string() + ": its head is not understood");
  }
  Result<Bytes> keys = (*reader)->take_rest(PersonKeys::file_bytes_max);
  if (!keys) {
    return fail(keys.error());
  }
  copy->person_keys = std::move(*keys);
  return *std::move(copy);
}

}  // namespace juanzong
