// SPDX-License-Identifier: Apache-2.0
#include "projections/engine/row_keys.h"

#include "events/model/byte_io.h"

namespace juanzong {

KeyBuilder::KeyBuilder(Table table) {
  number(static_cast<std::uint8_t>(table));
}

KeyBuilder::KeyBuilder(Table table, LedgerOrdinal ledger) : KeyBuilder(table) {
  number(static_cast<std::uint16_t>(ledger));
}

KeyBuilder& KeyBuilder::text(std::string_view text) {
  key_.append(text);
  return *this;
}

KeyBuilder& KeyBuilder::closed_text(std::string_view text) {
  key_.append(text);
  return number(std::uint8_t{0});
}

RowKey position_key() {
  return KeyBuilder(Table::position).take();
}

RowKey ledger_head_key(LedgerOrdinal ledger) {
  return KeyBuilder(Table::ledger_head, ledger).take();
}

RowKey locator_key(LedgerOrdinal ledger, RecordIndex first) {
  return KeyBuilder(Table::locator, ledger).number(number(first)).take();
}

std::string locator_value(std::uint64_t position, std::size_t chunk) {
  ByteWriter out;
  out.put(position).put(static_cast<std::uint16_t>(chunk));
  return std::string(text_of(out.view()));
}

RowKey openings_key(LedgerOrdinal ledger, RecordIndex index) {
  return KeyBuilder(Table::openings, ledger).number(number(index)).take();
}

RowKey stream_head_key(LedgerOrdinal ledger, std::string_view stream) {
  return KeyBuilder(Table::stream_head, ledger).text(stream).take();
}

RowKey stream_block_key(LedgerOrdinal ledger, std::string_view stream, std::uint32_t block) {
  return KeyBuilder(Table::stream_block, ledger).closed_text(stream).number(block).take();
}

RowKey request_key(LedgerOrdinal ledger, const RequestId& id) {
  return KeyBuilder(Table::request, ledger).text(text_of(id.view())).take();
}

RowKey tile_key(LedgerOrdinal ledger, std::uint8_t level, std::uint64_t tile_number) {
  return KeyBuilder(Table::tile, ledger).number(level).number(tile_number).take();
}

RowKey state_key(LedgerOrdinal ledger, StateKind kind, std::string_view key) {
  return KeyBuilder(Table::state, ledger).number(static_cast<std::uint8_t>(kind)).text(key).take();
}

RowKey posting_prefix(LedgerOrdinal ledger, PostingView view, std::string_view account) {
  return KeyBuilder(Table::posting, ledger)
      .number(static_cast<std::uint8_t>(view))
      .closed_text(account)
      .take();
}

RowKey posting_key(LedgerOrdinal ledger,
                   PostingView view,
                   std::string_view account,
                   RecordIndex index,
                   std::uint16_t sequence) {
  return KeyBuilder(Table::posting, ledger)
      .number(static_cast<std::uint8_t>(view))
      .closed_text(account)
      .number(number(index))
      .number(sequence)
      .take();
}

RowKey account_key(LedgerOrdinal ledger, PostingView view, std::string_view account) {
  return KeyBuilder(Table::account, ledger)
      .number(static_cast<std::uint8_t>(view))
      .text(account)
      .take();
}

RowKey list_key(LedgerOrdinal ledger, std::string_view list, std::string_view key) {
  return KeyBuilder(Table::list, ledger).closed_text(list).text(key).take();
}

RowKey day_key(LedgerOrdinal ledger, CivilDate day) {
  const auto biased = static_cast<std::uint32_t>(day.days) ^ 0x8000'0000U;
  return KeyBuilder(Table::day, ledger).number(biased).take();
}

CivilDate day_of_key(std::string_view key) {
  const auto biased = static_cast<std::uint32_t>(number_at(key, key.size() - 4, 4));
  return {static_cast<std::int32_t>(biased ^ 0x8000'0000U)};
}

RowKey record_type_key(LedgerOrdinal ledger, std::uint64_t block) {
  return KeyBuilder(Table::record_type, ledger).number(block).take();
}

std::uint64_t number_at(std::string_view key, std::size_t at, std::size_t bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    value = value << 8 | static_cast<std::uint8_t>(key[at + i]);
  }
  return value;
}

}  // namespace juanzong
