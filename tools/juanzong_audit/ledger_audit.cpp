// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/ledger_audit.h"

#include "events/log/log_verifier.h"

#include "tools/export/tile_builder.h"
#include "tools/export/tile_path.h"
#include "tools/juanzong_audit/request_audit.h"

#include <algorithm>
#include <chrono>
#include <memory>

namespace juanzong::audit {
namespace {

using Clock = std::chrono::steady_clock;

Check check_of(LogFault fault) {
  switch (fault) {
    case LogFault::unreadable:
    case LogFault::layout:
      return Check::readable;
    case LogFault::time:
      return Check::times;
    case LogFault::request:
    case LogFault::statement_path:
    case LogFault::request_id:
    case LogFault::key_chain:
      return Check::requests;
    case LogFault::stream:
      return Check::streams;
    case LogFault::index:
    case LogFault::chain:
    case LogFault::origin:
      break;
  }
  return Check::chain;
}

AuditFinding finding_of(const LogFinding& found) {
  return {check_of(found.fault),
          number(found.index),
          std::string(name_of(found.fault)),
          found.zh,
          found.en};
}

class Audit {
 public:
  Audit(const AuditInput& input, const AuditOptions& options)
      : input_(input),
        options_(options),
        requests_({options.signatures, options.deep, options.threads}),
        tiles_([this](const Tile& tile) { return check_tile(tile); }) {}

  LedgerAudit run(std::optional<LedgerId> ledger, std::set<LedgerId>& others) {
    const Clock::time_point begin = Clock::now();
    checkpoints_ = options_.checkpoints;
    if (input_.is_export()) {
      checkpoints_.push_back({"checkpoint", input_.reader().note(), true});
    }
    verify(ledger, others);
    judge_keys();
    judge_given();
    judge_end();
    judge_vault(ledger);
    judge_derived(ledger);
    count_claims(ledger);
    describe(ledger);
    note_not_checked();
    result_.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    return std::move(result_);
  }

 private:
  std::unique_ptr<RecordSource> open_source(const std::optional<LedgerId>& ledger, bool checked) {
    if (input_.is_export()) {
      return input_.reader().records();
    }
    return std::make_unique<JournalSource>(*input_.journal(), ledger, checked);
  }

  void verify(std::optional<LedgerId>& ledger, std::set<LedgerId>& others) {
    const auto source = open_source(ledger, options_.check_frames);
    LogVerifierOptions verify;
    verify.threads = options_.threads;
    verify.progress = progress_of("核对 audit");
    for (const GivenCheckpoint& given : checkpoints_) {
      if (const auto stated = stated_by(given.note)) {
        verify.watched_sizes.push_back(stated->size);
      }
    }
    verify.visit = [this](const VerifiedRecord& record) {
      return requests_.visit(record) && (!input_.is_export() || tiles_.append(record.leaf));
    };
    log_ = verify_log(*source, verify);
    requests_.finish();
    if (const auto* journal = dynamic_cast<const JournalSource*>(source.get())) {
      ledger = journal->ledger();
      others = journal->ledgers();
      result_.frames = journal->frames();
      stated_root_differs_ =
          journal->stated_size() != log_.size || journal->stated_root() != log_.root;
    } else if (!log_.finding && !requests_.finding() && !result_.finding) {
      static_cast<void>(tiles_.finish());
    }
    count();
    // Signatures are judged later than the chain, in batches: the smaller index is the first.
    blame(requests_.finding());
    if (log_.finding) {
      blame(finding_of(*log_.finding));
    }
  }

  void count() {
    result_.origin = log_.origin;
    result_.records = log_.size;
    result_.root = log_.root;
    result_.requests = log_.requests;
    result_.streams = log_.streams;
    result_.keys = requests_.keys().size();
    result_.signatures = options_.signatures ? requests_.signatures() : 0;
    result_.session_authenticated = requests_.session_authenticated();
    result_.unknown_events = requests_.unknown_events();
    result_.rules_judged = requests_.rules_judged();
    result_.days_closed = requests_.days_closed();
    if (const auto from = requests_.rules_not_judged_from()) {
      result_.rules_not_judged_from = number(*from);
    }
    if (requests_.keys().genesis()) {
      result_.ledger = requests_.keys().genesis()->name;
      result_.zone = requests_.keys().genesis()->zone;
    }
  }

  // Keeps the finding with the smallest index.
  void blame(const std::optional<AuditFinding>& found) {
    if (found && (!result_.finding || found->index.value_or(UINT64_MAX) <
                                          result_.finding->index.value_or(UINT64_MAX))) {
      result_.finding = found;
    }
  }

  bool check_tile(const Tile& tile) {
    const auto difference = input_.reader().compare(tile);
    ++result_.tiles;
    if (!difference) {
      return true;
    }
    std::uint64_t index = tile.number * tile_width + difference->hash;
    for (unsigned level = 0; level < tile.level; ++level) {
      index *= tile_width;
    }
    blame(AuditFinding{Check::tree,
                       index,
                       "tile",
                       "树的指纹文件 " + difference->path + " 与记录不符",
                       difference->path + " does not hold the hashes of the records"});
    return false;
  }

  std::optional<crypto::VerifierKey> key_of_policy(std::string_view origin) const {
    if (!options_.policy) {
      return std::nullopt;
    }
    const auto& logs = options_.policy->logs();
    const auto found = std::ranges::find(logs, origin, &crypto::VerifierKey::name);
    return found == logs.end() ? std::nullopt : std::optional(*found);
  }

  std::optional<crypto::VerifierKey> given_key(std::string_view origin) const {
    return options_.verifier_key && options_.verifier_key->name() == origin ? options_.verifier_key
                                                                            : key_of_policy(origin);
  }

  // Of the newest origin.
  std::string own_key() const {
    return log_.origins.empty() ? std::string() : input_.own_key(log_.origins.back().origin);
  }

  // Given by the auditor, or the folder's, or what the records say.
  std::optional<crypto::VerifierKey> key_of(const LogKey& named) const {
    if (auto given = given_key(named.origin)) {
      return given;
    }
    const bool newest = named.origin == log_.origins.back().origin;
    const std::string own = newest ? own_key() : std::string();
    const bool has_own = newest && (input_.is_export() || !own.empty());
    return crypto::VerifierKey::parse(has_own ? own : named.verifier_key);
  }

  // What was brought, what lies in the folder and what the records name must agree.
  void judge_keys() {
    const std::vector<LogKey>& named = requests_.keys().log_keys();
    if (named.empty() || log_.origins.empty()) {
      return;
    }
    bool agree = true;
    bool given_is_named = !options_.verifier_key;
    for (const LogKey& each : named) {
      const auto key = key_of(each);
      agree = agree && key && key->text() == each.verifier_key;
      result_.key_is_given = result_.key_is_given || given_key(each.origin).has_value();
      given_is_named = given_is_named || options_.verifier_key->name() == each.origin;
      result_.verifier_key = key ? key->text() : std::string();
    }
    if (result_.finding || result_.records == 0) {
      return;
    }
    if (!agree || !given_is_named) {
      blame(AuditFinding{Check::checkpoints_signed,
                         0,
                         "verifier_key",
                         "日志验证公钥与记录所载不同",
                         "the verifier key is not the one that the records name"});
    }
  }

  // Each under the key of its own origin, against the records of that origin: a head that is signed
  // under a former one beyond its end is of another history. What names no origin of the ledger is
  // held against the newest.
  void judge_given() {
    const std::vector<LogKey>& named = requests_.keys().log_keys();
    const std::size_t spans = std::min(named.size(), log_.origins.size());
    std::vector<GivenCheckpoint> left = checkpoints_;
    for (std::size_t i = 0; i < spans; ++i) {
      const bool newest = i + 1 == spans;
      const auto is_of = [&](const GivenCheckpoint& given) {
        const auto stated = stated_by(given.note);
        return newest || (stated && stated->origin == named[i].origin);
      };
      const auto others = std::ranges::stable_partition(left, std::not_fn(is_of));
      judge_some({others.begin(), others.end()},
                 named[i],
                 newest ? result_.records : log_.origins[i + 1].first);
      left.erase(others.begin(), others.end());
    }
    if (spans == 0) {
      judge_some(left, {result_.origin, {}}, result_.records);
    }
  }

  void judge_some(const std::vector<GivenCheckpoint>& given,
                  const LogKey& log_key,
                  std::uint64_t records) {
    const crypto::WitnessPolicy* policy = options_.policy ? &*options_.policy : nullptr;
    auto roots = log_.roots;
    roots.erase(roots.upper_bound(records), roots.end());
    CheckpointVerdict verdict =
        judge_checkpoints(given,
                          log_key.verifier_key.empty() ? std::nullopt : key_of(log_key),
                          policy,
                          {log_key.origin, records, std::move(roots), !result_.finding});
    std::ranges::move(verdict.good, std::back_inserter(result_.checkpoints));
    result_.checkpoints_witnessed += verdict.witnessed;
    blame(verdict.finding);
  }

  void judge_end() {
    if (result_.finding) {
      return;
    }
    if (result_.records == 0) {
      blame(AuditFinding{Check::readable, 0, "empty", "没有任何记录", "there are no records"});
    } else if (stated_root_differs_) {
      blame(AuditFinding{Check::tree,
                         result_.records,
                         "frame_root",
                         "日志帧所载的条数或树根与记录不符",
                         "the newest frame states another size or root"});
    } else if (!origins_fit()) {
      blame(AuditFinding{Check::chain,
                         0,
                         "origins",
                         "juanzong/origins 与记录所载来源标识不符",
                         "juanzong/origins does not name the origin of the records"});
    } else if (const Outcome anchored = input_.check_anchor(); !anchored) {
      blame(AuditFinding{Check::anchor,
                         result_.records,
                         std::string(name_of(anchored.error().code)),
                         "日志与锚点不符:末尾记录可能被删除或换成旧副本",
                         "the journal does not reach its anchor: " + anchored.error().detail});
    }
  }

  std::function<void(std::uint64_t)> progress_of(std::string_view pass) const {
    if (!options_.progress) {
      return {};
    }
    return [this, pass](std::uint64_t records) { options_.progress(pass, records); };
  }

  // Of a sound log only: what does not match would be the fault of the records.
  void judge_vault(const std::optional<LedgerId>& ledger) {
    if (result_.finding || options_.vault == nullptr || input_.journal() == nullptr || !ledger) {
      return;
    }
    const VaultVerdict verdict =
        audit_vault(*input_.journal(), *ledger, *options_.vault, progress_of("保险库 vault"));
    result_.vault = verdict.counts;
    blame(verdict.finding);
  }

  void judge_derived(const std::optional<LedgerId>& ledger) {
    if (result_.finding || !options_.derived || !ledger) {
      return;
    }
    const DerivedComparison& comparison = options_.derived();
    if (comparison.not_checked) {
      result_.not_checked[Check::derived] = *comparison.not_checked;
      return;
    }
    const auto found = comparison.ledgers.find(*ledger);
    if (found != comparison.ledgers.end()) {
      result_.derived_rows = found->second.rows;
      blame(found->second.finding);
    }
  }

  void count_claims(const std::optional<LedgerId>& ledger) {
    result_.claims = requests_.keys().claims();
    if (!result_.claims.empty()) {
      count_records(*open_source(ledger, false), result_.claims);
    }
  }

  void skip(Check check, std::string zh, std::string en) {
    result_.not_checked.emplace(check, NotChecked{std::move(zh), std::move(en)});
  }

  void note_not_checked() {
    result_.deep = options_.deep;
    if (!options_.signatures) {
      skip(Check::actor_signatures, "按 --no-signatures 未核对", "--no-signatures");
    }
    if (checkpoints_.empty()) {
      for (const Check check : {Check::checkpoints_signed, Check::checkpoints_hold}) {
        skip(check, "没有给出检查点(--checkpoint)", "no checkpoint was given (--checkpoint)");
      }
    }
    if (!options_.policy) {
      skip(Check::witnesses, "没有给出见证人(--policy)", "no witnesses were named (--policy)");
    } else if (checkpoints_.empty()) {
      skip(Check::witnesses, "没有该卷宗的检查点", "no checkpoint of this ledger was given");
    }
    if (!options_.deep) {
      skip(Check::rules, "须用 --deep 核对", "needs --deep");
      skip(Check::day_closes, "须用 --deep 核对", "needs --deep");
    } else if (result_.rules_not_judged_from == 0U) {
      skip(Check::rules, "规则版本新于本程序", "the rules are newer than this program");
      skip(Check::day_closes, "规则版本新于本程序", "the rules are newer than this program");
    }
    note_not_checked_of_folder();
  }

  // What only a data directory has.
  void note_not_checked_of_folder() {
    if (input_.is_export()) {
      skip(Check::anchor, "导出件没有锚点", "an export has no anchor");
      skip(Check::derived, "导出件没有派生数据", "an export has no derived rows");
    } else if (!options_.derived) {
      skip(Check::derived, "须用 --deep 核对", "needs --deep");
    }
    if (options_.vault == nullptr) {
      for (const Check check : {Check::openings, Check::attachments, Check::salts}) {
        skip(check, options_.no_vault.zh, options_.no_vault.en);
      }
    }
  }

  bool origins_fit() const {
    if (!input_.is_export()) {
      return true;
    }
    const Result<std::string> origins = input_.reader().text("juanzong/origins");
    std::string expected;
    for (const OriginSpan& span : log_.origins) {
      expected += std::to_string(span.first) + " " + span.origin + "\n";
    }
    return origins && *origins == expected;
  }

  // Time and actor of the first bad record, as far as it can still be read.
  void describe(const std::optional<LedgerId>& ledger) {
    if (!result_.finding || !result_.finding->index) {
      return;
    }
    const auto source = open_source(ledger, false);
    const std::uint64_t wanted = *result_.finding->index;
    std::uint64_t at = 0;
    while (true) {
      RecordBlock block;
      const Outcome got = source->next(tile_width, block);
      if (wanted - at < block.records.size()) {
        describe(block.records[wanted - at]);
        return;
      }
      at += block.records.size();
      if (!got || block.records.empty()) {
        return;
      }
    }
  }

  void describe(ByteView bytes) {
    RecordScan scan;
    if (scan_record(bytes, scan)) {
      result_.finding_time = result_.zone.to_text(scan.recorded_at);
      result_.finding_actor = requests_.keys().staff_of(scan.key_id);
    }
  }

  const AuditInput& input_;
  const AuditOptions& options_;
  std::vector<GivenCheckpoint> checkpoints_;
  RequestAudit requests_;
  TileBuilder tiles_;
  LogVerification log_;
  bool stated_root_differs_ = false;
  LedgerAudit result_;
};

}  // namespace

LedgerAudit audit_ledger(const AuditInput& input,
                         std::optional<LedgerId> ledger,
                         const AuditOptions& options,
                         std::set<LedgerId>& others) {
  return Audit(input, options).run(ledger, others);
}

}  // namespace juanzong::audit
