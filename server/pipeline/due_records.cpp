// SPDX-License-Identifier: Apache-2.0
#include "server/pipeline/due_records.h"

#include "events/procedures/deadlines.h"
#include "events/procedures/finished_body.h"
#include "events/procedures/operation/operation_generated.h"

namespace juanzong {
namespace {

OwnStatement breach_statement(const Breach& breach) {
  flatbuffers::FlatBufferBuilder builder;
  const auto rule = builder.CreateString(breach.rule);
  const auto case_stream = builder.CreateString(breach.case_stream);
  const auto due = builder.CreateString(to_rfc3339(breach.due_at));
  return {"SlaBreached",
          finished_body(builder, body::CreateSlaBreached(builder, rule, case_stream, due))};
}

}  // namespace

std::vector<OwnStatement> due_statements(const LedgerMachine& machine,
                                         UnixMicros stamp,
                                         std::size_t most) {
  std::vector<OwnStatement> statements;
  for (const Breach& breach : breaches_before(machine.world(), stamp, most)) {
    statements.push_back(breach_statement(breach));
  }
  return statements;
}

}  // namespace juanzong
