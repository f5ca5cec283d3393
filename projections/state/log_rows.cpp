// SPDX-License-Identifier: Apache-2.0
#include "projections/state/log_rows.h"

#include "crypto/merkle_tree.h"

#include "events/model/byte_io.h"
#include "events/model/check.h"
#include "events/model/limits.h"

#include "projections/engine/row_keys.h"

namespace juanzong {
namespace {

constexpr std::size_t tile_width = 256;
constexpr unsigned tile_height = 8;
constexpr std::size_t index_bytes = sizeof(std::uint64_t);

// Of ascending indexes, how many lie before `size`, and the last of those.
StreamHead count_before(std::string_view indexes, std::uint64_t size) {
  StreamHead head;
  ByteReader in(bytes_of(indexes));
  for (std::uint64_t count = 1; !in.finished(); ++count) {
    const auto index = in.take<std::uint64_t>();
    if (index >= size) {
      break;
    }
    head = {StreamVersion{count}, RecordIndex{index}};
  }
  return head;
}

}  // namespace

RecordIndex LogRows::last_of_day(CivilDate day) const {
  const RowKey from = KeyBuilder(Table::day, ledger_).take();
  const auto row = rows_.last_at_most(from, day_key(ledger_, day));
  return row ? RecordIndex{ByteReader(bytes_of(row->second)).take<std::uint64_t>()} : no_index;
}

std::optional<CivilDate> LogRows::first_day() const {
  const RowKey from = KeyBuilder(Table::day, ledger_).take();
  std::optional<CivilDate> first;
  rows_.scan(from, end_of_prefix(from), [&](std::string_view key, std::string_view) {
    first = day_of_key(key);
    return false;
  });
  return first;
}

Result<std::string> LogRows::tile(std::uint8_t level,
                                  std::uint64_t tile_number,
                                  std::size_t width) const {
  auto row = rows_.get(tile_key(ledger_, level, tile_number));
  const std::size_t bytes = width * crypto::Digest::size_bytes;
  if (!row || width == 0 || width > tile_width || row->size() < bytes) {
    return fail(ErrorCode::not_found, "tile");
  }
  row->resize(bytes);
  return *std::move(row);
}

crypto::Digest LogRows::subtree(unsigned level, std::uint64_t index) const {
  const auto tile_level = static_cast<std::uint8_t>(level / tile_height);
  const unsigned within = level % tile_height;
  const std::uint64_t first = index << within;
  const std::size_t width = std::size_t{1} << within;
  const std::size_t offset = first % tile_width;
  const Result<std::string> row = tile(tile_level, first / tile_width, offset + width);
  check(row.has_value(), "a complete subtree of the tree has its tile");
  ByteReader in(bytes_of(*row));
  in.take_view(offset * crypto::Digest::size_bytes);
  std::vector<crypto::Digest> hashes(width);
  for (crypto::Digest& hash : hashes) {
    hash = in.take_digest();
  }
  return crypto::root_of(hashes);
}

crypto::Digest LogRows::root(std::uint64_t size) const {
  return crypto::tree_root(size,
                           [this](unsigned level, std::uint64_t at) { return subtree(level, at); });
}

StreamHead LogRows::stream_head(std::string_view name) const {
  const auto stored = rows_.get(stream_head_key(ledger_, name));
  const auto row = stored ? decode_stream_row(*stored) : std::nullopt;
  return row ? row->head : StreamHead{};
}

StreamHead LogRows::stream_head_at(std::string_view name, std::uint64_t size) const {
  const auto stored = rows_.get(stream_head_key(ledger_, name));
  return stored ? head_at(name, *stored, size) : StreamHead{};
}

StreamHead LogRows::head_at(std::string_view name,
                            std::string_view stored,
                            std::uint64_t size) const {
  const auto row = decode_stream_row(stored);
  check(row.has_value(), "a derived stream row decodes");
  if (number(row->head.last) < size) {
    return row->head;
  }
  const StreamHead in_open = count_before(row->block, size);
  std::uint64_t blocks = number(row->head.version) / limits::stream_block_indexes;
  if (number(in_open.version) > 0) {
    return {StreamVersion{blocks * limits::stream_block_indexes + number(in_open.version)},
            in_open.last};
  }
  // Few blocks lie after a size that is asked for: from the newest back.
  while (blocks-- > 0) {
    const auto full =
        rows_.get(stream_block_key(ledger_, name, static_cast<std::uint32_t>(blocks)));
    check(full && full->size() == limits::stream_block_indexes * index_bytes,
          "every full block of a stream has a row");
    const StreamHead in_block = count_before(*full, size);
    if (number(in_block.version) > 0) {
      return {StreamVersion{blocks * limits::stream_block_indexes + number(in_block.version)},
              in_block.last};
    }
  }
  return {};
}

std::string LogRows::scan_heads(std::string_view after,
                                std::uint64_t size,
                                std::size_t most,
                                const HeadVisitor& visitor) const {
  const RowKey prefix = KeyBuilder(Table::stream_head, ledger_).take();
  std::string from(stream_head_key(ledger_, after).view());
  if (!after.empty()) {
    from.push_back('\0');  // the first key after that name's
  }
  std::string last;
  std::size_t looked_at = 0;
  rows_.scan(from, end_of_prefix(prefix), [&](std::string_view key, std::string_view value) {
    const std::string_view name = key.substr(prefix.size());
    const StreamHead head = head_at(name, value, size);
    if (number(head.version) > 0) {
      visitor(name, head);
    }
    last = name;
    return ++looked_at < most;
  });
  return looked_at < most ? std::string() : last;
}

}  // namespace juanzong
