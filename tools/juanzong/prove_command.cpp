// SPDX-License-Identifier: Apache-2.0
#include "crypto/checkpoint.h"
#include "crypto/proof_text.h"

#include "events/log/statement.h"
#include "events/storage/durable_file.h"

#include "tools/juanzong/command.h"
#include "tools/juanzong/ledger_key.h"
#include "tools/juanzong/offline_ledger.h"
#include "tools/juanzong/offline_proofs.h"
#include "tools/juanzong/server_ledger.h"
#include "tools/juanzong/server_options.h"

#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct ProveArguments {
  std::string directory;
  ServerOptions server;
  std::optional<std::uint64_t> index;
  std::string old_checkpoint;
  std::string stream;
  std::string record_out;
  std::string out;
};

Result<std::string> prove_growth(const OfflineLedger& ledger, const std::string& file) {
  const Result<std::string> note = read_note(file);
  const Result<crypto::VerifierKey> key = verifier_key_of(ledger);
  if (!note || !key) {
    return fail(!note ? note.error() : key.error());
  }
  const auto old = crypto::open_checkpoint(*note, *key);
  if (!old) {
    return fail(ErrorCode::bad_signature, file + ": not signed by the log's key");
  }
  const Result<crypto::Digest> root = ledger.reader().root(old->size);
  if (!root || *root != old->root) {
    return fail(ErrorCode::corruption, file + ": this log does not contain that checkpoint's tree");
  }
  const auto proof = ledger.reader().consistency_proof(old->size, ledger.head().size());
  if (!proof) {
    return fail(proof.error());
  }
  const Result<std::string> head = signed_head_of(ledger);
  return head ? Result<std::string>(crypto::consistency_proof_text(old->size, *proof, *head))
              : head;
}

Result<std::string> prove_whole_stream(const OfflineLedger& ledger, const std::string& stream) {
  const auto proofs = OfflineStreamProofs::make(ledger);
  return proofs ? (*proofs)->prove(stream) : fail(proofs.error());
}

// The proof, and the record if it is wanted as well.
struct Proof {
  std::string text;
  std::optional<Bytes> record;
};

Result<Proof> prove_from_files(const ProveArguments& arguments) {
  const auto ledger = OfflineLedger::open(arguments.directory, arguments.server.ledger);
  if (!ledger) {
    return fail(ledger.error());
  }
  const Result<std::string> text =
      !arguments.stream.empty() ? prove_whole_stream(**ledger, arguments.stream)
      : arguments.index         ? prove_record(**ledger, RecordIndex{*arguments.index})
                                : prove_growth(**ledger, arguments.old_checkpoint);
  if (!text) {
    return fail(text.error());
  }
  Proof proof{*text, std::nullopt};
  if (!arguments.record_out.empty() && arguments.index) {
    const Result<Bytes> record = (*ledger)->reader().record(RecordIndex{*arguments.index});
    if (!record) {
      return fail(record.error());
    }
    proof.record = *record;
  }
  return proof;
}

// The server's key is in its login; the old checkpoint must be one of its own.
Result<std::string> growth_of_server(Client& client, const std::string& file) {
  const Result<std::string> note = read_note(file);
  if (!note) {
    return fail(note.error());
  }
  const auto key = crypto::VerifierKey::parse(client.facts().verifier_key);
  const auto old = key ? crypto::open_checkpoint(*note, *key) : std::nullopt;
  return old ? client.prove_consistency(old->size)
             : fail(ErrorCode::bad_signature, file + ": not signed by the log's key");
}

Result<Proof> prove_from_server(const ProveArguments& arguments) {
  const auto session = ServerSession::open(arguments.server);
  if (!session) {
    return fail(session.error());
  }
  Client& client = (*session)->client();
  const Result<std::string> text = !arguments.stream.empty() ? client.prove_stream(arguments.stream)
                                   : arguments.index
                                       ? client.prove(RecordIndex{*arguments.index})
                                       : growth_of_server(client, arguments.old_checkpoint);
  if (!text) {
    return fail(text.error());
  }
  Proof proof{*text, std::nullopt};
  if (!arguments.record_out.empty() && arguments.index) {
    const Result<Bytes> record = read_record(client, RecordIndex{*arguments.index});
    if (!record) {
      return fail(record.error());
    }
    proof.record = *record;
  }
  return proof;
}

void run_prove(const ProveArguments& arguments, CommandContext& context) {
  if (!arguments.stream.empty() && !is_stream_name(arguments.stream)) {
    context.fail(Error{ErrorCode::query_invalid, "--stream: prefix:id"});
    return;
  }
  const Result<Proof> proof =
      arguments.directory.empty() ? prove_from_server(arguments) : prove_from_files(arguments);
  if (!proof) {
    context.fail(proof.error());
    return;
  }
  Outcome written =
      proof->record ? write_file_durably(arguments.record_out, *proof->record) : Outcome(Done{});
  if (written && !arguments.out.empty()) {
    written = write_file_durably(arguments.out, bytes_of(proof->text));
  } else {
    context.out << proof->text;
  }
  if (!written) {
    context.fail(written.error());
  }
}

}  // namespace

void register_prove(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<ProveArguments>();
  CLI::App* command = app.add_subcommand(
      "prove",
      "出具证明:某条记录在卷,卷宗只增不改,或某案卷齐全 / prove inclusion, consistency or "
      "completeness");
  add_source_options(*command, arguments->directory, arguments->server);
  CLI::Option_group* what = command->add_option_group("证明 proof");
  what->add_option("--index", arguments->index, "记录序号 / index of the record");
  what->add_option("--old", arguments->old_checkpoint, "旧检查点文件 / file of an old checkpoint");
  what->add_option(
      "--stream",
      arguments->stream,
      "案卷名,如 unit:3-1-1202:截至最近日结全部记录在此,或无此案卷 / the whole stream, or that "
      "there is none");
  what->require_option(1);
  command->add_option(
      "--record-out", arguments->record_out, "另存记录原文 / write the record's bytes");
  command->add_option("--out", arguments->out, "证明文件 / file for the proof (.tlog-proof)");
  command->footer(
      "示例 example:\n  juanzong prove --data /srv/juanzong --index 17 --record-out 17.record "
      "--out 17.tlog-proof\n"
      "  juanzong prove --data /srv/juanzong --stream unit:3-1-1202 --out unit.stream-proof\n"
      "  juanzong verify unit.stream-proof --vkey log.vkey");
  command->callback([arguments, &context] { run_prove(*arguments, context); });
}

}  // namespace juanzong::cli
