// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/audit_command.h"

#include "crypto/key_file.h"

#include "events/log/record.h"
#include "events/storage/durable_file.h"

#include "tools/juanzong_audit/audit_plan.h"
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
  std::string ledger;
  std::vector<std::string> verifier_keys;
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

Result<crypto::VerifierKey> read_key(const std::string& value) {
  const auto key = crypto::find_verifier_key(value);
  return key ? Result<crypto::VerifierKey>(*key)
             : fail(ErrorCode::environment, "--vkey: neither a key nor a file with one");
}

AuditOptions options_of(const Arguments& arguments) {
  AuditOptions options;
  options.deep = arguments.deep;
  options.signatures = !arguments.no_signatures;
  return options;
}

Result<Brought> brought_by(const Arguments& arguments) {
  Brought brought;
  for (const std::string& value : arguments.verifier_keys) {
    const Result<crypto::VerifierKey> key = read_key(value);
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

void print(const LedgerAudit& audit,
           const Arguments& arguments,
           const AuditOptions& options,
           std::ostream& out) {
  out << (arguments.json ? to_json(audit, options) + "\n" : to_text(audit, options));
}

// What cannot even be opened as an export or journal.
int unopened(const Error& error, const Arguments& arguments, std::ostream& out, std::ostream& err) {
  if (error.code == ErrorCode::environment || error.code == ErrorCode::io_failure ||
      error.code == ErrorCode::unknown_ledger) {
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

// Audits the ledgers of a folder one after the other.
class Auditor {
 public:
  Auditor(const AuditInput& input, const Arguments& arguments, std::ostream& out)
      : input_(input), arguments_(arguments), out_(out) {}

  void run(const AuditPlan& plan) {
    for (const AuditTarget& target : plan.targets) {
      audit(target);
    }
    const std::set<LedgerId> others = plan.and_others ? met_ : std::set<LedgerId>();
    for (const LedgerId& ledger : others) {
      audit({ledger, options_of(arguments_)});
    }
  }
  [[nodiscard]] bool good() const { return good_; }

 private:
  void audit(AuditTarget target) {
    terminal::ProgressBar bar("核对 audit", input_.expected_records(target.ledger));
    target.options.progress = [&bar](std::uint64_t records) { bar.update(records); };
    target.options.check_frames = !frames_checked_;
    const LedgerAudit audit = audit_ledger(input_, target.ledger, target.options, met_);
    met_.erase(ledger_id_of(audit.origin));
    print(audit, arguments_, target.options, out_);
    frames_checked_ = frames_checked_ || !audit.finding;
    good_ = good_ && !audit.finding;
  }

  const AuditInput& input_;
  const Arguments& arguments_;
  std::ostream& out_;
  std::set<LedgerId> met_;  // ledgers of the journal that were not audited yet
  bool frames_checked_ = false;
  bool good_ = true;
};

void describe(CLI::App& app, Arguments& arguments) {
  app.add_option("folder", arguments.folder, "数据目录或导出件 / data directory or export")
      ->required();
  app.add_option("--ledger", arguments.ledger, "只核对此卷宗 / only the ledger of this name");
  app.add_option("--vkey",
                 arguments.verifier_keys,
                 "信任的日志公钥或其文件,每个卷宗一把 / key you trust, or file; one a ledger")
      ->allow_extra_args(false);
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
  const Result<Brought> brought = brought_by(arguments);
  if (!brought) {
    err << juanzong::to_text(brought.error()) << "\n";
    return exit_environment;
  }
  const Result<std::unique_ptr<AuditInput>> input = AuditInput::open(arguments.folder);
  const Result<AuditPlan> plan =
      input ? plan_audit(**input, arguments.ledger, options_of(arguments), *brought)
            : fail(input.error());
  if (!plan) {
    return unopened(plan.error(), arguments, out, err);
  }
  Auditor auditor(**input, arguments, out);
  auditor.run(*plan);
  return auditor.good() ? exit_ok : exit_failed;
}

}  // namespace juanzong::audit
