// SPDX-License-Identifier: Apache-2.0
// juanzong restore: a backup into a new data directory.
#include "server/data/data_directory.h"
#include "server/pipeline/clock.h"

#include "tools/backup/restore_backup.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/known_head_options.h"
#include "tools/terminal/progress_bar.h"

#include <boost/json.hpp>

#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct RestoreArguments {
  std::string backup;
  std::string private_key;
  std::string keys;
  std::string key_encryption_key;
  bool without_person_keys = false;
  bool accept_expired_keys = false;
  bool accept_loss = false;
  std::string directory;
  KnownHeadOptions known;
  bool json = false;
};

Result<RestoreOrder> order_of(const RestoreArguments& arguments) {
  const bool with_keys = !arguments.keys.empty() && !arguments.key_encryption_key.empty();
  const bool with_some = !arguments.keys.empty() || !arguments.key_encryption_key.empty();
  if (with_keys == arguments.without_person_keys || with_some != with_keys) {
    return fail(ErrorCode::query_invalid,
                "须有 --keys 与 --kek,或 --without-person-keys / needs --keys and --kek, or "
                "--without-person-keys");
  }
  Result<KnownHeads> known = read_known_heads(arguments.known);
  if (!known) {
    return fail(known.error());
  }
  RestoreOrder order;
  order.reading.file = arguments.backup;
  order.reading.known = std::move(*known);
  order.reading.accept_loss = arguments.accept_loss;
  order.data = arguments.directory;
  order.now = make_system_clock()->now();
  if (with_keys) {
    order.keys =
        KeysToRestore{arguments.keys, arguments.key_encryption_key, arguments.accept_expired_keys};
  }
  return order;
}

boost::json::object restored_json(const RestoreArguments& arguments, const RestoredBackup& done) {
  boost::json::array ledgers;
  for (const BackedUpLedger& ledger : done.backup.header.ledgers) {
    ledgers.push_back(boost::json::object{{"ledger", ledger.name},
                                          {"origin", ledger.origin},
                                          {"size", ledger.size},
                                          {"root", crypto::to_hex(ledger.root)}});
  }
  boost::json::array lost;
  for (const LostRange& range : done.backup.lost) {
    lost.push_back(boost::json::object{{"ledger", done.backup.ledgers.at(range.ledger).name},
                                       {"first", range.first},
                                       {"last", range.end - 1}});
  }
  return {{"data", arguments.directory},
          {"lost", std::move(lost)},
          {"created", to_rfc3339(done.backup.header.created)},
          {"sha256", crypto::to_hex(done.backup.digest.sha256)},
          {"attachments", done.backup.header.blobs},
          {"opened_attachments", done.opened_blobs},
          {"erased_attachments", done.backup.erased_blobs},
          {"person_keys", done.destroy_keys_by.has_value()},
          {"ledgers", std::move(ledgers)}};
}

void say_restored(const RestoreArguments& arguments,
                  const RestoredBackup& done,
                  CommandContext& context) {
  context.out << "已恢复并核对 / restored and verified: " << arguments.directory << "\n";
  for (const BackedUpLedger& ledger : done.backup.header.ledgers) {
    context.out << ledger.name << "  " << ledger.origin << "\n  记录 records " << ledger.size
                << "  根 root " << crypto::to_hex(ledger.root) << "\n";
  }
  context.out << "附件 attachments " << done.backup.header.blobs
              << ", 其中已打开核对 of them opened " << done.opened_blobs << "\n";
  for (const LostRange& lost : done.backup.lost) {
    context.err << done.backup.ledgers.at(lost.ledger).name << ": 丢失记录 lost records "
                << lost.first << "–" << lost.end - 1
                << ",须先声明 / must be declared first: juanzong recover\n";
  }
  context.err << "启动前请放回 keys/ 中的其余密钥(log.key、log.vkey、server.key、tls.*)。\n"
                 "before a start put the other keys back into keys/ (log.key, log.vkey, "
                 "server.key, tls.*).\n";
  if (!done.destroy_keys_by) {
    context.err << "未恢复人员密钥:个人信息与附件无法打开,服务器不会启动。\n"
                   "without person keys no personal data can be read, and no server starts.\n";
  }
}

void run_restore(const RestoreArguments& arguments, CommandContext& context) {
  Result<RestoreOrder> order = order_of(arguments);
  const Result<crypto::SecretKey> key = read_secret_key(arguments.private_key);
  if (!order || !key) {
    context.fail(order ? key.error() : order.error());
    return;
  }
  Result<RestoredBackup> restored = fail(ErrorCode::environment);
  {
    terminal::ProgressBar bar("恢复 restoring", 0);
    order->reading.progress = [&bar](std::uint64_t records) { bar.update(records); };
    restored = restore_backup(*order, *key);
  }
  if (!restored) {
    context.fail(restored.error());
  } else if (arguments.json) {
    context.out << boost::json::serialize(restored_json(arguments, *restored)) << "\n";
  } else {
    say_restored(arguments, *restored, context);
  }
}

}  // namespace

void register_restore(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<RestoreArguments>();
  CLI::App* command =
      app.add_subcommand("restore", "恢复备份到新目录 / restore a backup into a new directory");
  command->add_option("backup", arguments->backup, "备份文件 / file of the backup")->required();
  command->add_option("--key", arguments->private_key, "备份私钥 / private key of the backup")
      ->required();
  command->add_option("--data", arguments->directory, "新目录 / directory, which must be new")
      ->required();
  command->add_option("--keys",
                      arguments->keys,
                      "人员密钥副本 FILE.keys / copy of the person keys, or a later one");
  command->add_option(
      "--kek", arguments->key_encryption_key, "密钥加密密钥 vault.kek / key-encryption key");
  command->add_flag("--without-person-keys",
                    arguments->without_person_keys,
                    "不恢复人员密钥 / nobody's personal data will be readable");
  command->add_flag("--accept-expired-keys",
                    arguments->accept_expired_keys,
                    "仍用已过销毁期限的副本 / use a copy that had to be destroyed");
  command->add_flag("--accept-loss",
                    arguments->accept_loss,
                    "已知检查点之后的记录确已丢失;随后须 juanzong recover / records up to a known "
                    "checkpoint are lost for good; juanzong recover must follow");
  add_known_head_options(*command, arguments->known);
  command->add_flag("--json", arguments->json, "一个 JSON 对象 / one JSON object");
  command->footer(
      "示例 example:\n  juanzong restore 20251201.jzbk --key backup.key --keys 20251201.jzbk.keys "
      "--kek vault.kek \\\n      --data /srv/juanzong.new --checkpoint checkpoint --anchor "
      "/srv/juanzong/anchor");
  command->callback([arguments, &context] { run_restore(*arguments, context); });
}

}  // namespace juanzong::cli
