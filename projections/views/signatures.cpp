// SPDX-License-Identifier: Apache-2.0
// R17, the ledger of signatures (签名台账): every signature on the forms of a case or of a unit,
// and who still has to sign. The content that was signed shows by its commitment; the scan stays
// sealed.
#include "crypto/hex.h"

#include "events/procedures/decorations.h"
#include "events/procedures/units.h"

#include "projections/views/case_content.h"
#include "projections/views/labels.h"
#include "projections/views/required_signatures.h"
#include "projections/views/signature_status.h"
#include "projections/views/signature_table.h"
#include "projections/views/views.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace juanzong {
namespace {

std::vector<ReportColumn> columns() {
  return {{"index", "序号"},
          {"event", "事项"},
          {"case", "案卷"},
          {"capacity", "身份"},
          {"signer", "签名人"},
          {"method", "方式"},
          {"signed_at", "签名时间"},
          {"id_checked", "身份核实"},
          {"witness", "见证人"},
          {"content", "所签内容承诺值"},
          {"scan", "有签名影像"},
          {"authority", "有委托书"},
          {"status", "效力"}};
}

// "deco:2025-0031 deposit:D-1": what the record belongs to, apart from its unit.
std::string cases_of(const RecordView& record) {
  std::string text;
  for (const StreamView& stream : record.statement.streams) {
    if (!stream.name.starts_with("unit:")) {
      text.append(text.empty() ? "" : " ").append(stream.name);
    }
  }
  return text;
}

void add_row(TableBuilder& table,
             const ViewContext& context,
             const RecordView& record,
             const body::SignatureBlock& block,
             std::uint32_t place) {
  const auto& hash = *block.signed_digest()->hash();
  table.row()
      .add(cell_index(record.index), {record.index})
      .add(event_label(context.event_of(record)))
      .add(cell_text(cases_of(record)))
      .add(capacity_label(static_cast<std::uint8_t>(block.capacity()), view_of(block.staff_role())))
      .add(cell_text(view_of(block.signer())))
      .add(signing_label(static_cast<std::uint8_t>(block.method())))
      .add(cell_maybe(parse_instant(view_of(block.signed_at()))))
      .add(id_check_label(static_cast<std::uint8_t>(block.id_checked())))
      .add(cell_text(view_of(block.witness())))
      .add(cell_text(crypto::hex_encode({hash.data(), hash.size()})))
      .add(block.image() != nullptr)
      .add(block.authority_doc() != nullptr)
      .add(signature_status(context, {record.index, place}));
}

struct Scope {
  std::vector<std::string> streams;  // whose records are looked through
  std::vector<std::string> cases;    // who has to sign is asked of
};

std::vector<std::string> deposit_streams(const std::vector<std::string>& ids) {
  std::vector<std::string> streams;
  std::ranges::transform(
      ids, std::back_inserter(streams), [](const std::string& id) { return "deposit:" + id; });
  return streams;
}

Result<Scope> scope_of_case(const ViewContext& context, const std::string& stream) {
  const std::string prefix = stream.substr(0, stream.find(':'));
  const Result<const CaseMachine*> machine = machine_for(context, prefix);
  if (!machine && machine.error().code == ErrorCode::not_permitted) {
    return fail(machine.error());
  }
  if (context.stream(stream).empty()) {
    return fail(ErrorCode::not_found, "case");
  }
  Scope scope{{stream}, {stream}};
  if (prefix == "deco") {
    const Result<const World*> world = context.world_of({stream});
    if (!world) {
      return fail(world.error());
    }
    scope.cases =
        deposit_streams((*world)->get<DecorationCase>(stream.substr(prefix.size() + 1)).deposits);
  }
  return scope;
}

Result<Scope> scope_of_unit(const ViewContext& context, const std::string& unit) {
  const Result<std::vector<std::string>> streams = context.unit_streams(unit);
  const Result<const World*> world = streams ? context.unit_world(unit) : fail(streams.error());
  if (!world) {
    return fail(world.error());
  }
  if (context.stream("unit:" + unit).empty()) {
    return fail(ErrorCode::not_found, "unit");
  }
  return Scope{*streams, deposit_streams((*world)->get<UnitState>(unit).deposits)};
}

Result<Scope> scope_of(const ViewContext& context) {
  const std::string stream = context.argument("case");
  const std::string unit = context.argument("unit");
  if (stream.empty() == unit.empty()) {
    return fail(ErrorCode::query_invalid, "case, unit");
  }
  return unit.empty() ? scope_of_case(context, stream) : scope_of_unit(context, unit);
}

// Records after the cursor, ascending, each once.
Result<std::vector<RecordIndex>> records_after(const ViewContext& context,
                                               const std::vector<std::string>& streams,
                                               const std::string& cursor) {
  std::uint64_t after = 0;
  const char* last = cursor.data() + cursor.size();
  const auto [end, error] = std::from_chars(cursor.data(), last, after);
  if (!cursor.empty() && (error != std::errc{} || end != last)) {
    return fail(ErrorCode::query_invalid, "cursor");
  }
  std::set<RecordIndex> found;
  for (const std::string& stream : streams) {
    for (const RecordIndex index : context.stream(stream)) {
      if (cursor.empty() || number(index) > after) {
        found.insert(index);
      }
    }
  }
  return std::vector<RecordIndex>(found.begin(), found.end());
}

struct LedgerPart {
  ReportTable table;
  std::string next;
};

// As many records as the page has room for the signatures of; a record's are never parted.
Result<LedgerPart> ledger_of(const ViewContext& context, const Scope& scope, const Page& page) {
  const auto records = records_after(context, scope.streams, page.cursor);
  if (!records) {
    return fail(records.error());
  }
  TableBuilder table("signatures", "签名", columns());
  LedgerPart part;
  std::size_t rows = 0;
  RecordIndex shown{};
  for (const RecordIndex index : *records) {
    const Result<StoredRecord> stored = context.record(index);
    if (!stored) {
      return fail(stored.error());
    }
    const SignatureList* list = signatures_of(context.event_of(stored->view), stored->view);
    const std::uint32_t count = list == nullptr ? 0 : list->size();
    if (rows > 0 && rows + count > page.limit) {
      part.next = std::to_string(number(shown));
      break;
    }
    for (std::uint32_t i = 0; i < count; ++i) {
      add_row(table, context, stored->view, *list->Get(i), i);
    }
    rows += count;
    shown = index;
  }
  part.table = table.take();
  return part;
}

}  // namespace

Result<Report> view_signatures(const ViewContext& context) {
  const Result<Page> page = context.page();
  const Result<Scope> scope = page ? scope_of(context) : fail(page.error());
  if (!scope) {
    return fail(scope.error());
  }
  Result<LedgerPart> part = ledger_of(context, *scope, *page);
  Result<ReportTable> required = required_signatures(context, scope->cases);
  if (!part || !required) {
    return fail(part ? required.error() : part.error());
  }
  ReportBuilder out(context);
  out.fact("case", "案卷", cell_text(context.argument("case")))
      .fact("unit", "房屋", cell_text(context.argument("unit")))
      .table(std::move(part->table))
      .table(*std::move(required))
      .next(part->next);
  return out.take();
}

}  // namespace juanzong
