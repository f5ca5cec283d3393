// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/audit_command.h"

#include "events/log/record.h"

#include "tools/juanzong_audit/audit_arguments.h"
#include "tools/juanzong_audit/audit_report.h"
#include "tools/juanzong_audit/report_file.h"
#include "tools/terminal/progress_bar.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace juanzong::audit {
namespace {

constexpr int exit_ok = 0;
constexpr int exit_environment = 1;
constexpr int exit_failed = 2;

// What cannot even be opened as an export or journal.
std::optional<LedgerAudit> unopened(const Error& error) {
  if (error.code == ErrorCode::environment || error.code == ErrorCode::io_failure ||
      error.code == ErrorCode::unknown_ledger) {
    return std::nullopt;
  }
  LedgerAudit audit;
  audit.finding = AuditFinding{Check::readable,
                               std::nullopt,
                               std::string(name_of(error.code)),
                               "无法打开:" + std::string(zh_of(error.code)),
                               "cannot be opened: " + juanzong::to_text(error)};
  return audit;
}

// One bar after the other, a pass each.
class Progress {
 public:
  explicit Progress(std::uint64_t records) : records_(records) {}
  void update(std::string_view pass, std::uint64_t done) {
    if (pass != pass_) {
      bar_.reset();
      pass_ = pass;
      bar_ = std::make_unique<terminal::ProgressBar>(pass_, records_);
    }
    bar_->update(done);
  }

 private:
  std::uint64_t records_;
  std::string pass_;
  std::unique_ptr<terminal::ProgressBar> bar_;
};

// Audits the ledgers of a folder one after the other.
class Auditor {
 public:
  Auditor(const AuditInput& input, const Arguments& arguments, AuditOptions common)
      : input_(input), arguments_(arguments), common_(std::move(common)) {}

  void run(const AuditPlan& plan, std::ostream& out) {
    for (const AuditTarget& target : plan.targets) {
      audit(target, out);
    }
    const std::set<LedgerId> others = plan.and_others ? met_ : std::set<LedgerId>();
    for (const LedgerId& ledger : others) {
      audit({ledger, common_}, out);
    }
  }
  [[nodiscard]] const std::vector<LedgerAudit>& audits() const { return audits_; }
  [[nodiscard]] bool good() const {
    return std::ranges::all_of(audits_, [](const auto& audit) { return !audit.finding; });
  }

 private:
  void audit(AuditTarget target, std::ostream& out) {
    Progress progress(input_.expected_records(target.ledger));
    target.options.progress = [&progress](std::string_view pass, std::uint64_t records) {
      progress.update(pass, records);
    };
    if (arguments_.deep && !input_.is_export()) {
      target.options.derived = [this, &progress]() -> const DerivedComparison& {
        return derived(progress);
      };
    }
    target.options.check_frames = !frames_checked_;
    const LedgerAudit& audit =
        audits_.emplace_back(audit_ledger(input_, target.ledger, target.options, met_));
    met_.erase(ledger_id_of(audit.origin));
    out << (arguments_.json ? to_json(audit) + "\n" : to_text(audit));
    frames_checked_ = frames_checked_ || !audit.finding;
  }

  // One fold compares the rows of all ledgers.
  const DerivedComparison& derived(Progress& progress) {
    if (!derived_) {
      derived_ = compare_derived(
          *input_.journal(),
          std::filesystem::path(arguments_.folder) / "derived",
          [&progress](std::uint64_t records) { progress.update("派生数据 derived", records); });
    }
    return *derived_;
  }

  const AuditInput& input_;
  const Arguments& arguments_;
  AuditOptions common_;
  std::set<LedgerId> met_;  // ledgers of the journal that were not audited yet
  std::optional<DerivedComparison> derived_;
  std::vector<LedgerAudit> audits_;
  bool frames_checked_ = false;
};

// The vault of a data directory, if its key is there. Only a --kek that does not fit is an error.
Result<std::unique_ptr<Vault>> open_vault(const AuditInput& input,
                                          const Arguments& arguments,
                                          NotChecked& why) {
  const std::filesystem::path folder(arguments.folder);
  if (input.is_export()) {
    why = {"导出件不含保险库", "an export has no vault"};
    return arguments.kek.empty()
               ? Result<std::unique_ptr<Vault>>(std::unique_ptr<Vault>())
               : fail(ErrorCode::environment, "--kek: " + why.zh + " / " + why.en);
  }
  if (!arguments.deep && arguments.kek.empty()) {
    why = {"须用 --deep 或 --kek 核对", "needs --deep or --kek"};
    return std::unique_ptr<Vault>();
  }
  if (!arguments.kek.empty()) {
    return Vault::open(folder, arguments.kek);
  }
  auto vault = Vault::open(folder, folder / "keys" / "vault.kek");
  if (!vault && vault.error().code == ErrorCode::environment) {
    why = {"没有保险库主密钥(--kek)", "the vault's key is not there (--kek)"};
    return std::unique_ptr<Vault>();
  }
  return vault;
}

// 1 for a report that could not be written, else what the audits say.
int finish(const std::vector<LedgerAudit>& audits,
           bool good,
           const Arguments& arguments,
           std::ostream& err) {
  if (!arguments.report.empty()) {
    if (const Outcome written = write_report(audits, arguments); !written) {
      err << juanzong::to_text(written.error()) << "\n";
      return exit_environment;
    }
  }
  return good ? exit_ok : exit_failed;
}

int answer(const Error& error, const Arguments& arguments, std::ostream& out, std::ostream& err) {
  const std::optional<LedgerAudit> audit = unopened(error);
  if (!audit) {
    err << juanzong::to_text(error) << "\n";
    return exit_environment;
  }
  out << (arguments.json ? to_json(*audit) + "\n" : to_text(*audit));
  return finish({*audit}, false, arguments, err);
}

int audit_folder(const Arguments& arguments, std::ostream& out, std::ostream& err) {
  if (const Outcome possible = can_write_report(arguments); !possible) {
    return answer(possible.error(), arguments, out, err);
  }
  const Result<Brought> brought = brought_by(arguments);
  if (!brought) {
    return answer(brought.error(), arguments, out, err);
  }
  const Result<std::unique_ptr<AuditInput>> input = AuditInput::open(arguments.folder);
  if (!input) {
    return answer(input.error(), arguments, out, err);
  }
  AuditOptions common;
  common.deep = arguments.deep;
  common.signatures = !arguments.no_signatures;
  auto policy = policy_of(arguments, (*input)->is_export());
  if (!policy) {
    return answer(policy.error(), arguments, out, err);
  }
  common.policy = std::move(*policy);
  const auto vault = open_vault(**input, arguments, common.no_vault);
  if (!vault) {
    return answer(vault.error(), arguments, out, err);
  }
  common.vault = vault->get();
  const Result<AuditPlan> plan = plan_audit(**input, arguments.ledger, common, *brought);
  if (!plan) {
    return answer(plan.error(), arguments, out, err);
  }
  Auditor auditor(**input, arguments, common);
  auditor.run(*plan, out);
  return finish(auditor.audits(), auditor.good(), arguments, err);
}

}  // namespace

int run_audit(int count, const char* const* values, std::ostream& out, std::ostream& err) {
  Arguments arguments;
  CLI::App app("离线核对卷宗:链、树、签名、检查点、规则、保险库 / offline audit of a ledger",
               "juanzong-audit");
  describe(app, arguments);
  try {
    app.parse(count, values);
  } catch (const CLI::ParseError& error) {  // the library's way out of parsing, --help included
    return app.exit(error, out, err) == 0 ? exit_ok : exit_environment;
  }
  return audit_folder(arguments, out, err);
}

}  // namespace juanzong::audit
