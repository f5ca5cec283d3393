// SPDX-License-Identifier: Apache-2.0
// Suppliers (外包单位) with the end of their papers, and how their service was judged last. Who has
// none, or whose papers ended, is shown as what he is.
#include "events/procedures/outsourcing/outsourcing.h"
#include "events/procedures/outsourcing/outsourcing_generated.h"
#include "events/procedures/purchasing/purchasing.h"

#include "projections/views/case_content.h"
#include "projections/views/report_builder.h"
#include "projections/views/views.h"

#include <set>

namespace juanzong {
namespace {

constexpr std::string_view supplier_streams = "supplier:";

TableBuilder supplier_table() {
  return {"suppliers",
          "外包单位",
          {{"supplier", "单位"},
           {"standing", "资质"},
           {"valid_to", "有效期至"},
           {"evaluated", "最近评价月份"},
           {"result", "评价结果"},
           {"notified", "反馈次数"}}};
}

CellCode standing_of(const std::optional<CivilDate>& valid_to, CivilDate on) {
  if (!valid_to) {
    return {"UNQUALIFIED", "未审核"};
  }
  return *valid_to < on ? CellCode{"EXPIRED", "已过期"} : CellCode{"VALID", "有效"};
}

// The newest record of an event in the case, or none.
Result<std::optional<StoredRecord>> newest_of(const ViewContext& context,
                                              const CaseFileState& file,
                                              std::string_view event) {
  const CatalogueEntry* entry = context.source().catalogue.find(event);
  const CaseMark* mark = entry == nullptr ? nullptr : find_mark(file, entry->descriptor.type);
  if (mark == nullptr) {
    return std::optional<StoredRecord>();
  }
  Result<StoredRecord> record = context.record(mark->index);
  if (!record) {
    return fail(record.error());
  }
  return std::optional<StoredRecord>(*std::move(record));
}

template <class Body>
const Body& body_of(const StoredRecord& record) {
  return *flatbuffers::GetRoot<Body>(record.view.statement.body.data());
}

CellValue result_label(body::SupplierResult result) {
  const bool passed = result == body::SupplierResult::PASS;
  return cell_code(body::EnumNameSupplierResult(result), passed ? "合格" : "不合格");
}

std::int64_t times(const ViewContext& context, const CaseFileState& file, std::string_view event) {
  const CatalogueEntry* entry = context.source().catalogue.find(event);
  const CaseMark* mark = entry == nullptr ? nullptr : find_mark(file, entry->descriptor.type);
  return mark == nullptr ? 0 : mark->count;
}

Outcome add_supplier(TableBuilder& table,
                     const ViewContext& context,
                     const std::string& supplier,
                     const CaseFileState& file) {
  const auto qualified = newest_of(context, file, "SupplierQualified");
  const auto judged = newest_of(context, file, "SupplierServiceEvaluated");
  if (!qualified || !judged) {
    return fail(qualified ? judged.error() : qualified.error());
  }
  const auto valid_to =
      *qualified ? date_of(body_of<body::SupplierQualified>(**qualified).valid_to()) : std::nullopt;
  const auto* service = *judged ? &body_of<body::SupplierServiceEvaluated>(**judged) : nullptr;
  table.row()
      .add(cell_text(supplier), {context.stream(std::string(supplier_streams) + supplier).back()})
      .add(standing_of(valid_to, context.date()))
      .add(cell_maybe(valid_to), *qualified ? Records{(*qualified)->view.index} : Records{})
      .add(service == nullptr ? CellValue() : cell_text(view_of(service->ym())),
           *judged ? Records{(*judged)->view.index} : Records{})
      .add(service == nullptr ? CellValue() : result_label(service->result()))
      .add(times(context, file, "SupplierNotified"));
  return Done{};
}

// Those with a case of their own, and those who delivered goods, as far as a record that counts
// names them.
std::vector<std::string> suppliers_at(const ViewContext& context) {
  std::set<std::string> named;
  for (const std::string& stream :
       context.state_keys(StateKind::case_file, std::string(supplier_streams))) {
    named.insert(stream.substr(supplier_streams.size()));
  }
  for (const std::string& item : context.state_keys(StateKind::stock)) {
    for (const auto& [id, batch] : context.newest().get<StockState>(item).batches) {
      named.insert(batch.supplier);
    }
  }
  std::vector<std::string> suppliers(named.begin(), named.end());
  std::erase_if(suppliers, [&context](const std::string& supplier) {
    return context.stream(std::string(supplier_streams) + supplier).empty();
  });
  return suppliers;
}

}  // namespace

Result<Report> view_suppliers(const ViewContext& context) {
  const Result<Page> page = context.page();
  if (!page) {
    return fail(page.error());
  }
  const std::vector<std::string> suppliers = suppliers_at(context);
  const PagedKeys part = page_of(suppliers, *page);
  std::vector<std::string> streams;
  for (const std::string& supplier : part.keys) {
    streams.push_back(std::string(supplier_streams) + supplier);
  }
  const Result<const World*> world = context.world_of(streams);
  if (!world) {
    return fail(world.error());
  }
  TableBuilder table = supplier_table();
  for (const std::string& supplier : part.keys) {
    const auto file = (*world)->get<CaseFileState>(std::string(supplier_streams) + supplier);
    if (const Outcome added = add_supplier(table, context, supplier, file); !added) {
      return fail(added.error());
    }
  }
  ReportBuilder out(context);
  out.fact("date", "计算日期", context.date())
      .fact("count", "单位数", cell_count(suppliers.size()))
      .table(table)
      .next(part.next);
  return out.take();
}

}  // namespace juanzong
