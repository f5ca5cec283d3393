// SPDX-License-Identifier: Apache-2.0
#include "projections/state/stream_completeness.h"

#include "crypto/merkle_tree.h"

#include "events/log/record.h"
#include "events/log/stream_heads.h"
#include "events/procedures/body_inspection.h"
#include "events/procedures/catalogue.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr std::string_view close_stream = "day_close";

Failure broken(std::string_view zh, std::string_view en) {
  return fail(ErrorCode::proof_invalid, std::string(zh) + " / " + std::string(en));
}

Result<ProvenLeaf> prove_record(const RecordReader& reader, RecordIndex index, std::uint64_t size) {
  Result<Bytes> record = reader.record(index);
  Result<std::vector<crypto::Digest>> path =
      record ? reader.inclusion_proof(index, size)
             : Result<std::vector<crypto::Digest>>(fail(record.error()));
  if (!path) {
    return fail(path.error());
  }
  return ProvenLeaf{number(index), *std::move(record), *std::move(path)};
}

bool is_in_log(const ProvenLeaf& leaf, const crypto::Checkpoint& head) {
  return crypto::verify_inclusion(
      leaf.position, head.size, crypto::leaf_hash(leaf.bytes), leaf.path, head.root);
}

// The DayClosed that the proof rests on, read only after its bytes were proved and examined.
Result<DayFacts> verified_close(const ProvenLeaf& close, const crypto::Checkpoint& head) {
  if (!is_in_log(close, head)) {
    return broken("日结记录不在检查点的树中", "the day close is not in the checkpoint's tree");
  }
  const Result<RecordView> record = parse_record(close.bytes);
  const CatalogueEntry* entry = catalogue().find("DayClosed");
  if (!record || record->index != RecordIndex{close.position} ||
      record->statement.type != entry->descriptor.type ||
      !inspect_body(entry->descriptor, record->statement.body)) {
    return broken("所附日结不是日结记录", "what stands for the day close is none");
  }
  DayFacts facts = read_day(record->statement.body);
  if (facts.size > close.position) {
    return broken("日结条数超出其自身位置", "the day close covers itself");
  }
  return facts;
}

struct VerifiedHead {
  std::uint64_t position = 0;
  NamedHead head;
};

Result<std::vector<VerifiedHead>> verified_heads(const StreamProof& proof, const DayFacts& close) {
  std::vector<VerifiedHead> heads;
  for (const ProvenLeaf& leaf : proof.heads) {
    const auto head = parse_named_head(leaf.bytes);
    const bool in_tree = crypto::verify_inclusion(
        leaf.position, close.streams, crypto::leaf_hash(leaf.bytes), leaf.path, close.streams_root);
    if (!head || !in_tree) {
      return broken("案卷树条目不在日结的案卷树中", "a stream head is not in the day close's tree");
    }
    heads.push_back({leaf.position, *head});
  }
  return heads;
}

// Neighbours with the name between them, or the first or last of all.
bool excludes(const std::vector<VerifiedHead>& heads, std::string_view name, std::uint64_t count) {
  if (heads.size() == 2) {
    return heads[0].position + 1 == heads[1].position && heads[0].head.name < name &&
           name < heads[1].head.name;
  }
  if (heads.size() == 1) {
    const VerifiedHead& only = heads.front();
    return only.head.name < name ? only.position + 1 == count
                                 : name < only.head.name && only.position == 0;
  }
  return false;
}

// The link of the record in that stream; nullopt if it is in none of the name.
std::optional<StreamLink> link_of(const RecordView& record, std::string_view stream) {
  for (std::size_t i = 0; i < record.statement.streams.size() && i < record.links.size(); ++i) {
    if (record.statement.streams[i].name == stream) {
      return record.links[i];
    }
  }
  return std::nullopt;
}

// Versions 1 to n, each linked to the one before, the last one the head's.
Result<std::vector<RecordIndex>> verified_records(const StreamProof& proof,
                                                  const NamedHead& head,
                                                  const crypto::Checkpoint& checkpoint) {
  std::vector<RecordIndex> indexes;
  RecordIndex previous = no_index;
  for (const ProvenLeaf& leaf : proof.records) {
    const Result<RecordView> record = parse_record(leaf.bytes);
    const auto link = record ? link_of(*record, proof.stream) : std::nullopt;
    if (!is_in_log(leaf, checkpoint) || !link || record->index != RecordIndex{leaf.position}) {
      return broken("记录不在卷中,或不属于该案卷",
                    "a record is not in the log, or not of the stream");
    }
    if (*link != StreamLink{StreamVersion{indexes.size() + 1}, previous}) {
      return broken("案卷中缺少记录或次序有误",
                    "a record of the stream is missing or out of order");
    }
    previous = record->index;
    indexes.push_back(previous);
  }
  if (indexes.size() != number(head.version) || previous != head.last) {
    return broken("案卷记录不齐", "records of the stream are missing");
  }
  return indexes;
}

}  // namespace

Result<NewestClose> newest_close(const RecordReader& reader) {
  const StreamHead head = reader.stream_head(close_stream);
  if (head.last == no_index) {
    return fail(ErrorCode::not_found, "尚无日结 / no day was closed yet");
  }
  const Result<Bytes> bytes = reader.record(head.last);
  const Result<RecordView> record =
      bytes ? parse_record(*bytes) : Result<RecordView>(fail(bytes.error()));
  if (!record) {
    return fail(record.error());
  }
  return NewestClose{head.last, read_day(record->statement.body)};
}

Result<StreamProof> prove_stream(const RowReader& rows,
                                 const RecordReader& reader,
                                 const NewestClose& close,
                                 const StreamHeadsTree& tree,
                                 std::string_view stream,
                                 const crypto::Checkpoint& checkpoint,
                                 std::string note,
                                 std::size_t bytes_max) {
  StreamProof proof;
  proof.stream = stream;
  proof.note = std::move(note);
  Result<ProvenLeaf> closed = prove_record(reader, close.index, checkpoint.size);
  if (!closed) {
    return fail(closed.error());
  }
  proof.close = *std::move(closed);
  const std::vector<StreamHeadsTree::Place> places = tree.find(rows, stream);
  for (const StreamHeadsTree::Place& place : places) {
    proof.heads.push_back({place.position,
                           encode_named_head({place.name, place.head.version, place.head.last}),
                           tree.path(place.position)});
  }
  const bool exists = places.size() == 1 && places.front().name == stream;
  if (!exists) {
    return proof;
  }
  std::size_t bytes = 0;
  for (const RecordIndex index : reader.stream(stream)) {
    if (number(index) >= close.facts.size) {
      break;
    }
    Result<ProvenLeaf> record = prove_record(reader, index, checkpoint.size);
    if (!record) {
      return fail(record.error());
    }
    bytes += record->bytes.size();
    if (bytes > bytes_max) {
      return fail(ErrorCode::limit_exceeded, "案卷过长 / the stream is too long for one proof");
    }
    proof.records.push_back(*std::move(record));
  }
  return proof;
}

Result<StreamCompleteness> verify_stream(const StreamProof& proof,
                                         const crypto::VerifierKey& log_key) {
  const auto checkpoint = crypto::open_checkpoint(proof.note, log_key);
  if (!checkpoint) {
    return broken("检查点不是由该日志公钥签署", "the checkpoint is not signed by the log's key");
  }
  const Result<DayFacts> close = verified_close(proof.close, *checkpoint);
  if (!close) {
    return fail(close.error());
  }
  const Result<std::vector<VerifiedHead>> heads = verified_heads(proof, *close);
  if (!heads) {
    return fail(heads.error());
  }
  StreamCompleteness shown;
  shown.stream = proof.stream;
  shown.day = close->day;
  shown.size = close->size;
  shown.root = close->root;
  shown.closed_at = parse_record(proof.close.bytes)->recorded_at;
  shown.close = RecordIndex{proof.close.position};
  shown.checkpoint = *checkpoint;
  shown.exists = heads->size() == 1 && heads->front().head.name == proof.stream;
  if (!shown.exists) {
    if (!excludes(*heads, proof.stream, close->streams) || !proof.records.empty()) {
      return broken("未能证明没有该案卷", "that there is no such stream is not shown");
    }
    return shown;
  }
  Result<std::vector<RecordIndex>> records =
      verified_records(proof, heads->front().head, *checkpoint);
  if (!records) {
    return fail(records.error());
  }
  shown.records = *std::move(records);
  return shown;
}

}  // namespace juanzong
