// SPDX-License-Identifier: Apache-2.0
// juanzong evidence: the package of one case for a court, made from the data directory or through
// a server. Through a server nothing leaves before an EvidenceExported record names it.
#include "tools/juanzong/evidence_command.h"

#include "crypto/sha256.h"

#include "events/storage/durable_file.h"

#include "projections/state/stream_completeness.h"

#include "server/pipeline/clock.h"

#include "tools/evidence/package_documents.h"
#include "tools/evidence/package_io.h"
#include "tools/evidence/package_names.h"
#include "tools/evidence/package_verifier.h"
#include "tools/juanzong/evidence_source.h"
#include "tools/juanzong/evidence_vault.h"
#include "tools/juanzong/ledger_key.h"

#include <boost/json.hpp>

#include <memory>
#include <ostream>
#include <utility>

namespace juanzong::cli {
namespace {

struct EvidenceArguments {
  std::string directory;
  ServerOptions server;
  std::string stream;
  std::string out;
  std::vector<std::string> open;
  bool attachments = false;
  std::string since;
  std::string checkpoint;
  std::string time_stamp;
  std::string time_stamp_chain;
  std::string purpose;
  std::string subject;
};

constexpr std::size_t time_stamp_bytes_max = std::size_t{1} << 20U;

Result<Bytes> read_given(const std::string& file) {
  if (file.empty()) {
    return Bytes{};
  }
  Result<Bytes> bytes = read_file(file, time_stamp_bytes_max);
  return bytes ? std::move(bytes)
               : Result<Bytes>(fail(ErrorCode::environment, file + ": cannot be read"));
}

Result<std::string> read_given_note(const std::string& file) {
  return file.empty() ? Result<std::string>(std::string()) : read_note(file);
}

// What stands in procedure.txt: no keys, no places of this machine.
std::string command_text(const EvidenceArguments& arguments) {
  std::string text = "juanzong evidence --stream " + arguments.stream +
                     (arguments.directory.empty() ? " --server" : " --data");
  for (const std::string& each : arguments.open) {
    text += " --open " + each;
  }
  return text + (arguments.attachments ? " --attachments" : "") +
         (arguments.since.empty() ? "" : " --since") +
         (arguments.time_stamp.empty() ? "" : " --tsa-token");
}

class EvidenceRun {
 public:
  EvidenceRun(const EvidenceArguments& arguments, CommandContext& context)
      : arguments_(arguments), context_(context) {}

  Outcome run() {
    const auto key = load_key(arguments_.server.key_file);
    if (!key) {
      return fail(ErrorCode::environment, "--key: " + key.error().detail);
    }
    key_ = *key;
    wish_.stream = arguments_.stream;
    wish_.key = key_id_of(key_->public_key());
    Result<std::string> since = read_given_note(arguments_.since);
    Result<std::string> checkpoint = read_given_note(arguments_.checkpoint);
    if (!since || !checkpoint) {
      return fail(!since ? since.error() : checkpoint.error());
    }
    wish_.since_note = *std::move(since);
    wish_.checkpoint = *std::move(checkpoint);
    return arguments_.directory.empty() ? run_from_server() : run_from_files();
  }

 private:
  Outcome run_from_files() {
    const auto ledger = OfflineLedger::open(arguments_.directory, arguments_.server.ledger);
    if (!ledger) {
      return fail(ledger.error());
    }
    wish_.staff = (*ledger)->actor_of(wish_.key);
    if (wish_.staff.empty() || wish_.staff != arguments_.server.actor) {
      return fail(ErrorCode::not_permitted,
                  "--as: 密钥属于 " + wish_.staff + " / the key belongs to " + wish_.staff);
    }
    const Result<crypto::VerifierKey> log_key = verifier_key_of(**ledger);
    Result<evidence::CaseFile> file = case_of_files(**ledger, wish_);
    if (!log_key || !file) {
      return fail(!log_key ? log_key.error() : file.error());
    }
    Result<Disclosure> disclosed =
        disclose(**ledger, *file, arguments_.open, arguments_.attachments);
    if (!disclosed) {
      return fail(disclosed.error());
    }
    if (const Outcome made =
            make(*std::move(file), *std::move(disclosed), (*ledger)->head().zone, *log_key, false);
        !made) {
      return made;
    }
    context_.err << "离线制作,未作记录 / made offline: nothing was put on record\n";
    return hand_out();
  }

  Outcome run_from_server() {
    if (!arguments_.open.empty() || !wish_.checkpoint.empty()) {
      return fail(ErrorCode::query_invalid, "--open, --checkpoint: 仅限 --data / with --data only");
    }
    if (arguments_.purpose.empty() || arguments_.subject.empty()) {
      return fail(ErrorCode::query_invalid,
                  "--purpose, --subject: 须载入记录 / they go on record: what for, about whom");
    }
    const auto session = ServerSession::open(arguments_.server);
    if (!session) {
      return fail(session.error());
    }
    Client& client = (*session)->client();
    wish_.staff = client.facts().staff;
    const auto log_key = crypto::VerifierKey::parse(client.facts().verifier_key);
    Result<evidence::CaseFile> file = case_of_server(client, wish_);
    const Result<CivilZone> zone =
        file ? evidence::zone_of(*file) : Result<CivilZone>(fail(file.error()));
    if (!zone || !log_key) {
      return fail(!zone ? zone.error() : Error{ErrorCode::corruption, "verifier key"});
    }
    if (const Outcome made = make(*std::move(file), {}, *zone, *log_key, true); !made) {
      return made;
    }
    const Outcome recorded = put_on_record((*session)->submitter());
    return recorded ? hand_out() : recorded;
  }

  // The files of the package, which must hold before anybody sees them.
  Outcome make(evidence::CaseFile file,
               Disclosure disclosed,
               const CivilZone& zone,
               const crypto::VerifierKey& log_key,
               bool on_record) {
    const auto head = crypto::open_checkpoint(file.note, log_key);
    const Result<StreamCompleteness> whole =
        verify_stream(evidence::stream_proof_of(file, file.streams.front()), log_key);
    Result<Bytes> stamp = read_given(arguments_.time_stamp);
    Result<Bytes> chain = read_given(arguments_.time_stamp_chain);
    if (!head || !whole || !stamp || !chain) {
      return fail(!whole   ? whole.error()
                  : !stamp ? stamp.error()
                  : !chain ? chain.error()
                           : Error{ErrorCode::bad_signature, "checkpoint"});
    }
    const UnixMicros now = make_system_clock()->now();
    evidence::PackageDraft draft;
    draft.file = std::move(file);
    draft.staff = wish_.staff;
    draft.disclosed = std::move(disclosed.fields);
    draft.attachments = std::move(disclosed.attachments);
    draft.since_note = wish_.since_note;
    draft.time_stamp = *std::move(stamp);
    draft.time_stamp_chain = *std::move(chain);
    const Outcome documented = evidence::add_documents(
        {head->origin, head->size, whole->day, zone, wish_.staff, now},
        {command_text(arguments_), on_record, wish_.key, now, "juanzong " JUANZONG_VERSION},
        draft);
    Result<evidence::PackageFiles> files =
        documented ? evidence::write_package(draft, *key_)
                   : Result<evidence::PackageFiles>(fail(documented.error()));
    if (!files) {
      return fail(files.error());
    }
    Result<evidence::Shown> shown = evidence::verify_package(*files, {.log = log_key});
    if (!shown) {
      return fail(shown.error());
    }
    shown_ = *std::move(shown);
    files_ = *std::move(files);
    return Done{};
  }

  Outcome put_on_record(Submitter& submitter) {
    const Bytes& manifest = files_.at(std::string(evidence::manifest_name));
    const boost::json::object request{
        {"type", "EvidenceExported"},
        {"body",
         {{"case_stream", shown_.stream},
          {"size", shown_.checkpoint.size},
          {"manifest", crypto::to_hex(crypto::sha256(manifest))},
          {"disclosed", shown_.disclosed},
          {"purpose", {{"subject", arguments_.subject}, {"value", arguments_.purpose}}}}}};
    const AppendReply reply = submitter.submit(boost::json::serialize(request));
    if (const auto* appended = std::get_if<message::Appended>(&reply)) {
      context_.out << "已登记 EvidenceExported on record: " << number(appended->first) << "\n";
      return Done{};
    }
    if (const auto* error = std::get_if<Error>(&reply)) {
      return fail(*error);
    }
    const Refusals& refusals = std::get<message::Refused>(reply).refusals;
    return fail(ErrorCode::not_permitted,
                refusals.empty() ? "EvidenceExported"
                                 : refusals.front().rule + " " + refusals.front().zh + " / " +
                                       refusals.front().en);
  }

  Outcome hand_out() {
    const Result<Bytes> zip = evidence::encode_zip(files_);
    const Outcome written =
        zip ? create_file_durably(arguments_.out, *zip) : Outcome(fail(zip.error()));
    if (!written) {
      return fail(written.error().code, arguments_.out + ": " + written.error().detail);
    }
    context_.out << "证据包 package: " << arguments_.out << "\n案卷 stream " << shown_.stream
                 << ": " << shown_.records.size() << " 条记录 records,齐全至 complete until "
                 << to_text(shown_.day) << ";披露 disclosed " << shown_.disclosed << "\n";
    return Done{};
  }

  const EvidenceArguments& arguments_;
  CommandContext& context_;
  std::shared_ptr<const crypto::PrivateKey> key_;
  EvidenceWish wish_;
  evidence::PackageFiles files_;
  evidence::Shown shown_;
};

void run_evidence(const EvidenceArguments& arguments, CommandContext& context) {
  if (const Outcome done = EvidenceRun(arguments, context).run(); !done) {
    context.fail(done.error());
  }
}

}  // namespace

void register_evidence(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<EvidenceArguments>();
  CLI::App* command = app.add_subcommand(
      "evidence", "制作一案的证据包 / make the evidence package of a case (docs/EVIDENCE.md)");
  add_source_options(*command, arguments->directory, arguments->server);
  command->add_option("--stream", arguments->stream, "案卷名 / the case, e.g. deco:2025-0031")
      ->required();
  command->add_option("--out", arguments->out, "证据包文件 / file to write, .zip")->required();
  command->add_option(
      "--open", arguments->open, "披露的栏目 / what to disclose: INDEX:PATH, PATH, person:ID");
  command->add_flag(
      "--attachments", arguments->attachments, "含所披露的附件 / with the files disclosed");
  command->add_option(
      "--since", arguments->since, "持有人此前的检查点 / checkpoint that the holder brings");
  command->add_option(
      "--checkpoint", arguments->checkpoint, "所据检查点(如已副署)/ note to rest on, cosigned");
  command->add_option("--tsa-token", arguments->time_stamp, "时间戳 / RFC 3161 token, DER");
  command->add_option("--tsa-chain", arguments->time_stamp_chain, "其证书链 / its chain, PEM");
  command->add_option("--purpose", arguments->purpose, "用途,入卷时密封 / what for, sealed");
  command->add_option("--subject", arguments->subject, "用途所涉之人 / person id it is about");
  command->footer(
      "示例 example:\n  juanzong evidence --data /srv/juanzong --stream deco:2025-0031 --as S-ARC "
      "--key S-ARC.key --open facts --out case.zip\n"
      "  juanzong verify case.zip --vkey log.vkey");
  command->callback([arguments, &context] { run_evidence(*arguments, context); });
}

}  // namespace juanzong::cli
