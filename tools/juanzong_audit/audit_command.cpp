// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/audit_command.h"

#include "events/log/record.h"
#include "events/storage/durable_file.h"

#include "tools/juanzong_audit/audit_report.h"
#include "tools/terminal/progress_bar.h"

#include <CLI/CLI.hpp>
#include <ostream>
#include <string>
#include <vector>

namespace juanzong::audit {
namespace {

constexpr int exit_ok = 0;
constexpr int exit_environment = 1;
constexpr int exit_failed = 2;
constexpr std::size_t note_bytes_max = std::size_t{1} << 20U;

struct Arguments {
  std::string folder;
  std::string verifier_key;
  std::vector<std::string> checkpoints;
  bool deep = false;
  bool json = false;
  bool no_signatures = false;
};

Result<std::string> read_text(const std::string& file) {
  const Result<Bytes> bytes = read_file(file, note_bytes_max);
  return bytes ? Result<std::string>(std::string(text_of(ByteView(*bytes))))
               : fail(ErrorCode::environment, file + ": cannot be read");
}

// A verifier key as text, or a file that holds one.
Result<crypto::VerifierKey> read_key(const std::string& value) {
  if (const auto key = crypto::VerifierKey::parse(value)) {
    return *key;
  }
  const Result<std::string> text = read_text(value);
  const auto key =
      text ? crypto::VerifierKey::parse(text->substr(0, text->find('\n'))) : std::nullopt;
  return key ? Result<crypto::VerifierKey>(*key)
             : fail(ErrorCode::environment, "--vkey: neither a key nor a file with one");
}

Result<AuditOptions> options_of(const Arguments& arguments) {
  AuditOptions options;
  options.deep = arguments.deep;
  options.signatures = !arguments.no_signatures;
  if (!arguments.verifier_key.empty()) {
    const Result<crypto::VerifierKey> key = read_key(arguments.verifier_key);
    if (!key) {
      return fail(key.error());
    }
    options.verifier_key = *key;
  }
  for (const std::string& file : arguments.checkpoints) {
    Result<std::string> note = read_text(file);
    if (!note) {
      return fail(note.error());
    }
    options.checkpoints.push_back({file, std::move(*note)});
  }
  return options;
}

void print(const LedgerAudit& audit,
           const Arguments& arguments,
           const AuditOptions& options,
           std::ostream& out) {
  out << (arguments.json ? to_json(audit, options) + "\n" : to_text(audit, options));
}

// What cannot even be opened as an export or journal.
int unopened(const Error& error, const Arguments& arguments, std::ostream& out, std::ostream& err) {
  if (error.code == ErrorCode::environment || error.code == ErrorCode::io_failure) {
    err << juanzong::to_text(error) << "\n";
    return exit_environment;
  }
  LedgerAudit audit;
  audit.finding = AuditFinding{Check::readable,
                               std::nullopt,
                               std::string(name_of(error.code)),
                               "无法打开:" + std::string(zh_of(error.code)),
                               "cannot be opened: " + juanzong::to_text(error)};
  print(audit, arguments, {}, out);
  return exit_failed;
}

int audit_all(const AuditInput& input,
              const Arguments& arguments,
              AuditOptions& options,
              std::ostream& out) {
  terminal::ProgressBar bar("核对 audit", input.expected_records());
  options.progress = [&bar](std::uint64_t records) { bar.update(records); };
  std::set<LedgerId> ledgers;
  const LedgerAudit first = audit_ledger(input, std::nullopt, options, ledgers);
  print(first, arguments, options, out);
  bool good = !first.finding;
  // Checkpoints and key of the auditor speak of one ledger; the others stand for themselves.
  AuditOptions others = options;
  others.verifier_key.reset();
  others.checkpoints.clear();
  ledgers.erase(ledger_id_of(first.origin));
  for (const LedgerId& ledger : ledgers) {
    std::set<LedgerId> ignored;
    const LedgerAudit audit = audit_ledger(input, ledger, others, ignored);
    print(audit, arguments, others, out);
    good = good && !audit.finding;
  }
  return good ? exit_ok : exit_failed;
}

void describe(CLI::App& app, Arguments& arguments) {
  app.add_option("folder", arguments.folder, "数据目录或导出件 / data directory or export")
      ->required();
  app.add_option(
      "--vkey", arguments.verifier_key, "信任的日志公钥或其文件 / key you trust, or file");
  app.add_option("--checkpoint", arguments.checkpoints, "此前收到的检查点 / checkpoints you hold");
  auto* deep = app.add_flag("--deep", arguments.deep, "重新执行全部规则 / run every rule again");
  app.add_flag("--json", arguments.json, "每个卷宗一个 JSON 对象 / one JSON object a ledger");
  app.add_flag("--no-signatures", arguments.no_signatures, "不核对经办人签名 / skip signatures")
      ->excludes(deep);
  app.footer(
      "示例 example:\n  juanzong-audit /srv/juanzong --deep\n"
      "  juanzong-audit export --vkey log.vkey --checkpoint checkpoint-2025\n"
      "退出码 exit codes: 0 通过 verified, 1 用法或环境 usage or environment, 2 不通过 failed");
}

}  // namespace

int run_audit(int count, const char* const* values, std::ostream& out, std::ostream& err) {
  Arguments arguments;
  CLI::App app("离线核对卷宗:链、树、签名、检查点、规则 / offline audit of a ledger",
               "juanzong-audit");
  describe(app, arguments);
  try {
    app.parse(count, values);
  } catch (const CLI::ParseError& error) {  // the library's way out of parsing, --help included
    return app.exit(error, out, err) == 0 ? exit_ok : exit_environment;
  }
  Result<AuditOptions> options = options_of(arguments);
  if (!options) {
    err << juanzong::to_text(options.error()) << "\n";
    return exit_environment;
  }
  const Result<std::unique_ptr<AuditInput>> input = AuditInput::open(arguments.folder);
  return input ? audit_all(**input, arguments, *options, out)
               : unopened(input.error(), arguments, out, err);
}

}  // namespace juanzong::audit
