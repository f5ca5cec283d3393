// SPDX-License-Identifier: Apache-2.0
#include "projections/state/outside_times.h"

#include "crypto/cosignature.h"
#include "crypto/sha256.h"
#include "crypto/signed_note.h"

#include "events/procedures/catalogue.h"
#include "events/procedures/finished_body.h"
#include "events/procedures/operation/operation_generated.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr std::uint64_t news_window = 256;  // records looked at; what is older is news

crypto::Digest digest_of(const flatbuffers::Vector<std::uint8_t>* bytes) {
  return crypto::digest_from_bytes({bytes->data(), bytes->size()}).value_or(crypto::Digest());
}

flatbuffers::Offset<flatbuffers::Vector<std::uint8_t>> vector_of(
    flatbuffers::FlatBufferBuilder& builder, ByteView bytes) {
  return builder.CreateVector(bytes.data(), bytes.size());
}

bool is_event(const RecordView& record, std::string_view name) {
  return record.statement.type == catalogue().find(name)->descriptor.type;
}

OutsideTime read_anchor(const RecordView& record, const body::ChainAnchored& event) {
  OutsideTime time;
  time.record = record.index;
  time.head = {record.header.origin, event.size(), digest_of(event.root())};
  time.at = parse_instant(view_of(event.cosigned_at())).value_or(UnixMicros{});
  time.by = view_of(event.witness());
  time.cosignature = view_of(event.cosignature());
  return time;
}

// The time is the token's, which is signed; that the event repeats it rightly the audit checks.
std::optional<OutsideTime> read_stamp(const RecordView& record,
                                      const body::CheckpointTimestamped& event) {
  OutsideTime time;
  time.token.assign(event.token()->begin(), event.token()->end());
  const auto stated = crypto::read_timestamp(time.token);
  if (!stated) {
    return std::nullopt;
  }
  time.record = record.index;
  time.head = {record.header.origin, event.size(), digest_of(event.root())};
  time.at = UnixMicros{stated->time_unix_micros};
  time.margin_us = stated->accuracy_micros;
  time.by = stated->authority;
  time.note_digest = digest_of(event.note_digest());
  return time;
}

Result<OutsideTime> read_at(const RecordReader& reader, RecordIndex index) {
  const Result<Bytes> bytes = reader.record(index);
  const Result<RecordView> view =
      bytes ? parse_record(*bytes) : Result<RecordView>(fail(bytes.error()));
  auto time = view ? read_outside_time(*view) : std::nullopt;
  return time ? Result<OutsideTime>(*std::move(time))
              : fail(ErrorCode::corruption, "a record of an outside time cannot be read");
}

struct Around {
  std::optional<OutsideTime> before;
  std::optional<OutsideTime> after;
};

// Sizes and indexes of a stream ascend (rules H-OPS-6 and 7), so both are found by halving.
Result<Around> nearest(const RecordReader& reader,
                       std::string_view stream,
                       RecordIndex index,
                       RecordIndex upto) {
  std::vector<RecordIndex> all = reader.stream(stream);
  all.erase(std::ranges::upper_bound(all, upto), all.end());
  Around around;
  const auto next = std::ranges::lower_bound(all, index);
  if (next != all.begin()) {
    Result<OutsideTime> before = read_at(reader, *std::prev(next));
    if (!before) {
      return fail(before.error());
    }
    around.before = *std::move(before);
  }
  auto low = next;
  auto high = all.end();
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    Result<OutsideTime> time = read_at(reader, *middle);
    if (!time) {
      return fail(time.error());
    }
    if (time->head.size > number(index)) {
      around.after = *std::move(time);
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return around;
}

}  // namespace

std::optional<OutsideTime> read_outside_time(const RecordView& record) {
  const std::uint8_t* body = record.statement.body.data();
  if (is_event(record, "CheckpointTimestamped")) {
    return read_stamp(record, *flatbuffers::GetRoot<body::CheckpointTimestamped>(body));
  }
  return is_event(record, "ChainAnchored")
             ? std::optional(read_anchor(record, *flatbuffers::GetRoot<body::ChainAnchored>(body)))
             : std::nullopt;
}

std::string stamp_mismatch(const OutsideTime& time) {
  const auto text = crypto::format_checkpoint(time.head);
  const auto stated = crypto::read_timestamp(time.token);
  if (!text || !stated || crypto::sha256(bytes_of(*text)) != stated->imprint ||
      stated->imprint != time.note_digest) {
    return "时间戳所盖的不是该检查点 / the token stamps another text than this checkpoint's";
  }
  return "";
}

std::string stamp_fault(const OutsideTime& time, const crypto::TimestampRoots& roots) {
  crypto::TimestampFault fault;
  std::string why = stamp_mismatch(time);
  if (why.empty() && !crypto::verify_timestamp(time.token, time.note_digest, roots, fault)) {
    why = fault.zh + " / " + fault.en;
  }
  return why;
}

std::string cosignature_fault(const OutsideTime& time, const crypto::WitnessPolicy& policy) {
  const auto text = crypto::format_checkpoint(time.head);
  const auto note =
      text ? crypto::parse_note(*text + "\n" + time.cosignature + "\n") : std::nullopt;
  for (const crypto::PolicyWitness& witness : policy.witnesses()) {
    if (!note || witness.key.name() != time.by) {
      continue;
    }
    const auto at = crypto::verify_cosignature(witness.key, note->text, note->signatures.front());
    if (at && static_cast<std::int64_t>(*at) * micros_per_second == time.at.value) {
      return "";
    }
  }
  return "不是策略中见证人的有效副署 / no good cosignature by a witness of the policy";
}

bool is_known_witness(const OutsideTime& time, const crypto::WitnessPolicy& policy) {
  return std::ranges::any_of(policy.witnesses(), [&time](const crypto::PolicyWitness& witness) {
    return witness.key.name() == time.by;
  });
}

OwnStatement stamp_statement(const crypto::Checkpoint& head, ByteView token, UnixMicros gen_time) {
  flatbuffers::FlatBufferBuilder builder;
  const auto digest = crypto::sha256(bytes_of(crypto::format_checkpoint(head).value_or("")));
  const auto root = vector_of(builder, head.root.view());
  const auto note = vector_of(builder, digest.view());
  const auto bytes = vector_of(builder, token);
  const auto at = builder.CreateString(to_rfc3339(gen_time));
  return {
      "CheckpointTimestamped",
      finished_body(builder,
                    body::CreateCheckpointTimestamped(builder, head.size, root, note, bytes, at))};
}

OwnStatement anchor_statement(const crypto::Checkpoint& head,
                              std::string_view witness,
                              UnixMicros cosigned_at,
                              std::string_view cosignature) {
  flatbuffers::FlatBufferBuilder builder;
  const auto root = vector_of(builder, head.root.view());
  const auto name = builder.CreateString(witness);
  const auto at = builder.CreateString(to_rfc3339(cosigned_at));
  const auto line = builder.CreateString(cosignature);
  return {
      "ChainAnchored",
      finished_body(builder, body::CreateChainAnchored(builder, head.size, root, name, at, line))};
}

Result<OutsideTimes> outside_times(const RecordReader& reader,
                                   RecordIndex index,
                                   RecordIndex upto) {
  Result<Around> stamps = nearest(reader, timestamps_stream, index, upto);
  Result<Around> witnesses = nearest(reader, witnesses_stream, index, upto);
  if (!stamps || !witnesses) {
    return fail(!stamps ? stamps.error() : witnesses.error());
  }
  return OutsideTimes{std::move(stamps->before),
                      std::move(stamps->after),
                      std::move(witnesses->before),
                      std::move(witnesses->after)};
}

Result<bool> has_news_since(const RecordReader& reader, std::uint64_t size) {
  const Result<LedgerHead> head = reader.head();
  if (!head) {
    return fail(head.error());
  }
  if (head->size() <= size || head->size() - size > news_window) {
    return head->size() > size;
  }
  const auto records = reader.records(RecordIndex{size}, head->size() - size);
  if (!records) {
    return fail(records.error());
  }
  for (const Bytes& bytes : *records) {
    const Result<RecordView> view = parse_record(bytes);
    if (!view || (!is_event(*view, "CheckpointTimestamped") && !is_event(*view, "ChainAnchored"))) {
      return true;
    }
  }
  return false;
}

Result<std::uint64_t> newest_outside_size(const RecordReader& reader, std::string_view stream) {
  const StreamHead head = reader.stream_head(stream);
  if (number(head.version) == 0) {
    return std::uint64_t{0};
  }
  const Result<OutsideTime> newest = read_at(reader, head.last);
  return newest ? Result<std::uint64_t>(newest->head.size) : fail(newest.error());
}

}  // namespace juanzong
