// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/rows_digest.h"

#include "crypto/sha256.h"

#include "events/model/byte_io.h"

#include "projections/engine/row_keys.h"

#include <array>
#include <string_view>

namespace juanzong::cli {
namespace {

constexpr std::array<std::pair<Table, std::string_view>, 14> tables = {{
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
    {Table::record_type, "record_type"},
}};

}  // namespace

RowsDigest digest_of(DerivedRows& rows) {
  RowsDigest result;
  crypto::Sha256 all;
  for (const auto& [table, name] : tables) {
    TableDigest& own = result.tables[std::string(name)];
    crypto::Sha256 hash;
    const std::string prefix = KeyBuilder(table).take();
    // The store has every table in order; in memory some are only hashed.
    const auto at = rows.store().seek(prefix);
    for (; at->valid() && at->key().starts_with(prefix); at->next()) {
      ByteWriter row;
      row.put_sized<std::uint32_t>(bytes_of(at->key()))
          .put_sized<std::uint32_t>(bytes_of(at->value()));
      hash.update(row.view());
      all.update(row.view());
      ++own.rows;
    }
    own.digest = hash.finish();
    result.all.rows += own.rows;
  }
  result.all.digest = all.finish();
  return result;
}

}  // namespace juanzong::cli
