// SPDX-License-Identifier: Apache-2.0
// `juanzong erasure`: the decision, which two people sign, and the certificate for the person.
#include "crypto/hex.h"

#include "events/storage/durable_file.h"

#include "tools/juanzong/append_reply.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/erasure_file.h"
#include "tools/juanzong/offline_ledger.h"
#include "tools/juanzong/server_ledger.h"
#include "tools/juanzong/server_options.h"

#include <boost/json.hpp>

#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

constexpr std::uint32_t stream_records_max = 100;

ErasureSource source_of(Client& client) {
  return {
      client.facts().origin,
      [&client](const std::string& stream) -> Result<std::vector<Bytes>> {
        Result<message::Records> page =
            client.read_stream(stream, StreamVersion{1}, stream_records_max);
        return page ? Result<std::vector<Bytes>>(std::move(page->records)) : fail(page.error());
      },
      [&client](RecordIndex index) { return client.prove(index); },
      [&client](const KeyId& key) { return staff_of_key(client, crypto::hex_encode(key.view())); }};
}

ErasureSource source_of(const OfflineLedger& ledger) {
  return {ledger.head().origin,
          [&ledger](const std::string& stream) -> Result<std::vector<Bytes>> {
            std::vector<Bytes> records;
            for (const RecordIndex index : ledger.reader().stream(stream)) {
              Result<Bytes> record = ledger.reader().record(index);
              if (!record) {
                return fail(record.error());
              }
              records.push_back(*std::move(record));
            }
            return records;
          },
          [&ledger](RecordIndex index) { return prove_record(ledger, index); },
          [&ledger](const KeyId& key) { return Result<std::string>(ledger.actor_of(key)); }};
}

struct CertificateArguments {
  std::string directory;
  ServerOptions server;
  std::string erasure;
  std::string out;
};

// The record and its proof beside the certificate; appends how to verify them to `text`.
Outcome write_proof(const ErasureSource& source,
                    const ErasureRecord& record,
                    const std::string& out,
                    std::string& text) {
  const std::string index = std::to_string(number(record.view.index));
  const std::string proof_file = out + "." + index + ".tlog-proof";
  const std::string record_file = out + "." + index + ".record";
  const Result<std::string> proof = source.prove(record.view.index);
  if (!proof) {
    return fail(proof.error());
  }
  if (const Outcome written = write_file_durably(proof_file, bytes_of(*proof)); !written) {
    return written;
  }
  text += "  juanzong verify " + proof_file + " --record " + record_file + " --vkey log.vkey\n";
  return write_file_durably(record_file, record.bytes);
}

Outcome write_certificate(const ErasureSource& source, const CertificateArguments& arguments) {
  const Result<ErasureFile> file = read_erasure(source, arguments.erasure);
  if (!file) {
    return fail(file.error());
  }
  if (!file->erased || !file->completed) {
    return fail(ErrorCode::not_found,
                arguments.erasure + ": 尚未执行删除 / it was not carried out yet");
  }
  std::string text = certificate_text(*file, source.origin);
  for (const ErasureRecord* record : {&*file->erased, &*file->completed}) {
    if (const Outcome written = write_proof(source, *record, arguments.out, text); !written) {
      return written;
    }
  }
  return write_file_durably(arguments.out, bytes_of(text));
}

void run_certificate(const CertificateArguments& arguments, CommandContext& context) {
  Outcome written = Done{};
  if (arguments.directory.empty()) {
    const auto session = ServerSession::open(arguments.server);
    written = session ? write_certificate(source_of((*session)->client()), arguments)
                      : Outcome(fail(session.error()));
  } else {
    const auto ledger = OfflineLedger::open(arguments.directory, arguments.server.ledger);
    written =
        ledger ? write_certificate(source_of(**ledger), arguments) : Outcome(fail(ledger.error()));
  }
  if (!written) {
    context.fail(written.error());
    return;
  }
  context.out << arguments.out << "\n";
}

struct DecideArguments {
  ServerOptions server;
  std::string second_key;
  std::string erasure;
};

std::string decision_line(const ErasureFile& file) {
  const boost::json::object body{
      {"erasure_id", file.id},
      {"person", file.person},
      {"request", boost::json::object{{"index", number(file.requested.view.index)}}}};
  return boost::json::serialize(boost::json::object{{"type", "PersonErased"}, {"body", body}});
}

void run_decide(const DecideArguments& arguments, CommandContext& context) {
  const auto second = load_key(arguments.second_key);
  if (!second) {
    context.fail(second.error());
    return;
  }
  const auto session = ServerSession::open(arguments.server, {*second});
  if (!session) {
    context.fail(session.error());
    return;
  }
  const Result<ErasureFile> file = read_erasure(source_of((*session)->client()), arguments.erasure);
  if (!file) {
    context.fail(file.error());
    return;
  }
  const AppendReply reply = (*session)->submitter().submit(decision_line(*file));
  context.exit_code = exit_code_of(reply);
  const bool done = context.exit_code == ExitCode::done;
  (done ? context.out : context.err) << reply_text(reply) << "\n";
}

void register_decide(CLI::App& erasure, CommandContext& context) {
  auto arguments = std::make_shared<DecideArguments>();
  CLI::App* command = erasure.add_subcommand(
      "decide",
      "决定删除,须两人签署,不可恢复 / decide an erasure; two people sign; there is no way back");
  add_server_options(*command, arguments->server);
  command->add_option("--erasure", arguments->erasure, "申请编号 / id of the request")->required();
  command
      ->add_option("--second-key", arguments->second_key, "第二人的私钥 / the second signer's key")
      ->required();
  command->footer(
      "示例 example:\n  juanzong erasure decide --server 127.0.0.1:7621 --cert "
      "DIR/keys/tls.cert.pem --key S-ARC.key --second-key S-CL.key --erasure X-2025-3");
  command->callback([arguments, &context] { run_decide(*arguments, context); });
}

}  // namespace

void register_erasure(CLI::App& app, CommandContext& context) {
  CLI::App* erasure = app.add_subcommand("erasure", "个人信息删除 / erasure of personal data");
  erasure->require_subcommand(1);
  register_decide(*erasure, context);
  auto arguments = std::make_shared<CertificateArguments>();
  CLI::App* command = erasure->add_subcommand(
      "certificate", "出具删除证明及其卷宗证明 / the certificate of an erasure, with its proofs");
  add_source_options(*command, arguments->directory, arguments->server);
  command->add_option("--erasure", arguments->erasure, "申请编号 / id of the request")->required();
  command->add_option("--out", arguments->out, "证明文件 / file for the certificate")->required();
  command->footer(
      "示例 example:\n  juanzong erasure certificate --data /srv/juanzong --erasure X-2025-3 "
      "--out X-2025-3.txt");
  command->callback([arguments, &context] { run_certificate(*arguments, context); });
}

}  // namespace juanzong::cli
