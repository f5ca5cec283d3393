// SPDX-License-Identifier: Apache-2.0
// Keys of the derived rows: table byte ‖ ledger ordinal u16 ‖ rest, integers big-endian so that
// byte order is number order. Tables of one ledger that are scanned lie together.
//
//   table          rest                                      value (little-endian)
//   position       (no ledger)                               next u64 ‖ tip 32 ‖ format u32
//   ledger_head    -                                         LedgerHead (ledger_head.h)
//   locator        first index of a record chunk u64         position u64 ‖ chunk u16
//   openings       index u64                                 position u64 ‖ chunk u16
//   stream_head    stream name                               version u64 ‖ last index u64 ‖ indexes
//                                                            u64 of the block that is not full
//   stream_block   stream name ‖ 0 ‖ block u32               64 indexes u64
//   request        request id 16                             first index u64 ‖ count u16 ‖ hash 32
//   tile           level u8 ‖ number u64                     up to 256 hashes
//   state          kind u8 ‖ key                             StateBox::encode()
//   posting        view u8 ‖ account ‖ 0 ‖ index u64         delta ‖ total ‖ effective, i64 each
//                  ‖ sequence u16
//   account        view u8 ‖ account                         total i64
//   list           list name ‖ 0 ‖ key                       index u64 ‖ value
//   day            civil day u32, biased by 2^31             last index of that day u64
//   record_type    index / 64 u64                            up to 64 event types u16
#pragma once

#include "crypto/byte_view.h"

#include "events/model/civil_time.h"
#include "events/model/ids.h"
#include "events/procedures/world.h"

#include <boost/container/small_vector.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace juanzong {

enum class Table : std::uint8_t {
  position = 1,
  ledger_head = 2,
  locator = 3,
  openings = 4,
  stream_head = 5,
  stream_block = 6,
  request = 7,
  tile = 8,
  state = 9,
  posting = 10,
  account = 11,
  list = 12,
  day = 13,
  record_type = 14,
};

// Number of a ledger in this data directory, by first appearance in the journal.
enum class LedgerOrdinal : std::uint16_t {};

// A key with room for the usual ones inside itself: the write path builds a dozen a record.
class RowKey {
 public:
  void append(std::string_view bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), bytes_.size()}; }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  operator std::string_view() const { return view(); }  // NOLINT: a key is its bytes

 private:
  boost::container::small_vector<char, 104> bytes_;
};

class KeyBuilder {
 public:
  KeyBuilder(Table table, LedgerOrdinal ledger);
  explicit KeyBuilder(Table table);
  template <class T>
  KeyBuilder& number(T value) {
    std::array<char, sizeof(T)> raw;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      raw[i] = static_cast<char>(value >> (8 * (sizeof(T) - 1 - i)));
    }
    key_.append({raw.data(), raw.size()});
    return *this;
  }
  KeyBuilder& text(std::string_view text);
  // The text and a zero byte, so that no account or stream is a prefix of another.
  KeyBuilder& closed_text(std::string_view text);
  [[nodiscard]] RowKey take() { return std::move(key_); }

 private:
  RowKey key_;
};

[[nodiscard]] RowKey position_key();
[[nodiscard]] RowKey ledger_head_key(LedgerOrdinal ledger);
[[nodiscard]] RowKey locator_key(LedgerOrdinal ledger, RecordIndex first);
// Where a chunk lies in the journal.
[[nodiscard]] std::string locator_value(std::uint64_t position, std::size_t chunk);
[[nodiscard]] RowKey openings_key(LedgerOrdinal ledger, RecordIndex index);
[[nodiscard]] RowKey stream_head_key(LedgerOrdinal ledger, std::string_view stream);
[[nodiscard]] RowKey stream_block_key(LedgerOrdinal ledger,
                                      std::string_view stream,
                                      std::uint32_t block);
[[nodiscard]] RowKey request_key(LedgerOrdinal ledger, const RequestId& id);
[[nodiscard]] RowKey tile_key(LedgerOrdinal ledger, std::uint8_t level, std::uint64_t number);
[[nodiscard]] RowKey state_key(LedgerOrdinal ledger, StateKind kind, std::string_view key);
[[nodiscard]] RowKey posting_prefix(LedgerOrdinal ledger,
                                    PostingView view,
                                    std::string_view account);
[[nodiscard]] RowKey posting_key(LedgerOrdinal ledger,
                                 PostingView view,
                                 std::string_view account,
                                 RecordIndex index,
                                 std::uint16_t sequence);
[[nodiscard]] RowKey account_key(LedgerOrdinal ledger, PostingView view, std::string_view account);
[[nodiscard]] RowKey list_key(LedgerOrdinal ledger, std::string_view list, std::string_view key);
[[nodiscard]] RowKey day_key(LedgerOrdinal ledger, CivilDate day);
[[nodiscard]] RowKey record_type_key(LedgerOrdinal ledger, std::uint64_t block);

[[nodiscard]] CivilDate day_of_key(std::string_view key);

// Big-endian integer in a key, at `at`; the caller knows that it is there.
[[nodiscard]] std::uint64_t number_at(std::string_view key, std::size_t at, std::size_t bytes);

}  // namespace juanzong
