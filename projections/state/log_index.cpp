// SPDX-License-Identifier: Apache-2.0
#include "projections/state/log_index.h"

#include "events/model/byte_io.h"
#include "events/model/check.h"
#include "events/model/limits.h"

#include <algorithm>
#include <utility>

namespace juanzong {
namespace {

constexpr unsigned tile_height = 8;
constexpr std::size_t tile_width = std::size_t{1} << tile_height;
constexpr std::size_t streams_cached_max = 40'000;
constexpr std::uint64_t type_block_records = 64;

std::string tile_row(const std::vector<crypto::Digest>& hashes) {
  std::string row;
  row.reserve(hashes.size() * crypto::Digest::size_bytes);
  for (const crypto::Digest& hash : hashes) {
    row.append(text_of(hash.view()));
  }
  return row;
}

}  // namespace

std::optional<RequestEntry> decode_request_entry(std::string_view value) {
  ByteReader in(bytes_of(value));
  RequestEntry entry;
  entry.first = RecordIndex{in.take<std::uint64_t>()};
  entry.count = in.take<std::uint16_t>();
  entry.hash = in.take_digest();
  return in.finished() ? std::optional<RequestEntry>(entry) : std::nullopt;
}

std::optional<StreamRow> decode_stream_row(std::string_view value) {
  ByteReader in(bytes_of(value));
  StreamRow row;
  row.head.version = StreamVersion{in.take<std::uint64_t>()};
  row.head.last = RecordIndex{in.take<std::uint64_t>()};
  row.block = value.substr(in.position());
  const std::uint64_t in_block = number(row.head.version) % limits::stream_block_indexes;
  const bool fits = in.ok() && row.block.size() == in_block * sizeof(std::uint64_t);
  return fits ? std::optional<StreamRow>(row) : std::nullopt;
}

LogIndex::LogIndex(const DerivedRows& durable, LedgerOrdinal ledger, std::uint64_t size)
    : durable_(durable), ledger_(ledger), size_(size) {
  load_partial_tiles();
  load_type_block();
}

void LogIndex::load_partial_tiles() {
  std::uint64_t entries = size_;
  for (std::uint8_t level = 0; entries > 0; ++level, entries /= tile_width) {
    std::vector<crypto::Digest>& tile = partial_tiles_.emplace_back();
    const std::size_t width = entries % tile_width;
    if (width == 0) {
      continue;
    }
    const auto row = durable_.get(tile_key(ledger_, level, entries / tile_width));
    check(row && row->size() >= width * crypto::Digest::size_bytes, "a derived tile row is there");
    ByteReader in(bytes_of(*row));
    for (std::size_t i = 0; i < width; ++i) {
      tile.push_back(in.take_digest());
    }
  }
}

void LogIndex::load_type_block() {
  const std::uint64_t block = size_ / type_block_records;
  const std::uint64_t width = size_ % type_block_records;
  if (width != 0) {
    TypeBlock& partial = type_blocks_[block];
    partial.types = durable_.get(record_type_key(ledger_, block)).value_or("");
    check(partial.types.size() == width * sizeof(EventType), "a type block fits the size");
  }
}

std::optional<EventType> LogIndex::type_of(RecordIndex index) const {
  const std::uint64_t block = number(index) / type_block_records;
  const auto pending = type_blocks_.find(block);
  const std::string types = pending != type_blocks_.end()
                                ? pending->second.types
                                : durable_.get(record_type_key(ledger_, block)).value_or("");
  const std::size_t at = number(index) % type_block_records * sizeof(EventType);
  if (at + sizeof(EventType) > types.size()) {
    return std::nullopt;
  }
  ByteReader in(bytes_of(types).subspan(at));
  return EventType{in.take<std::uint16_t>()};
}

LogIndex::StreamNode& LogIndex::load(std::string_view stream) {
  if (StreamNode* cached = streams_.find(stream, generation_)) {
    return *cached;
  }
  StreamNode& node = *streams_.entries.try_emplace(std::string(stream)).first;
  if (const auto stored = durable_.get(stream_head_key(ledger_, stream))) {
    const auto row = decode_stream_row(*stored);
    check(row.has_value(), "a derived stream row decodes");
    node.second.head = row->head;
    node.second.block = row->block;
  }
  return node;
}

StreamHead LogIndex::stream_head(std::string_view stream) {
  return load(stream).second.head;
}

std::optional<RequestEntry> LogIndex::find_request(const RequestId& id) const {
  const auto pending = requests_.find(id);
  if (pending != requests_.end()) {
    return pending->second.entry;
  }
  const auto row = durable_.get(request_key(ledger_, id));
  return row ? decode_request_entry(*row) : std::nullopt;
}

void LogIndex::append_to_stream(std::string_view stream, RecordIndex index) {
  StreamNode& node = load(stream);
  StreamEntry& entry = node.second;
  value_.clear();
  value_.put(number(index));
  entry.block.append(text_of(value_.view()));
  entry.head = {StreamVersion{number(entry.head.version) + 1}, index};
  if (number(entry.head.version) % limits::stream_block_indexes == 0) {
    const auto block =
        static_cast<std::uint32_t>(number(entry.head.version) / limits::stream_block_indexes - 1);
    full_rows_.put(stream_block_key(ledger_, stream, block), entry.block);
    entry.block.clear();
  }
  if (!entry.changed) {
    entry.changed = true;
    changed_streams_.push_back(&node);
  }
  entry.generation = generation_;
}

void LogIndex::add_request(const RequestId& id, const RequestEntry& entry) {
  requests_[id] = {entry, generation_};
  new_requests_.push_back(id);
}

void LogIndex::set_day(CivilDate day, RecordIndex last) {
  if (day_ && day_->first != day) {
    put_day(full_rows_);
  }
  day_ = {day, last};
}

void LogIndex::void_days(CivilDate day, CivilDate wrong) {
  day_.reset();
  for (CivilDate each{wrong.days}; each > day; --each.days) {
    full_rows_.erase(day_key(ledger_, each));
  }
}

void LogIndex::put_day(RowBatch& rows) {
  value_.clear();
  value_.put(number(day_->second));
  rows.put(day_key(ledger_, day_->first), text_of(value_.view()));
}

void LogIndex::append_type(EventType type) {
  TypeBlock& block = type_blocks_[size_ / type_block_records];
  value_.clear();
  value_.put(number(type));
  block.types.append(text_of(value_.view()));
  block.generation = generation_;
  block.changed = true;
  ++size_;
}

void LogIndex::append_subtree(unsigned height, const crypto::Digest& root) {
  if (height % tile_height != 0) {
    return;
  }
  const std::size_t level = height / tile_height;
  if (partial_tiles_.size() == level) {
    partial_tiles_.emplace_back();
  }
  std::vector<crypto::Digest>& tile = partial_tiles_[level];
  tile.push_back(root);
  if (tile.size() == tile_width) {
    const std::uint64_t tile_number = (size_ >> (height + tile_height)) - 1;
    full_rows_.put(tile_key(ledger_, static_cast<std::uint8_t>(level), tile_number),
                   tile_row(tile));
    tile.clear();
  }
}

void LogIndex::drain_tiles(RowBatch& rows) {
  std::uint64_t entries = size_;
  for (std::size_t level = 0; level < partial_tiles_.size(); ++level, entries /= tile_width) {
    if (!partial_tiles_[level].empty()) {
      rows.put(tile_key(ledger_, static_cast<std::uint8_t>(level), entries / tile_width),
               tile_row(partial_tiles_[level]));
    }
  }
}

void LogIndex::drain_types(RowBatch& rows) {
  for (auto& [number, block] : type_blocks_) {
    if (std::exchange(block.changed, false)) {
      rows.put(record_type_key(ledger_, number), block.types);
    }
  }
}

void LogIndex::drain(RowBatch& rows, std::uint64_t generation) {
  // Full blocks and tiles first: a partial row of the same key that follows is newer.
  rows.append(std::move(full_rows_));
  for (StreamNode* node : changed_streams_) {
    StreamEntry& entry = node->second;
    entry.changed = false;
    value_.clear();
    value_.put(number(entry.head.version)).put(number(entry.head.last));
    value_.put(std::string_view(entry.block));
    rows.put(stream_head_key(ledger_, node->first), text_of(value_.view()));
  }
  changed_streams_.clear();
  for (const RequestId& id : new_requests_) {
    const RequestEntry& entry = requests_.at(id).entry;
    value_.clear();
    value_.put(number(entry.first)).put(entry.count).put(entry.hash);
    rows.put(request_key(ledger_, id), text_of(value_.view()));
  }
  new_requests_.clear();
  drain_tiles(rows);
  drain_types(rows);
  if (day_) {
    put_day(rows);
  }
  generation_ = generation + 1;
}

void LogIndex::durable(std::uint64_t generation) {
  std::erase_if(requests_, [generation](const auto& pending) {
    return pending.second.generation <= generation;
  });
  // The last block may still be added to.
  std::erase_if(type_blocks_, [this, generation](const auto& block) {
    return block.first < size_ / type_block_records && !block.second.changed &&
           block.second.generation <= generation;
  });
  streams_.sweep(streams_cached_max, generation);
}

}  // namespace juanzong
