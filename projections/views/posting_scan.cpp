// SPDX-License-Identifier: Apache-2.0
#include "projections/views/posting_scan.h"

#include "events/model/byte_io.h"

namespace juanzong {

void scan_postings(const ViewContext& context,
                   PostingView view,
                   std::string_view account,
                   const std::function<bool(const PostingRow&)>& visitor) {
  const LedgerOrdinal ledger = context.source().ledger;
  const RowKey prefix = posting_prefix(ledger, view, account);
  const RowKey end = posting_key(ledger, view, account, next(context.upto()), 0);
  context.source().rows.scan(prefix, end, [&](std::string_view key, std::string_view value) {
    PostingRow row;
    row.index = RecordIndex{number_at(key, prefix.size(), 8)};
    row.sequence = static_cast<std::uint16_t>(number_at(key, prefix.size() + 8, 2));
    ByteReader in(bytes_of(value));
    row.delta = in.take_i64();
    row.total = in.take_i64();
    row.effective = CivilDate{static_cast<std::int32_t>(in.take_i64())};
    return visitor(row);
  });
}

std::int64_t total_of(const ViewContext& context, PostingView view, std::string_view account) {
  return context.newest().posted_as_of(view, account, context.upto());
}

Records postings_of(const ViewContext& context, PostingView view, std::string_view account) {
  Records records;
  scan_postings(context, view, account, [&records](const PostingRow& row) {
    if (records.empty() || records.back() != row.index) {
      records.push_back(row.index);
    }
    return true;
  });
  return records;
}

std::vector<AccountTotal> accounts_of(const ViewContext& context,
                                      PostingView view,
                                      std::string_view prefix) {
  std::vector<AccountTotal> accounts;
  const QuerySource& source = context.source();
  const std::size_t skip = account_key(source.ledger, view, "").size();
  const RowKey from = account_key(source.ledger, view, prefix);
  source.rows.scan(
      from, end_of_prefix(from), [&](std::string_view key, std::string_view /*value*/) {
        const std::string account(key.substr(skip));
        bool any = false;
        scan_postings(context, view, account, [&any](const PostingRow&) {
          any = true;
          return false;
        });
        if (any) {
          accounts.push_back({account, total_of(context, view, account)});
        }
        return true;
      });
  return accounts;
}

Fen sum_of(const std::vector<AccountTotal>& accounts) {
  Fen sum;
  for (const AccountTotal& each : accounts) {
    sum += Fen{each.total};
  }
  return sum;
}

}  // namespace juanzong
