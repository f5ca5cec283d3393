// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/rows_digest.h"

#include "crypto/sha256.h"

#include "events/model/byte_io.h"

#include "projections/engine/row_keys.h"

#include <algorithm>
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

std::string name_of(Table table) {
  const auto* const row = std::ranges::find(tables, table, [](const auto& r) { return r.first; });
  return row == tables.end() ? "table " + std::to_string(static_cast<int>(table))
                             : std::string(row->second);
}

}  // namespace

RowsDigest digest_of(const RowStore& store) {
  RowsDigest result;
  std::map<Table, crypto::Sha256> hashes;
  crypto::Sha256 all;
  for (const auto cursor = store.seek({}); cursor->valid(); cursor->next()) {
    const auto table = static_cast<Table>(cursor->key().front());
    ByteWriter row;
    row.put_sized<std::uint32_t>(bytes_of(cursor->key()));
    row.put_sized<std::uint32_t>(bytes_of(cursor->value()));
    hashes[table].update(row.view());
    all.update(row.view());
    ++result.tables[name_of(table)].rows;
    ++result.all.rows;
  }
  for (auto& [table, hash] : hashes) {
    result.tables[name_of(table)].digest = hash.finish();
  }
  result.all.digest = all.finish();
  return result;
}

}  // namespace juanzong::cli
