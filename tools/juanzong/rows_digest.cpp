// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/rows_digest.h"

#include "crypto/sha256.h"

#include "events/model/byte_io.h"

#include "projections/engine/row_keys.h"

#include <array>
#include <string_view>

namespace juanzong::cli {
namespace {

constexpr std::array<std::pair<Table, std::string_view>, 13> tables = {{
    {Table::position, "position"},
    {Table::ledger_head, "ledger_head"},
    {Table::locator, "locator"},
    {Table::openings, "openings"},
    {Table::stream_head, "stream_head"},
    {Table::stream_block, "stream_block"},
    {Table::request, "request"},
    {Table::tile, "tile"},
    {Table::state, "state"},
    {Table::posting, "posting"},
    {Table::account, "account"},
    {Table::list, "list"},
    {Table::day, "day"},
}};

}  // namespace

RowsDigest digest_of(const DerivedRows& rows) {
  const DerivedRows::Snapshot snapshot(rows);
  RowsDigest result;
  crypto::Sha256 all;
  for (const auto& [table, name] : tables) {
    TableDigest& own = result.tables[std::string(name)];
    crypto::Sha256 hash;
    const std::string prefix = KeyBuilder(table).take();
    const std::string end = end_of_prefix(prefix);
    snapshot.scan(prefix, end, [&](std::string_view key, std::string_view value) {
      ByteWriter row;
      row.put_sized<std::uint32_t>(bytes_of(key)).put_sized<std::uint32_t>(bytes_of(value));
      hash.update(row.view());
      all.update(row.view());
      ++own.rows;
      return true;
    });
    own.digest = hash.finish();
    result.all.rows += own.rows;
  }
  result.all.digest = all.finish();
  return result;
}

}  // namespace juanzong::cli
