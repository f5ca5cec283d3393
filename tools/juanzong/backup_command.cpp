// SPDX-License-Identifier: Apache-2.0
// juanzong backup: a verified, sealed copy of a data directory, also beside a running server; the
// keys for it; and the check of a copy with the private key.
#include "events/model/civil_time.h"

#include "server/data/data_directory.h"
#include "server/pipeline/clock.h"

#include "tools/backup/read_backup.h"
#include "tools/backup/take_backup.h"
#include "tools/juanzong/append_reply.h"
#include "tools/juanzong/backup_key.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/known_head_options.h"
#include "tools/juanzong/server_options.h"
#include "tools/terminal/progress_bar.h"

#include <boost/json.hpp>

#include <algorithm>
#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct BackupArguments {
  std::string make_key;
  std::string verify;
  std::string directory;
  std::string out;
  std::string recipient;
  KnownHeadOptions known;
  ServerOptions server;
  bool json = false;
};

// "backup-20251201T170000Z": a code of the record.
std::string set_name(UnixMicros created) {
  std::string name = "backup-";
  for (const char c : to_rfc3339(created).substr(0, 19)) {
    if (c != '-' && c != ':') {
      name += c;
    }
  }
  return name + "Z";
}

std::string backup_line(const TakenBackup& taken, const BackedUpLedger& ledger) {
  const boost::json::object body{{"set", set_name(taken.header.created)},
                                 {"dig", crypto::to_hex(taken.digest.sha256)},
                                 {"size", ledger.size},
                                 {"root", crypto::to_hex(ledger.root)}};
  return boost::json::serialize(boost::json::object{{"type", "BackupTaken"}, {"body", body}});
}

// The server appends it: this program only reads beside it.
Result<AppendReply> put_on_record(const ServerOptions& options, const TakenBackup& taken) {
  const auto session = ServerSession::open(options);
  if (!session) {
    return fail(session.error());
  }
  const std::string& origin = (*session)->client().facts().origin;
  const auto ledger = std::ranges::find(taken.header.ledgers, origin, &BackedUpLedger::origin);
  if (ledger == taken.header.ledgers.end()) {
    return fail(ErrorCode::environment, "--server: 该服务器另有卷宗 / it serves another directory");
  }
  return (*session)->submitter().submit(backup_line(taken, *ledger));
}

boost::json::object backup_json(const BackupHeader& header, const SealedFileDigest& digest) {
  boost::json::array ledgers;
  for (const BackedUpLedger& ledger : header.ledgers) {
    ledgers.push_back(boost::json::object{{"ledger", ledger.name},
                                          {"origin", ledger.origin},
                                          {"size", ledger.size},
                                          {"root", crypto::to_hex(ledger.root)}});
  }
  return {{"created", to_rfc3339(header.created)},
          {"sha256", crypto::to_hex(digest.sha256)},
          {"bytes", digest.bytes},
          {"position", header.end.next_position},
          {"attachments", header.blobs},
          {"ledgers", std::move(ledgers)}};
}

void say_backup(const BackupHeader& header, const SealedFileDigest& digest, std::ostream& out) {
  for (const BackedUpLedger& ledger : header.ledgers) {
    out << ledger.name << "  " << ledger.origin << "\n  记录 records " << ledger.size
        << "  根 root " << crypto::to_hex(ledger.root) << "\n";
  }
  out << "附件 attachments " << header.blobs << "\n字节 bytes " << digest.bytes << "\nSHA-256 "
      << crypto::to_hex(digest.sha256) << "\n";
}

void run_make_key(const BackupArguments& arguments, CommandContext& context) {
  const Result<crypto::RecipientKey> key = make_backup_key(arguments.make_key);
  if (!key) {
    context.fail(key.error());
    return;
  }
  context.out << key->text() << "\n";
  context.err << "私钥 " << arguments.make_key
              << " 须离线保管,失去即无法恢复;服务器上只放 .pub。\n"
                 "keep the private key offline: without it nothing can be restored; only the .pub "
                 "belongs on the server.\n";
}

void run_check(const BackupArguments& arguments, CommandContext& context) {
  const Result<crypto::SecretKey> key = read_secret_key(arguments.server.key_file);
  const Result<KnownHeads> known = read_known_heads(arguments.known);
  if (!key || !known) {
    context.fail(key ? known.error() : key.error());
    return;
  }
  terminal::ProgressBar bar("核对 verifying", 0);
  BackupReading reading;
  reading.file = arguments.verify;
  reading.known = *known;
  reading.progress = [&bar](std::uint64_t records) { bar.update(records); };
  const Result<VerifiedBackup> verified = read_backup(reading, *key);
  if (!verified) {
    context.fail(verified.error());
    return;
  }
  if (arguments.json) {
    boost::json::object json = backup_json(verified->header, verified->digest);
    json["erased_attachments"] = verified->erased_blobs;
    context.out << boost::json::serialize(json) << "\n";
    return;
  }
  context.out << "备份完好,作于 / the backup is whole, taken at "
              << to_rfc3339(verified->header.created) << "\n";
  say_backup(verified->header, verified->digest, context.out);
}

Result<TakenBackup> taken_backup(const BackupArguments& arguments) {
  if (arguments.directory.empty() || arguments.out.empty() || arguments.recipient.empty()) {
    return fail(
        ErrorCode::query_invalid,
        "须有 --data、--out、--to,或 --make-key,或 --verify / needs --data, --out and --to, "
        "or --make-key, or --verify");
  }
  const Result<crypto::RecipientKey> recipient = find_recipient_key(arguments.recipient);
  if (!recipient) {
    return fail(recipient.error());
  }
  terminal::ProgressBar bar("备份 backup", 0);
  BackupOrder order;
  order.data = arguments.directory;
  order.out = arguments.out;
  order.recipient = *recipient;
  order.now = make_system_clock()->now();
  order.progress = [&bar](std::uint64_t records) { bar.update(records); };
  return take_backup(order);
}

void say_taken(const BackupArguments& arguments,
               const TakenBackup& taken,
               const std::optional<AppendReply>& reply,
               CommandContext& context) {
  const std::string destroy_by = to_rfc3339(taken.destroy_keys_by);
  if (arguments.json) {
    boost::json::object json = backup_json(taken.header, taken.digest);
    json["file"] = arguments.out;
    json["erased_attachments"] = taken.erased_blobs;
    json["keys"] = taken.keys.string();
    json["destroy_keys_by"] = destroy_by;
    json["recorded"] = reply ? reply_json(*reply, false) : boost::json::value();
    context.out << boost::json::serialize(json) << "\n";
    return;
  }
  context.out << "已备份并核对 / backed up and verified: " << arguments.out << "\n";
  say_backup(taken.header, taken.digest, context.out);
  context.out << "人员密钥 person keys: " << taken.keys.string() << ", 须于 " << destroy_by
              << " 前销毁 / destroy it by then\n";
  if (reply) {
    context.out << reply_text(*reply) << "\n";
  }
}

void run_backup(const BackupArguments& arguments, CommandContext& context) {
  const Result<TakenBackup> taken = taken_backup(arguments);
  if (!taken) {
    context.fail(taken.error());
    return;
  }
  std::optional<AppendReply> reply;
  if (!arguments.server.server.empty()) {
    Result<AppendReply> recorded = put_on_record(arguments.server, *taken);
    // The backup is there all the same; only its record is not.
    reply = recorded ? std::move(*recorded) : AppendReply(recorded.error());
    context.exit_code = exit_code_of(*reply);
  }
  say_taken(arguments, *taken, reply, context);
}

}  // namespace

void register_backup(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<BackupArguments>();
  CLI::App* command = app.add_subcommand(
      "backup", "备份,可在服务器运行时进行 / a sealed backup, also beside a running server");
  command->add_option("--data", arguments->directory, "数据目录 / data directory");
  command->add_option("--out", arguments->out, "备份文件,另有 .keys / file; and FILE.keys");
  command->add_option(
      "--to", arguments->recipient, "备份公钥或其文件 / public key of the backup, or its file");
  command->add_option(
      "--make-key", arguments->make_key, "新建密钥对 NAME 与 NAME.pub / make a pair and stop");
  command->add_option(
      "--verify",
      arguments->verify,
      "完整核对一份备份,--key 为备份私钥 / verify a backup; --key is its private key");
  add_known_head_options(*command, arguments->known);
  command->add_option("--server",
                      arguments->server.server,
                      "并由该服务器记入 BackupTaken / and put it on record there, HOST:PORT");
  add_connection_options(*command, arguments->server);
  command->add_flag("--json", arguments->json, "一个 JSON 对象 / one JSON object");
  command->footer(
      "示例 example:\n  juanzong backup --make-key backup.key\n"
      "  juanzong backup --data /srv/juanzong --out /mnt/20251201.jzbk --to backup.key.pub\n"
      "  juanzong backup --verify /mnt/20251201.jzbk --key backup.key --checkpoint checkpoint");
  command->callback([arguments, &context] {
    if (!arguments->make_key.empty()) {
      run_make_key(*arguments, context);
    } else if (!arguments->verify.empty()) {
      run_check(*arguments, context);
    } else {
      run_backup(*arguments, context);
    }
  });
}

}  // namespace juanzong::cli
