// SPDX-License-Identifier: Apache-2.0
// The register of receipts: every number that a book issued, what it was for, and whether the
// payment was reversed. Numbers have no holes (H-FEE-3), so the register shows that none is gone.
#include "events/procedures/charges.h"
#include "events/procedures/deposits.h"

#include "projections/views/labels.h"
#include "projections/views/report_builder.h"
#include "projections/views/views.h"

#include <map>
#include <set>

namespace juanzong {
namespace {

struct Receipt {
  bool is_deposit = false;
  std::string id;
  std::string unit;
  std::string payer;
  Fen amount;
  std::uint8_t method = 0;
  RecordIndex index{};
};

// By receipt number. Number, amount and record of a payment never change; only whether it was
// reversed depends on the moment.
std::map<std::string, Receipt> collect(const ViewContext& context) {
  const std::string book = context.argument("book");
  const auto counts = [&](const std::string& number, RecordIndex index) {
    return index <= context.upto() && !number.empty() &&
           (book.empty() || number.starts_with(book + "-"));
  };
  std::map<std::string, Receipt> receipts;
  for (const std::string& id : context.state_keys(StateKind::payment)) {
    const auto payment = context.newest().get<PaymentState>(id);
    if (counts(payment.receipt_no, payment.received)) {
      receipts[payment.receipt_no] = {
          false, id, payment.unit, payment.party, payment.amount, payment.method, payment.received};
    }
  }
  for (const std::string& id : context.state_keys(StateKind::deposit)) {
    const auto deposit = context.newest().get<DepositState>(id);
    if (counts(deposit.receipt_no, deposit.paid)) {
      receipts[deposit.receipt_no] = {
          true, id, deposit.unit, deposit.payer, deposit.amount, deposit.method, deposit.paid};
    }
  }
  return receipts;
}

bool is_reversed(const World& world, const Receipt& receipt) {
  return receipt.is_deposit ? world.get<DepositState>(receipt.id).payment_reversed
                            : world.get<PaymentState>(receipt.id).reversed;
}

// Purposes of the charges that the payment settles now, by code.
std::string purposes_of(const World& world, const Receipt& receipt) {
  if (receipt.is_deposit) {
    return "DEPOSIT";
  }
  std::set<std::string_view> codes;
  const auto payment = world.get<PaymentState>(receipt.id);
  for (const Allocation& each : payment.allocations) {
    codes.insert(purpose_code(world.get<ChargeState>(each.charge_id).purpose));
  }
  std::string text;
  for (const std::string_view code : codes) {
    text.append(text.empty() ? "" : " ").append(code);
  }
  return text;
}

Outcome add_row(TableBuilder& table,
                const ViewContext& context,
                const std::string& receipt_no,
                const Receipt& receipt) {
  const std::string stream = (receipt.is_deposit ? "deposit:" : "payment:") + receipt.id;
  const Result<const World*> world = context.case_world(receipt.unit, stream);
  if (!world) {
    return fail(world.error());
  }
  const Result<StoredRecord> stored = context.record(receipt.index);
  if (!stored) {
    return fail(stored.error());
  }
  table.row()
      .add(cell_text(receipt_no), {receipt.index})
      .add(receipt.is_deposit ? cell_code("DEPOSIT", "押金") : cell_code("PAYMENT", "收款"))
      .add(cell_text(receipt.id))
      .add(cell_text(receipt.unit))
      .add(cell_text(receipt.payer))
      .add(receipt.amount)
      .add(method_label(receipt.method))
      .add(cell_text(purposes_of(**world, receipt)))
      .add(stored->view.recorded_at)
      .add(cell_text(context.actor_of(stored->view.header.key_id)))
      .add(is_reversed(**world, receipt));
  return Done{};
}

}  // namespace

Result<Report> view_receipts(const ViewContext& context) {
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const auto receipts = collect(context);
  std::vector<std::string> numbers;
  for (const auto& [receipt_no, receipt] : receipts) {
    numbers.push_back(receipt_no);
  }
  const PagedKeys part = page_of(numbers, *page);
  TableBuilder table("receipts",
                     "收据",
                     {{"receipt_no", "收据号"},
                      {"kind", "种类"},
                      {"id", "编号"},
                      {"unit", "房屋"},
                      {"payer", "交款人"},
                      {"amount_fen", "金额"},
                      {"method", "方式"},
                      {"purposes", "项目"},
                      {"recorded_at", "登记时间"},
                      {"cashier", "收银员"},
                      {"voided", "已冲销"}});
  for (const std::string& receipt_no : part.keys) {
    if (const Outcome added = add_row(table, context, receipt_no, receipts.at(receipt_no));
        !added) {
      return fail(added.error());
    }
  }
  ReportBuilder out(context);
  out.fact("count", "收据数", cell_count(numbers.size())).table(table).next(part.next);
  return out.take();
}

}  // namespace juanzong
