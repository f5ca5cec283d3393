// SPDX-License-Identifier: Apache-2.0
// juanzong verify: a proof in a file or an evidence package, with the log's verifier key and
// nothing else: no server, no data directory.
#include "crypto/checkpoint.h"
#include "crypto/merkle_tree.h"
#include "crypto/proof_text.h"
#include "crypto/witness_policy.h"

#include "events/log/record.h"
#include "events/storage/durable_file.h"

#include "projections/proofs/answer_proof.h"
#include "projections/state/stream_completeness.h"

#include "tools/evidence/package_io.h"
#include "tools/evidence/package_names.h"
#include "tools/evidence/package_verifier.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/ledger_key.h"

#include <boost/json.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <utility>

namespace juanzong::cli {
namespace {

constexpr std::size_t proof_file_bytes_max = std::size_t{1} << 30;

struct VerifyArguments {
  std::string proof;
  std::string record;
  std::string key;
  std::string policy;
  bool json = false;
};

struct Verified {
  boost::json::object json;
  std::string zh;
  std::string en;
  std::string note;  // the checkpoint that it rests on
};

Verified described(const StreamCompleteness& shown) {
  Verified verified;
  boost::json::array records;
  for (const RecordIndex index : shown.records) {
    records.emplace_back(number(index));
  }
  const std::string day = to_text(shown.day);
  const std::string count = std::to_string(shown.records.size());
  verified.json = {{"proof", "stream"},
                   {"stream", shown.stream},
                   {"exists", shown.exists},
                   {"complete_until", day},
                   {"size", shown.size},
                   {"day_close", number(shown.close)},
                   {"origin", shown.checkpoint.origin},
                   {"checkpoint_size", shown.checkpoint.size},
                   {"records", std::move(records)}};
  if (shown.exists) {
    verified.zh = "案卷 " + shown.stream + " 齐全:截至 " + day + " 日终共 " + count + " 条记录";
    verified.en =
        "stream " + shown.stream + " is complete: " + count + " records up to the end of " + day;
  } else {
    verified.zh = "截至 " + day + " 日终,卷宗中没有案卷 " + shown.stream;
    verified.en = "up to the end of " + day + " there is no stream " + shown.stream;
  }
  return verified;
}

Result<Verified> verify_inclusion_file(const crypto::InclusionProof& proof,
                                       const std::string& record_file,
                                       const crypto::VerifierKey& key) {
  if (record_file.empty()) {
    return fail(ErrorCode::query_invalid, "--record: 记录原文 / the record's bytes");
  }
  const Result<Bytes> record = read_file(record_file, limits::record_bytes_max);
  if (!record) {
    return fail(ErrorCode::environment, record_file + ": cannot be read");
  }
  const auto head = crypto::open_checkpoint(proof.note, key);
  if (!head) {
    return fail(ErrorCode::proof_invalid, "检查点不是由该日志公钥签署 / not signed by this key");
  }
  const Result<RecordView> view = parse_record(*record);
  const bool holds =
      view && view->index == RecordIndex{proof.index} &&
      crypto::verify_inclusion(
          proof.index, head->size, crypto::leaf_hash(*record), proof.path, head->root);
  if (!holds) {
    return fail(ErrorCode::proof_invalid, record_file + ": 不在该卷中 / not in this log");
  }
  const std::string index = std::to_string(proof.index);
  const std::string size = std::to_string(head->size);
  return Verified{{{"proof", "record"},
                   {"index", proof.index},
                   {"origin", head->origin},
                   {"checkpoint_size", head->size},
                   {"recorded_at", to_rfc3339(view->recorded_at)}},
                  "记录 " + index + " 在卷:" + head->origin + ",共 " + size + " 条",
                  "record " + index + " is in the log " + head->origin + " of " + size,
                  proof.note};
}

Result<Verified> verify_answer_file(std::string_view text, const crypto::VerifierKey& key) {
  const Result<AnswerProof> proof = parse_answer_proof(text);
  if (!proof) {
    return fail(ErrorCode::proof_invalid, proof.error().detail);
  }
  const Result<ProvenAnswer> shown = verify_answer(*proof, key);
  if (!shown) {
    return fail(shown.error());
  }
  const std::string size = std::to_string(shown->as_of_size);
  const std::string records = std::to_string(shown->records);
  return Verified{{{"proof", "answer"},
                   {"view", shown->view},
                   {"as_of_size", shown->as_of_size},
                   {"origin", shown->origin},
                   {"checkpoint_size", shown->checkpoint_size},
                   {"streams", shown->streams},
                   {"records", shown->records},
                   {"answer", boost::json::parse(proof->answer)}},
                  "答案成立:视图 " + shown->view + ",截至前 " + size + " 条记录,由所附 " + records +
                      " 条记录重算一致",
                  "the answer holds: view " + shown->view + " as of the first " + size +
                      " records, computed again from " + records + " records",
                  shown->note};
}

bool is_package(const std::string& path) {
  constexpr std::string_view zip_magic = "PK";
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    return true;
  }
  std::ifstream file(path, std::ios::binary);
  std::array<char, zip_magic.size()> first{};
  file.read(first.data(), first.size());
  return std::string_view(first.data(), first.size()) == zip_magic;
}

Verified described(const evidence::Shown& shown, std::string note) {
  const std::string day = to_text(shown.day);
  const std::string count = std::to_string(shown.records.size());
  const std::string disclosed = std::to_string(shown.disclosed);
  const std::string unsigned_records = std::to_string(shown.unsigned_records);
  Verified verified;
  verified.note = std::move(note);
  verified.json = {{"proof", "evidence"},
                   {"stream", shown.stream},
                   {"complete_until", day},
                   {"records", shown.records.size()},
                   {"supporting", shown.supporting},
                   {"unsigned", shown.unsigned_records},
                   {"disclosed", shown.disclosed},
                   {"made_by", shown.exporter},
                   {"origin", shown.checkpoint.origin},
                   {"checkpoint_size", shown.checkpoint.size}};
  verified.zh = "证据包成立:案卷 " + shown.stream + " 截至 " + day + " 日终共 " + count +
                " 条记录,全部在此;制作人 " + shown.exporter + ";披露 " + disclosed + " 项;无签名 " +
                unsigned_records + " 条";
  verified.en = "the package holds: all " + count + " records of " + shown.stream +
                " up to the end of " + day + "; made by " + shown.exporter + "; disclosed " +
                disclosed + "; unsigned " + unsigned_records;
  if (shown.since) {
    verified.json["since"] = *shown.since;
    verified.zh += "\n自第 " + std::to_string(*shown.since) + " 条的检查点以来,日志只增不改";
    verified.en += "\nsince the checkpoint of " + std::to_string(*shown.since) +
                   " records the log has only grown";
  }
  return verified;
}

Result<Verified> verify_evidence(const std::string& path, const crypto::VerifierKey& key) {
  const Result<evidence::PackageFiles> files = evidence::read_package(path);
  if (!files) {
    return fail(files.error());
  }
  const Result<evidence::Shown> shown = evidence::verify_package(*files, {.log = key});
  if (!shown) {
    return fail(shown.error());
  }
  const Bytes& note = files->at(std::string(evidence::names::checkpoint));
  return described(*shown, std::string(text_of(ByteView(note))));
}

Result<Verified> verify_file(const VerifyArguments& arguments) {
  const Result<crypto::VerifierKey> key = read_verifier_key(arguments.key);
  if (!key) {
    return fail(key.error());
  }
  if (is_package(arguments.proof)) {
    return verify_evidence(arguments.proof, *key);
  }
  const Result<Bytes> bytes = read_file(arguments.proof, proof_file_bytes_max);
  if (!bytes) {
    return fail(ErrorCode::environment, arguments.proof + ": cannot be read");
  }
  const std::string_view text = text_of(ByteView(*bytes));
  if (const auto proof = crypto::parse_inclusion_proof(text)) {
    return verify_inclusion_file(*proof, arguments.record, *key);
  }
  if (is_answer_proof(text)) {
    return verify_answer_file(text, *key);
  }
  const Result<StreamProof> proof = parse_stream_proof(text);
  if (!proof) {
    return fail(ErrorCode::proof_invalid, arguments.proof + ": " + proof.error().detail);
  }
  const Result<StreamCompleteness> shown = verify_stream(*proof, *key);
  if (!shown) {
    return fail(shown.error());
  }
  Verified verified = described(*shown);
  verified.note = proof->note;
  return verified;
}

Result<crypto::WitnessPolicy> read_policy(const std::string& file) {
  const Result<std::string> text = read_note(file);
  if (!text) {
    return fail(text.error());
  }
  crypto::WitnessPolicy::Fault fault;
  auto policy = crypto::WitnessPolicy::parse(*text, fault);
  return policy
             ? Result<crypto::WitnessPolicy>(*std::move(policy))
             : fail(ErrorCode::environment,
                    file + ":" + std::to_string(fault.line) + ": " + fault.zh + " / " + fault.en);
}

// Whose cosignatures the checkpoint carries, and since when they vouch for it; too few refuse it.
Outcome add_witnesses(const std::string& policy_file, Verified& verified) {
  if (policy_file.empty()) {
    return Done{};
  }
  const Result<crypto::WitnessPolicy> policy = read_policy(policy_file);
  if (!policy) {
    return fail(policy.error());
  }
  const crypto::Cosigners cosigners = policy->cosigners_of(verified.note);
  if (!policy->is_satisfied_by(cosigners)) {
    return fail(ErrorCode::proof_invalid, "见证人不足 / too few witnesses cosigned the checkpoint");
  }
  boost::json::object witnesses;
  for (const auto& [name, seconds] : cosigners) {
    const UnixMicros at{static_cast<std::int64_t>(seconds) * micros_per_second};
    witnesses[name] = to_rfc3339(at);
    verified.zh += "\n见证人 " + name + " 于 " + to_rfc3339(at) + " 副署";
    verified.en += "\ncosigned by " + name + " at " + to_rfc3339(at);
  }
  verified.json["witnesses"] = std::move(witnesses);
  return Done{};
}

void run_verify(const VerifyArguments& arguments, CommandContext& context) {
  Result<Verified> verified = verify_file(arguments);
  const Outcome witnessed =
      verified ? add_witnesses(arguments.policy, *verified) : Outcome(fail(verified.error()));
  if (!witnessed) {
    context.fail(witnessed.error());
  } else if (arguments.json) {
    context.out << boost::json::serialize(verified->json) << "\n";
  } else {
    context.out << verified->zh << "\n" << verified->en << "\n";
  }
}

}  // namespace

void register_verify(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<VerifyArguments>();
  CLI::App* command =
      app.add_subcommand("verify", "离线核对一份证明 / verify a proof without any server");
  command->add_option("proof", arguments->proof, "证明文件或证据包 / proof, or evidence package")
      ->required();
  command
      ->add_option("--vkey", arguments->key, "日志验证公钥 / the log's verifier key, or its file")
      ->required();
  command->add_option("--record", arguments->record, "记录原文 (.tlog-proof) / the record's bytes");
  command->add_option(
      "--policy",
      arguments->policy,
      "见证策略文件:检查点须有足够见证人副署 / witness policy that must be satisfied");
  command->add_flag("--json", arguments->json, "一个 JSON 对象 / one JSON object");
  command->footer(
      "示例 example:\n  juanzong verify unit.stream-proof --vkey log.vkey\n"
      "  juanzong verify 17.tlog-proof --record 17.record --vkey log.vkey\n"
      "  juanzong verify case.zip --vkey log.vkey");
  command->callback([arguments, &context] { run_verify(*arguments, context); });
}

}  // namespace juanzong::cli
