// SPDX-License-Identifier: Apache-2.0
#include "server/pipeline/opening_records.h"

#include "events/procedures/catalogue_digest.h"
#include "events/procedures/finished_body.h"
#include "events/procedures/operation/operation.h"
#include "events/procedures/operation/operation_generated.h"

namespace juanzong {
namespace {

constexpr std::string_view server_device = "server";

Bytes rules_body(const crypto::Digest& digest) {
  flatbuffers::FlatBufferBuilder builder;
  const auto bytes = builder.CreateVector(digest.bytes.data(), digest.bytes.size());
  const auto program = builder.CreateString("juanzong " JUANZONG_VERSION);
  return finished_body(builder,
                       body::CreateRulesActivated(builder, program_rules_version, bytes, program));
}

Bytes recovery_body(const JournalRecovery& recovery) {
  flatbuffers::FlatBufferBuilder builder;
  return finished_body(builder,
                       body::CreateRecoveryPerformed(builder,
                                                     recovery.anchored_next_position,
                                                     recovery.recovered_next_position,
                                                     recovery.log_bytes));
}

Bytes skew_body(std::int64_t skew_ms) {
  flatbuffers::FlatBufferBuilder builder;
  const auto device = builder.CreateString(server_device);
  return finished_body(builder, body::CreateClockAnomalyDetected(builder, device, skew_ms));
}

}  // namespace

Result<std::vector<OwnStatement>> opening_statements(const LedgerMachine& machine,
                                                     const OpeningFacts& facts) {
  const auto state = machine.world().get<OperationState>(operation_key);
  if (state.rules_version > program_rules_version) {
    return fail(ErrorCode::program_too_old,
                machine.head().name + ": " + std::to_string(state.rules_version) + " > " +
                    std::to_string(program_rules_version));
  }
  std::vector<OwnStatement> statements;
  const crypto::Digest digest = catalogue_digest(catalogue());
  if (state.rules_version != program_rules_version || state.catalogue_digest != digest) {
    statements.push_back({"RulesActivated", rules_body(digest)});
  }
  if (facts.recovery) {
    statements.push_back({"RecoveryPerformed", recovery_body(*facts.recovery)});
  }
  if (facts.clock_skew_ms) {
    statements.push_back({"ClockAnomalyDetected", skew_body(*facts.clock_skew_ms)});
  }
  return statements;
}

}  // namespace juanzong
