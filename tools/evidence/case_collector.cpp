// SPDX-License-Identifier: Apache-2.0
#include "tools/evidence/case_collector.h"

#include "events/log/stream_heads.h"
#include "events/procedures/parties.h"

#include "tools/evidence/key_periods.h"

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

namespace juanzong::evidence {
namespace {

// Rules, repairs of the storage and clocks; what was agreed about amounts and terms.
constexpr std::array<std::string_view, 2> context_streams{"ledger", "policy"};

class Collector {
 public:
  explicit Collector(const ProveStream& prove) : prove_(prove) {}

  void want(const std::string& stream) {
    if (wanted_.insert(stream).second) {
      queue_.push_back(stream);
    }
  }
  // The keys of these records, and so on.
  Outcome run(bool must_exist) {
    while (!queue_.empty() && !collected_.moved) {
      const std::string stream = std::move(queue_.front());
      queue_.pop_front();
      Result<StreamProof> proof = prove_(stream);
      if (!proof) {
        return fail(proof.error());
      }
      if (Outcome added = add(*std::move(proof), must_exist); !added) {
        return added;
      }
    }
    return Done{};
  }
  // Who signed the records of the case so far; his whole staff stream says with which roles.
  void want_signers_staff() {
    const ParsedRecords records = parse_records(collected_.file);
    const KeyPeriods keys(records);
    for (const auto& [index, record] : records) {
      if (!link_in(record, collected_.file.streams.front().name)) {
        continue;
      }
      want_staff(keys.staff_of(record.header.key_id));
      for (const RequestSignature& signature : record.signatures) {
        want_staff(keys.staff_of(signature.key_id));
      }
    }
  }
  Collected take() { return std::move(collected_); }

 private:
  void want_staff(const std::string& staff) {
    if (!staff.empty()) {
      want(staff_stream(staff));
    }
  }
  Outcome add(StreamProof proof, bool must_exist) {
    CaseFile& file = collected_.file;
    const auto head =
        proof.heads.size() == 1 ? parse_named_head(proof.heads.front().bytes) : std::nullopt;
    if (!head || head->name != proof.stream) {
      return must_exist ? Outcome(fail(ErrorCode::not_found,
                                       proof.stream + ": 最近日结时尚无 / not there at the newest "
                                                      "day close"))
                        : Outcome(Done{});
    }
    if (file.note.empty()) {
      file.note = proof.note;
      file.close = RecordIndex{proof.close.position};
    }
    collected_.moved =
        collected_.moved || file.note != proof.note || number(file.close) != proof.close.position;
    add_record(proof.close);
    for (const ProvenLeaf& record : proof.records) {
      add_record(record);
    }
    ProvenLeaf& leaf = proof.heads.front();
    file.streams.push_back(
        {proof.stream, leaf.position, head->version, head->last, std::move(leaf.path)});
    return Done{};
  }
  void add_record(const ProvenLeaf& leaf) {
    const auto [at, added] =
        collected_.file.records.try_emplace(RecordIndex{leaf.position}, leaf.bytes, leaf.path);
    const Result<RecordView> record = parse_record(at->second.bytes);
    if (!added || !record) {
      return;
    }
    want(key_stream(record->header.key_id));
    for (const RequestSignature& signature : record->signatures) {
      want(key_stream(signature.key_id));
    }
  }

  const ProveStream& prove_;
  std::set<std::string> wanted_;
  std::deque<std::string> queue_;
  Collected collected_;
};

}  // namespace

Result<Collected> collect_case(const std::string& stream,
                               const std::string& staff,
                               const KeyId& key,
                               const ProveStream& prove) {
  Collector collector(prove);
  collector.want(stream);
  collector.want(key_stream(key));
  collector.want(staff_stream(staff));
  collector.want(staff_stream(server_staff));
  if (const Outcome done = collector.run(true); !done) {
    return fail(done.error());
  }
  collector.want_signers_staff();
  for (const std::string_view name : context_streams) {
    collector.want(std::string(name));
  }
  if (const Outcome done = collector.run(false); !done) {
    return fail(done.error());
  }
  Collected collected = collector.take();
  std::ranges::sort(
      collected.file.streams.begin() + 1, collected.file.streams.end(), {}, &ListedStream::name);
  return collected;
}

}  // namespace juanzong::evidence
