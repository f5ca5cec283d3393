// SPDX-License-Identifier: Apache-2.0
#include "crypto/signed_note.h"

#include "events/log/journal_source.h"
#include "events/storage/durable_file.h"

#include "tools/export/export_ledger.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/ledger_key.h"
#include "tools/juanzong/offline_ledger.h"
#include "tools/juanzong/server_options.h"
#include "tools/terminal/progress_bar.h"

#include <algorithm>
#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct ExportArguments {
  std::string directory;
  ServerOptions server;
  std::string out;
  std::string checkpoint;  // file; empty: signed with the log key
};

// Exports what the note is over, and no other history.
void use_note(const std::string& note, const crypto::Checkpoint& stated, ExportOptions& options) {
  options.size = stated.size;
  options.checkpoint = [note, stated](const crypto::Checkpoint& head) {
    return head == stated
               ? Result<std::string>(note)
               : fail(ErrorCode::corruption, "the checkpoint's root is not that of the records");
  };
}

// The note that was given, if it is over what was exported.
Outcome use_given(const std::string& file, const crypto::VerifierKey& key, ExportOptions& options) {
  const Result<std::string> note = read_note(file);
  if (!note) {
    return fail(note.error());
  }
  const auto stated = crypto::open_checkpoint(*note, key);
  if (!stated) {
    return fail(ErrorCode::bad_signature, file + ": not signed by the log's key");
  }
  use_note(*note, *stated, options);
  return Done{};
}

void say_exported(const crypto::Checkpoint& head, const std::string& out, CommandContext& context) {
  context.out << "已导出 exported " << head.size << " 条记录 records: " << out
              << "\n根 root: " << crypto::to_hex(head.root) << "\n";
}

// Exports what the source gives; the bar counts records.
Outcome export_from(RecordSource& source, ExportOptions options, CommandContext& context) {
  terminal::ProgressBar bar("导出 export", options.size);
  options.progress = [&bar](std::uint64_t records) { bar.update(records); };
  const std::string out = options.out.string();
  const Result<crypto::Checkpoint> exported = export_ledger(source, options);
  if (!exported) {
    return fail(exported.error());
  }
  say_exported(*exported, out, context);
  return Done{};
}

Outcome export_files(const ExportArguments& arguments, CommandContext& context) {
  const auto ledger = OfflineLedger::open(arguments.directory, arguments.server.ledger);
  if (!ledger) {
    return fail(ledger.error());
  }
  const OfflineLedger& from = **ledger;
  const Result<crypto::VerifierKey> key = verifier_key_of(from);
  if (!key) {
    return fail(key.error());
  }
  ExportOptions options;
  options.out = arguments.out;
  options.verifier_key = key->text();
  options.size = from.head().size();
  options.checkpoint = [&from](const crypto::Checkpoint& head) { return sign_head(from, head); };
  if (!arguments.checkpoint.empty()) {
    if (const Outcome given = use_given(arguments.checkpoint, *key, options); !given) {
      return given;
    }
  }
  JournalSource source(from.journal(), from.head().id);
  return export_from(source, std::move(options), context);
}

// Records as a server gives them, page by page.
class ServerSource final : public RecordSource {
 public:
  explicit ServerSource(Client& client) : client_(client) {}
  [[nodiscard]] Outcome next(std::size_t wanted, RecordBlock& block) override {
    const auto count = static_cast<std::uint32_t>(std::min<std::size_t>(wanted, page_records));
    Result<message::Records> page = client_.read_records(RecordIndex{next_}, count);
    if (!page) {
      return fail(page.error());
    }
    for (Bytes& record : page->records) {
      block.add(std::move(record));
    }
    next_ = page->next;
    return Done{};
  }

 private:
  static constexpr std::size_t page_records = 1'000;
  Client& client_;
  std::uint64_t next_ = 0;
};

// As of the checkpoint that the server signs first: what comes later is not in the export.
Outcome export_server(const ExportArguments& arguments, CommandContext& context) {
  const auto session = ServerSession::open(arguments.server);
  if (!session) {
    return fail(session.error());
  }
  Client& client = (*session)->client();
  const auto key = crypto::VerifierKey::parse(client.facts().verifier_key);
  const Result<std::string> note = client.checkpoint();
  const auto stated = key && note ? crypto::open_checkpoint(*note, *key) : std::nullopt;
  if (!stated) {
    return fail(note ? Error{ErrorCode::bad_signature, "checkpoint"} : note.error());
  }
  ExportOptions options;
  options.out = arguments.out;
  options.verifier_key = key->text();
  use_note(*note, *stated, options);
  ServerSource source(client);
  return export_from(source, std::move(options), context);
}

void run_export(const ExportArguments& arguments, CommandContext& context) {
  const Outcome done = arguments.directory.empty() ? export_server(arguments, context)
                                                   : export_files(arguments, context);
  if (!done) {
    context.fail(done.error());
  }
}

}  // namespace

void register_export(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command = app.add_subcommand("export", "导出静态文件 / export static C2SP tiles");
  add_source_options(*command, arguments->directory, arguments->server);
  command->add_option("--out", arguments->out, "目标目录,须为空 / target folder, empty")
      ->required();
  command->add_option(
      "--checkpoint", arguments->checkpoint, "以此检查点为准 / as of this checkpoint file");
  command->footer(
      "示例 example:\n  juanzong export --data /srv/juanzong --out export-2025\n"
      "  juanzong export --server 127.0.0.1:7621 --cert tls.cert.pem --key S-AUD.key "
      "--out export-2025");
  command->callback([arguments, &context] { run_export(*arguments, context); });
}

}  // namespace juanzong::cli
