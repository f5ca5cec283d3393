// SPDX-License-Identifier: Apache-2.0
#include "projections/views/required_signatures.h"

#include "events/procedures/case_machine.h"

#include "projections/views/deposit_signatures.h"
#include "projections/views/labels.h"
#include "projections/views/signature_table.h"

#include <algorithm>
#include <set>

namespace juanzong {
namespace {

constexpr std::string_view deposit_prefix = "deposit:";

std::vector<ReportColumn> columns() {
  return {{"case", "案卷"},
          {"step", "步骤"},
          {"capacity", "应签身份"},
          {"present", "已签"},
          {"signer", "签名人"},
          {"method", "方式"},
          {"signed_at", "时间"}};
}

// Deposits that were not there at the moment have no rows.
Outcome add_deposit(TableBuilder& table, const ViewContext& context, const std::string& stream) {
  const Result<DepositFigures> figures =
      deposit_figures(context, std::string_view(stream).substr(deposit_prefix.size()));
  if (!figures) {
    return figures.error().code == ErrorCode::not_found ? Outcome(Done{}) : fail(figures.error());
  }
  if (figures->card) {  // the deposit of a parking card is refunded without such a form
    return Done{};
  }
  const Result<ReportTable> of_deposit = deposit_signatures(context, *figures);
  if (!of_deposit) {
    return fail(of_deposit.error());
  }
  for (const std::vector<Cell>& row : of_deposit->rows) {
    table.row().add(cell_text(stream));
    for (const Cell& cell : row) {
      table.add(cell.value, cell.records);
    }
  }
  return Done{};
}

const CaseMachine* machine_of(const Catalogue& catalogue, std::string_view stream) {
  const std::string_view prefix = stream.substr(0, stream.find(':'));
  for (const Procedure* procedure : catalogue.procedures()) {
    const auto found = std::ranges::find(procedure->cases, prefix, &CaseMachine::stream);
    if (found != procedure->cases.end()) {
      return &*found;
    }
  }
  return nullptr;
}

bool is_choice(const body::SignatureBlock& block, const SignatureDemand& demand) {
  return std::ranges::any_of(demand.any_of, [&block](const SignatureDemand::Choice& choice) {
    return static_cast<std::int64_t>(block.capacity()) == choice.capacity &&
           (!choice.role || view_of(block.staff_role()) == code_of(*choice.role));
  });
}

const body::SignatureBlock* find_block(const SignatureList* list, const SignatureDemand& demand) {
  for (std::uint32_t i = 0; list != nullptr && i < list->size(); ++i) {
    if (is_choice(*list->Get(i), demand)) {
      return list->Get(i);
    }
  }
  return nullptr;
}

CellCode label_of_demand(const SignatureDemand& demand) {
  std::string zh;
  for (const SignatureDemand::Choice& choice : demand.any_of) {
    const std::string_view role = choice.role ? code_of(*choice.role) : std::string_view{};
    const auto capacity = static_cast<std::uint8_t>(choice.capacity);
    zh.append(zh.empty() ? "" : "/").append(capacity_label(capacity, role).zh);
  }
  return {demand.words, zh};
}

Outcome add_step(TableBuilder& table,
                 const ViewContext& context,
                 const std::string& stream,
                 const CatalogueEntry& entry,
                 const CaseMark* done) {
  StoredRecord stored;
  if (done != nullptr) {
    Result<StoredRecord> found = context.record(done->index);
    if (!found) {
      return fail(found.error());
    }
    stored = *std::move(found);
  }
  const SignatureList* list = done == nullptr ? nullptr : signatures_of(&entry, stored.view);
  for (const SignatureDemand& demand : entry.descriptor.demands) {
    const body::SignatureBlock* block = find_block(list, demand);
    table.row()
        .add(cell_text(stream))
        .add(event_label(&entry))
        .add(label_of_demand(demand))
        .add(block != nullptr, block == nullptr ? Records{} : Records{done->index})
        .add(block == nullptr ? CellValue() : cell_text(view_of(block->signer())))
        .add(block == nullptr ? CellValue()
                              : signing_label(static_cast<std::uint8_t>(block->method())))
        .add(block == nullptr ? CellValue()
                              : cell_maybe(parse_instant(view_of(block->signed_at()))));
  }
  return Done{};
}

Outcome add_case(TableBuilder& table,
                 const ViewContext& context,
                 const std::string& stream,
                 const CaseMachine& machine) {
  const Result<const World*> world = context.world_of({stream});
  if (!world) {
    return fail(world.error());
  }
  const auto file = (*world)->get<CaseFileState>(stream);
  std::set<std::string_view> seen;  // several steps of a machine may be one event
  for (const CaseStep& step : machine.steps) {
    const CatalogueEntry* entry = context.source().catalogue.find(step.event);
    if (entry == nullptr || !seen.insert(step.event).second) {
      continue;
    }
    const CaseMark* done = find_mark(file, entry->descriptor.type);
    if (const Outcome added = add_step(table, context, stream, *entry, done); !added) {
      return added;
    }
  }
  return Done{};
}

}  // namespace

Result<ReportTable> required_signatures(const ViewContext& context,
                                        const std::vector<std::string>& cases) {
  TableBuilder table("required", "应签与已签", columns());
  for (const std::string& stream : cases) {
    const CaseMachine* machine = machine_of(context.source().catalogue, stream);
    const Outcome added = stream.starts_with(deposit_prefix) ? add_deposit(table, context, stream)
                          : machine != nullptr ? add_case(table, context, stream, *machine)
                                               : Outcome(Done{});
    if (!added) {
      return fail(added.error());
    }
  }
  return table.take();
}

}  // namespace juanzong
