// SPDX-License-Identifier: Apache-2.0
// The accounts of the ledger: every entry sums to zero, so all balances do. One account expands to
// its postings with running totals.
#include "projections/views/labels.h"
#include "projections/views/posting_scan.h"
#include "projections/views/views.h"

#include <array>
#include <cstdio>

namespace juanzong {
namespace {

// Index and sequence so that texts sort as numbers do.
std::string cursor_of(const PostingRow& row) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(),
                buffer.size(),
                "%020llu-%05u",
                static_cast<unsigned long long>(number(row.index)),
                static_cast<unsigned>(row.sequence));
  return buffer.data();
}

Outcome add_posting(TableBuilder& table, const ViewContext& context, const PostingRow& row) {
  const Result<StoredRecord> stored = context.record(row.index);
  if (!stored) {
    return fail(stored.error());
  }
  table.row()
      .add(cell_index(row.index))
      .add(event_label(context.event_of(stored->view)))
      .add(row.effective)
      .add(Fen{row.delta}, {row.index})
      .add(Fen{row.total});
  return Done{};
}

Outcome add_postings(ReportBuilder& out,
                     const ViewContext& context,
                     const std::string& account,
                     const Page& page) {
  std::vector<PostingRow> rows;
  std::string next;
  scan_postings(context, PostingView::money, account, [&](const PostingRow& row) {
    if (!page.cursor.empty() && cursor_of(row) <= page.cursor) {
      return true;
    }
    if (rows.size() == page.limit) {
      next = cursor_of(rows.back());
      return false;
    }
    rows.push_back(row);
    return true;
  });
  TableBuilder table("postings",
                     "分录",
                     {{"index", "序号"},
                      {"event", "事项"},
                      {"effective", "日期"},
                      {"delta_fen", "发生额"},
                      {"total_fen", "余额"}});
  for (const PostingRow& row : rows) {
    if (const Outcome added = add_posting(table, context, row); !added) {
      return fail(added.error());
    }
  }
  out.fact("account", "账户", cell_text(account))
      .fact("balance_fen", "余额", Fen{total_of(context, PostingView::money, account)})
      .table(table)
      .next(next);
  return Done{};
}

void add_accounts(ReportBuilder& out, const std::vector<AccountTotal>& accounts, const Page& page) {
  TableBuilder table("accounts", "账户", {{"account", "账户"}, {"balance_fen", "余额"}});
  std::size_t count = 0;
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (accounts[i].account <= page.cursor) {
      continue;
    }
    if (count++ == page.limit) {
      out.next(accounts[i - 1].account);
      break;
    }
    table.row().add(cell_text(accounts[i].account)).add(Fen{accounts[i].total});
  }
  out.table(table);
}

}  // namespace

Result<Report> view_ledger(const ViewContext& context) {
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const std::vector<AccountTotal> accounts = accounts_of(context, PostingView::money, "");
  const Fen sum = sum_of(accounts);
  ReportBuilder out(context);
  out.fact("sum_fen", "全部账户合计", sum).fact("balanced", "借贷平衡", sum == zero_fen);
  const std::string account = context.argument("account");
  if (account.empty()) {
    add_accounts(out, accounts, *page);
    return out.take();
  }
  if (postings_of(context, PostingView::money, account).empty()) {
    return fail(ErrorCode::not_found, "account");
  }
  const Outcome added = add_postings(out, context, account, *page);
  return added ? Result<Report>(out.take()) : fail(added.error());
}

}  // namespace juanzong
