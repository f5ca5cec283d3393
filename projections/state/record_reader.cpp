// SPDX-License-Identifier: Apache-2.0
#include "projections/state/record_reader.h"

#include "crypto/merkle_tree.h"

#include "events/log/record.h"
#include "events/model/byte_io.h"
#include "events/model/check.h"
#include "events/model/limits.h"

#include "projections/engine/row_keys.h"

#include <algorithm>

namespace juanzong {
namespace {

struct Place {
  std::uint64_t position = 0;
  std::uint16_t chunk = 0;
};

Place place_of(std::string_view row) {
  ByteReader in(bytes_of(row));
  Place place;
  place.position = in.take<std::uint64_t>();
  place.chunk = in.take<std::uint16_t>();
  return place;
}

}  // namespace

RecordReader::RecordReader(const RowReader& rows, const Journal& journal, LedgerOrdinal ledger)
    : rows_(rows), log_(rows, ledger), journal_(journal), ledger_(ledger) {}

Result<LedgerHead> RecordReader::head() const {
  const auto row = rows_.get(ledger_head_key(ledger_));
  auto head = row ? decode_ledger_head(*row) : std::nullopt;
  if (!head) {
    return fail(ErrorCode::unknown_ledger);
  }
  return *std::move(head);
}

Result<Bytes> RecordReader::record(RecordIndex index) const {
  Result<std::vector<Bytes>> found = records(index, 1);
  if (!found) {
    return fail(found.error());
  }
  if (found->empty()) {
    return fail(ErrorCode::not_found, "record " + std::to_string(number(index)));
  }
  return std::move(found->front());
}

Result<std::vector<Bytes>> RecordReader::records(RecordIndex from, std::size_t count) const {
  std::vector<Bytes> list;
  while (list.size() < count) {
    const RecordIndex wanted{number(from) + list.size()};
    const auto row =
        rows_.last_at_most(locator_key(ledger_, RecordIndex{0}), locator_key(ledger_, wanted));
    if (!row) {
      return list;
    }
    const Place place = place_of(row->second);
    const Result<Bytes> chunk = journal_.chunk(place.position, place.chunk);
    if (!chunk) {
      return fail(chunk.error());
    }
    const Result<RecordChunk> parsed = parse_record_chunk(*chunk);
    if (!parsed) {
      return fail(parsed.error());
    }
    const std::uint64_t skip = number(wanted) - number(parsed->first);
    if (skip >= parsed->records.size()) {
      return list;  // past the end
    }
    for (std::size_t i = skip; i < parsed->records.size() && list.size() < count; ++i) {
      list.emplace_back(parsed->records[i].begin(), parsed->records[i].end());
    }
  }
  return list;
}

std::vector<RecordIndex> RecordReader::stream(std::string_view name) const {
  std::vector<RecordIndex> indexes;
  const auto stored = rows_.get(stream_head_key(ledger_, name));
  const auto row = stored ? decode_stream_row(*stored) : std::nullopt;
  if (!row) {
    return indexes;
  }
  const std::uint64_t count = number(row->head.version);
  indexes.reserve(count);
  const auto take_all = [&indexes](std::string_view block) {
    ByteReader in(bytes_of(block));
    while (!in.finished()) {
      indexes.push_back(RecordIndex{in.take<std::uint64_t>()});
    }
  };
  for (std::uint32_t block = 0; block < count / limits::stream_block_indexes; ++block) {
    const auto full = rows_.get(stream_block_key(ledger_, name, block));
    check(full && full->size() == limits::stream_block_indexes * sizeof(std::uint64_t),
          "every full block of a stream has a row");
    take_all(*full);
  }
  take_all(row->block);
  return indexes;
}

Result<std::vector<SealedOpening>> RecordReader::openings(RecordIndex index) const {
  const auto row = rows_.get(openings_key(ledger_, index));
  std::vector<SealedOpening> list;
  if (!row) {
    return list;
  }
  // The row names the record's last chunk of openings; they may start in earlier ones.
  Place place = place_of(*row);
  while (true) {
    const Result<Bytes> chunk = journal_.chunk(place.position, place.chunk);
    const Result<OpeningChunk> parsed =
        chunk ? parse_opening_chunk(*chunk) : Result<OpeningChunk>(fail(chunk.error()));
    if (!parsed) {
      // A chunk before the first opening chunk holds records: the search ends there.
      return list.empty() ? Result<std::vector<SealedOpening>>(fail(parsed.error())) : list;
    }
    std::vector<SealedOpening> found;
    std::ranges::copy_if(parsed->openings,
                         std::back_inserter(found),
                         [index](const SealedOpening& o) { return o.index == index; });
    list.insert(list.begin(), found.begin(), found.end());
    const bool may_start_earlier =
        !parsed->openings.empty() && parsed->openings.front().index == index;
    if (!may_start_earlier || place.chunk <= 1) {
      return list;
    }
    --place.chunk;
  }
}

Result<crypto::Digest> RecordReader::leaf(RecordIndex index) const {
  const Result<LedgerHead> now = head();
  if (!now || number(index) >= now->size()) {
    return fail(ErrorCode::not_found, "record " + std::to_string(number(index)));
  }
  return log_.subtree(0, number(index));
}

Result<std::vector<crypto::Digest>> RecordReader::inclusion_proof(RecordIndex index,
                                                                  std::uint64_t size) const {
  const Result<LedgerHead> now = head();
  if (!now || size > now->size() || number(index) >= size) {
    return fail(ErrorCode::not_found, "record or tree size");
  }
  return crypto::inclusion_proof(number(index), size, [this](unsigned level, std::uint64_t at) {
    return log_.subtree(level, at);
  });
}

Result<std::vector<crypto::Digest>> RecordReader::consistency_proof(std::uint64_t old_size,
                                                                    std::uint64_t new_size) const {
  const Result<LedgerHead> now = head();
  if (!now || new_size > now->size() || old_size > new_size) {
    return fail(ErrorCode::not_found, "tree size");
  }
  return crypto::consistency_proof(old_size, new_size, [this](unsigned level, std::uint64_t at) {
    return log_.subtree(level, at);
  });
}

Result<crypto::Digest> RecordReader::root(std::uint64_t size) const {
  const Result<LedgerHead> now = head();
  if (!now || size > now->size()) {
    return fail(ErrorCode::not_found, "tree size");
  }
  return crypto::tree_root(
      size, [this](unsigned level, std::uint64_t at) { return log_.subtree(level, at); });
}

}  // namespace juanzong
