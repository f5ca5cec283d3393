// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/audit_arguments.h"

#include "crypto/key_file.h"

#include "events/storage/durable_file.h"

#include <utility>

namespace juanzong::audit {
namespace {

constexpr std::size_t text_bytes_max = std::size_t{1} << 20U;

Result<std::string> read_text(const std::string& file) {
  const Result<Bytes> bytes = read_file(file, text_bytes_max);
  return bytes ? Result<std::string>(std::string(text_of(ByteView(*bytes))))
               : fail(ErrorCode::environment, file + ": 无法读取 / cannot be read");
}

Result<crypto::VerifierKey> read_key(const std::string& option, const std::string& value) {
  const auto key = crypto::find_verifier_key(value);
  return key ? Result<crypto::VerifierKey>(*key)
             : fail(ErrorCode::environment,
                    option + ": 不是公钥,也不是公钥文件 / neither a key nor a file with one");
}

// A policy that all of them cosign, in its own words.
Result<std::string> policy_text(const std::vector<std::string>& witnesses) {
  std::string text;
  std::string names;
  for (const std::string& value : witnesses) {
    const Result<crypto::VerifierKey> key = read_key("--witness", value);
    if (!key) {
      return fail(key.error());
    }
    text += "witness " + key->name() + " " + key->text() + "\n";
    names += " " + key->name();
  }
  return text + "group all-of-them all" + names + "\nquorum all-of-them\n";
}

constexpr const char* footer =
    "示例 examples:\n"
    "  juanzong-audit /srv/juanzong --deep\n"
    "      数据目录:日志、保险库、派生数据,重新执行规则\n"
    "      a data directory: log, vault and derived rows, every rule run again\n"
    "  juanzong-audit export --vkey log.vkey --checkpoint checkpoint-2025\n"
    "      导出件,与此前收到的检查点比对 / an export against a checkpoint you hold\n"
    "  juanzong-audit export --vkey log.vkey --checkpoint cp1 --checkpoint cp2 --policy policy\n"
    "      检查点须有见证人联署 / the checkpoints need the policy's cosignatures\n"
    "  juanzong-audit /srv/juanzong --deep --report audit-2025.html\n"
    "      另存可打印的四性检测报告 / and a report to print and file\n"
    "退出码 exit codes: 0 通过 verified, 1 用法或环境 usage or environment, 2 不通过 failed\n"
    "报告与 JSON 说明 reports and JSON: docs/AUDIT.md";

}  // namespace

void describe(CLI::App& app, Arguments& a) {
  app.add_option("folder", a.folder, "数据目录或导出件 / data directory or export")->required();
  app.add_option("--ledger", a.ledger, "只核对此卷宗 / only the ledger of this name");
  app.add_option("--vkey",
                 a.verifier_keys,
                 "信任的日志公钥或其文件,每个卷宗一把 / key you trust, or file; one a ledger")
      ->allow_extra_args(false);
  app.add_option("--checkpoint", a.checkpoints, "此前收到的检查点 / checkpoints you hold");
  auto* policy = app.add_option(
      "--policy",
      a.policy,
      "见证政策文件,检查点须达到其法定数 / witness policy whose quorum the checkpoints need");
  app.add_option("--witness",
                 a.witnesses,
                 "须联署的见证人公钥或其文件 / witnesses that must have cosigned: keys, or files")
      ->allow_extra_args(false)
      ->excludes(policy);
  app.add_option(
      "--kek", a.kek, "保险库主密钥;缺省用数据目录的 / vault key; by default the data directory's");
  auto* deep = app.add_flag("--deep",
                            a.deep,
                            "重新执行全部规则,核对保险库与派生数据 / run every rule again, check "
                            "vault and derived rows");
  app.add_flag("--json", a.json, "每个卷宗一个 JSON 对象 / one JSON object a ledger");
  auto* report = app.add_option(
      "--report", a.report, "另存报告:.html 或 .txt / also write a report: .html or .txt");
  app.add_flag("--force", a.force, "覆盖已有的报告 / replace an existing report")->needs(report);
  app.add_flag("--no-signatures", a.no_signatures, "不核对经办人签名 / skip signatures")
      ->excludes(deep);
  app.footer(footer);
}

Result<Brought> brought_by(const Arguments& arguments) {
  Brought brought;
  for (const std::string& value : arguments.verifier_keys) {
    const Result<crypto::VerifierKey> key = read_key("--vkey", value);
    if (!key) {
      return fail(key.error());
    }
    brought.keys.push_back(*key);
  }
  for (const std::string& file : arguments.checkpoints) {
    Result<std::string> note = read_text(file);
    if (!note) {
      return fail(note.error());
    }
    brought.checkpoints.push_back({file, std::move(*note)});
  }
  return brought;
}

Result<std::optional<crypto::WitnessPolicy>> policy_of(const Arguments& arguments, bool is_export) {
  if (arguments.policy.empty() && arguments.witnesses.empty()) {
    return std::optional<crypto::WitnessPolicy>();
  }
  if (!is_export && arguments.checkpoints.empty()) {
    return fail(ErrorCode::environment,
                "--policy, --witness: 数据目录须以 --checkpoint 给出检查点 / a data directory has "
                "no cosigned checkpoint: give one with --checkpoint");
  }
  const Result<std::string> text =
      arguments.policy.empty() ? policy_text(arguments.witnesses) : read_text(arguments.policy);
  if (!text) {
    return fail(text.error());
  }
  crypto::WitnessPolicy::Fault fault;
  auto policy = crypto::WitnessPolicy::parse(*text, fault);
  if (!policy) {
    const std::string place = arguments.policy.empty()
                                  ? "--witness"
                                  : arguments.policy + ":" + std::to_string(fault.line);
    return fail(ErrorCode::environment, place + ": " + fault.zh + " / " + fault.en);
  }
  return policy;
}

}  // namespace juanzong::audit
