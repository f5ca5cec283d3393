// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/backup_key.h"

#include "events/storage/durable_file.h"

#include "server/data/data_directory.h"

#include <system_error>

namespace juanzong::cli {
namespace {

constexpr std::size_t key_file_bytes_max = 1'024;

}  // namespace

Result<crypto::RecipientKey> make_backup_key(const std::filesystem::path& name) {
  const std::filesystem::path public_file = name.string() + ".pub";
  std::error_code error;
  for (const std::filesystem::path& file : {name, public_file}) {
    if (std::filesystem::exists(std::filesystem::symlink_status(file, error))) {
      return fail(ErrorCode::environment, file.string() + ": 已存在 / exists already");
    }
  }
  if (const Outcome written = write_new_secret_key(name); !written) {
    return fail(written.error());
  }
  const Result<crypto::SecretKey> key = read_secret_key(name);
  if (!key) {
    return fail(key.error());
  }
  const crypto::RecipientKey recipient = crypto::RecipientKey::of(*key);
  const Outcome written = create_file_durably(public_file, bytes_of(recipient.text() + "\n"));
  return written ? Result<crypto::RecipientKey>(recipient) : fail(written.error());
}

Result<crypto::RecipientKey> find_recipient_key(const std::string& key_or_file) {
  auto key = crypto::RecipientKey::parse(key_or_file);
  if (!key) {
    const Result<Bytes> bytes = read_file(key_or_file, key_file_bytes_max);
    key = bytes ? crypto::RecipientKey::parse(text_of(ByteView(*bytes))) : std::nullopt;
  }
  return key ? Result<crypto::RecipientKey>(*key)
             : fail(ErrorCode::environment,
                    "--to: 既不是备份公钥,也不是其文件 / neither a backup's public key nor a file "
                    "with one");
}

}  // namespace juanzong::cli
