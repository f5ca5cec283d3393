// SPDX-License-Identifier: Apache-2.0
#include "projections/state/record_times.h"

#include "crypto/merkle_tree.h"
#include "crypto/sha256.h"

#include "events/procedures/body_inspection.h"
#include "events/procedures/catalogue.h"

namespace juanzong {
namespace {

Failure broken(std::string_view what) {
  return fail(ErrorCode::proof_invalid, std::string(what));
}

Outcome add_before(const RecordReader& reader,
                   const std::optional<OutsideTime>& time,
                   std::uint64_t size,
                   TimeEvidence& evidence) {
  if (!time || number(time->record) >= size) {
    return Done{};
  }
  Result<Bytes> record = reader.record(time->record);
  auto path = reader.inclusion_proof(time->record, size);
  if (!record || !path) {
    return fail(!record ? record.error() : path.error());
  }
  evidence.before.push_back({number(time->record), *std::move(record), *std::move(path)});
  return Done{};
}

Result<TimeEvidence> evidence_of(const RecordReader& reader,
                                 RecordIndex index,
                                 std::uint64_t size) {
  const Result<OutsideTimes> times = outside_times(reader, index, no_index);
  if (!times) {
    return fail(times.error());
  }
  TimeEvidence evidence;
  if (const auto& stamp = times->stamp_after) {
    auto path = reader.inclusion_proof(index, stamp->head.size);
    const auto text = crypto::format_checkpoint(stamp->head);
    if (!path || !text) {
      return fail(path ? Error{ErrorCode::corruption, "a stamped head is none"} : path.error());
    }
    evidence.stamped = StampedTree{*text, *std::move(path), stamp->token};
  }
  Outcome added = add_before(reader, times->stamp_before, size, evidence);
  if (added) {
    added = add_before(reader, times->witness_before, size, evidence);
  }
  return added ? Result<TimeEvidence>(std::move(evidence)) : fail(added.error());
}

void lower(std::optional<TimeBound>& latest, TimeBound bound) {
  if (!latest || bound.at < latest->at) {
    latest = std::move(bound);
  }
}

void raise(std::optional<TimeBound>& earliest, TimeBound bound) {
  if (!earliest || bound.at > earliest->at) {
    earliest = std::move(bound);
  }
}

class Judge {
 public:
  Judge(std::uint64_t index,
        const crypto::Checkpoint& head,
        const crypto::Digest& leaf,
        const TimeTrust& trust)
      : index_(index), head_(head), leaf_(leaf), trust_(trust) {}

  Outcome judge_stamped(const StampedTree& stamped) {
    const auto tree = crypto::parse_checkpoint(stamped.note_text);
    if (!tree || tree->origin != head_.origin ||
        !crypto::verify_inclusion(index_, tree->size, leaf_, stamped.path, tree->root)) {
      return broken("记录不在所盖时间戳的树中 / the record is not in the stamped tree");
    }
    const crypto::Digest imprint = crypto::sha256(bytes_of(stamped.note_text));
    const auto stated = crypto::read_timestamp(stamped.token);
    if (!stated || stated->imprint != imprint) {
      return broken("时间戳所盖的不是该检查点 / the token stamps another text");
    }
    if (!trust_.roots) {
      return Done{};
    }
    crypto::TimestampFault fault;
    if (!crypto::verify_timestamp(stamped.token, imprint, *trust_.roots, fault)) {
      return broken(fault.zh + " / " + fault.en);
    }
    lower(
        bounds_.latest,
        {UnixMicros{stated->time_unix_micros + stated->accuracy_micros}, stated->authority, true});
    return Done{};
  }

  // Its bytes are looked into only after they were proved to be the log's, and examined.
  Outcome judge_before(const ProvenLeaf& before) {
    const Result<RecordView> record = parse_record(before.bytes);
    if (!record || before.position >= index_ || record->index != RecordIndex{before.position} ||
        !crypto::verify_inclusion(before.position,
                                  head_.size,
                                  crypto::leaf_hash(before.bytes),
                                  before.path,
                                  head_.root)) {
      return broken("所附的前序记录不在该卷中 / what stands before is not in this log");
    }
    const CatalogueEntry* entry = catalogue().find(record->statement.type);
    const bool readable =
        entry != nullptr && inspect_body(entry->descriptor, record->statement.body).has_value();
    const auto time = readable ? read_outside_time(*record) : std::nullopt;
    if (!time) {
      return broken("所附的前序记录不是时间戳或见证 / what stands before states no outside time");
    }
    // Whom the reader does not know bounds nothing for him.
    const bool judged = time->is_stamp() ? trust_.roots.has_value()
                                         : trust_.policy && is_known_witness(*time, *trust_.policy);
    if (!judged) {
      return Done{};
    }
    const std::string fault = time->is_stamp() ? stamp_fault(*time, *trust_.roots)
                                               : cosignature_fault(*time, *trust_.policy);
    if (!fault.empty()) {
      return broken(fault);
    }
    raise(bounds_.earliest, {time->earliest(), time->by, time->is_stamp()});
    return Done{};
  }

  void add_cosigners(std::string_view note) {
    if (!trust_.policy) {
      return;
    }
    for (const auto& [name, seconds] : trust_.policy->cosigners_of(note)) {
      const UnixMicros at{static_cast<std::int64_t>(seconds) * micros_per_second};
      lower(bounds_.latest, {at, name, false});
    }
  }

  [[nodiscard]] TimeBounds take() { return std::move(bounds_); }

 private:
  std::uint64_t index_;
  const crypto::Checkpoint& head_;
  const crypto::Digest& leaf_;
  const TimeTrust& trust_;
  TimeBounds bounds_;
};

}  // namespace

Result<std::string> prove_with_times(const RecordReader& reader,
                                     RecordIndex index,
                                     const crypto::Checkpoint& checkpoint,
                                     std::string_view note) {
  const auto path = reader.inclusion_proof(index, checkpoint.size);
  const Result<TimeEvidence> evidence =
      path ? evidence_of(reader, index, checkpoint.size) : fail(path.error());
  if (!evidence) {
    return fail(evidence.error());
  }
  const bool silent = *evidence == TimeEvidence{};
  return crypto::inclusion_proof_text(
      number(index), *path, note, silent ? Bytes() : encode_time_evidence(*evidence));
}

Result<TimeBounds> verify_times(const crypto::InclusionProof& proof,
                                const crypto::Checkpoint& head,
                                ByteView record,
                                const TimeTrust& trust) {
  const crypto::Digest leaf = crypto::leaf_hash(record);
  Judge judge(proof.index, head, leaf, trust);
  judge.add_cosigners(proof.note);
  if (proof.extra.empty()) {
    return judge.take();
  }
  const Result<TimeEvidence> evidence = parse_time_evidence(proof.extra);
  if (!evidence) {
    return broken("extra 行不是时间证据 / the extra line is no time evidence");
  }
  Outcome held = evidence->stamped ? judge.judge_stamped(*evidence->stamped) : Outcome(Done{});
  for (const ProvenLeaf& before : evidence->before) {
    held = held ? judge.judge_before(before) : held;
  }
  return held ? Result<TimeBounds>(judge.take()) : fail(held.error());
}

}  // namespace juanzong
