// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong_audit/ledger_audit.h"

#include "crypto/checkpoint.h"
#include "crypto/signed_note.h"

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

// What a checkpoint claims, before it is verified: the sizes at which roots are needed.
std::optional<crypto::Checkpoint> stated_by(std::string_view note) {
  const auto parsed = crypto::parse_note(note);
  return parsed ? crypto::parse_checkpoint(parsed->text) : std::nullopt;
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
      checkpoints_.push_back({"checkpoint", input_.reader().note()});
    }
    verify(ledger, others);
    judge_keys();
    judge_checkpoints();
    judge_end();
    describe(ledger);
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
    verify.progress = options_.progress;
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
    if (const auto from = requests_.rules_not_judged_from()) {
      result_.rules_not_judged_from = number(*from);
    }
    if (requests_.keys().genesis()) {
      result_.ledger = requests_.keys().genesis()->name;
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

  // The key: given by the auditor, or the folder's, or what record 0 says; they must agree.
  void judge_keys() {
    const std::string stated =
        requests_.keys().genesis() ? requests_.keys().genesis()->verifier_key : std::string();
    const std::string own = input_.own_key(result_.origin);
    const bool has_own = input_.is_export() || !own.empty();
    key_ = options_.verifier_key;
    result_.key_is_given = key_.has_value();
    if (!key_) {
      key_ = crypto::VerifierKey::parse(has_own ? own : stated);
    }
    result_.verifier_key = key_ ? key_->text() : std::string();
    if (result_.finding || result_.records == 0) {
      return;
    }
    if (!key_ || key_->text() != stated || (has_own && own != stated)) {
      blame(AuditFinding{Check::checkpoints_signed,
                         0,
                         "verifier_key",
                         "日志验证公钥与第 0 条记录所载不同",
                         "the verifier key is not the one that record 0 names"});
    }
  }

  void judge_checkpoints() {
    for (const GivenCheckpoint& given : checkpoints_) {
      const auto opened = key_ ? crypto::open_checkpoint(given.note, *key_) : std::nullopt;
      if (!opened) {
        blame(AuditFinding{Check::checkpoints_signed,
                           std::nullopt,
                           "checkpoint_signature",
                           "检查点 " + given.file + " 不是由该日志公钥签署,或内容被改动",
                           "checkpoint " + given.file + " is not signed by the log's key"});
        continue;
      }
      judge_checkpoint(given, *opened);
    }
  }

  void judge_checkpoint(const GivenCheckpoint& given, const crypto::Checkpoint& stated) {
    const auto root = log_.roots.find(stated.size);
    if (stated.origin != result_.origin && !result_.origin.empty()) {
      blame(AuditFinding{Check::checkpoints_hold,
                         std::nullopt,
                         "checkpoint_origin",
                         "检查点 " + given.file + " 属于另一卷宗",
                         "checkpoint " + given.file + " is another log's"});
    } else if (root == log_.roots.end()) {
      if (!result_.finding) {
        blame(AuditFinding{Check::checkpoints_hold,
                           result_.records,
                           "records_missing",
                           "检查点 " + given.file + " 载明 " + std::to_string(stated.size) +
                               " 条记录,现仅有 " + std::to_string(result_.records) +
                               " 条:末尾记录被删除",
                           "checkpoint " + given.file + " covers " + std::to_string(stated.size) +
                               " records, only " + std::to_string(result_.records) + " are there"});
      }
    } else if (root->second != stated.root) {
      blame(AuditFinding{Check::checkpoints_hold,
                         std::nullopt,
                         "checkpoint_root",
                         "检查点 " + given.file + " 的树根与前 " + std::to_string(stated.size) +
                             " 条记录不符:其中有记录被整体改写",
                         "checkpoint " + given.file + ": the first " + std::to_string(stated.size) +
                             " records have another root; history was rewritten"});
    } else {
      result_.checkpoints.push_back({given.file, stated.size});
    }
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

  bool origins_fit() const {
    if (!input_.is_export()) {
      return true;
    }
    const Result<std::string> origins = input_.reader().text("juanzong/origins");
    return origins && *origins == "0 " + result_.origin + "\n";
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
      const auto& genesis = requests_.keys().genesis();
      result_.finding_time = (genesis ? genesis->zone : CivilZone()).to_text(scan.recorded_at);
      result_.finding_actor = requests_.keys().staff_of(scan.key_id);
    }
  }

  const AuditInput& input_;
  const AuditOptions& options_;
  std::vector<GivenCheckpoint> checkpoints_;
  RequestAudit requests_;
  TileBuilder tiles_;
  LogVerification log_;
  std::optional<crypto::VerifierKey> key_;
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
