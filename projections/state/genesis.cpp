// SPDX-License-Identifier: Apache-2.0
#include "projections/state/genesis.h"

#include "events/procedures/finished_body.h"
#include "events/procedures/procedure.h"
#include "events/procedures/registry/registry_generated.h"

#include <algorithm>

namespace juanzong {

Result<GenesisFacts> read_genesis(ByteView body) {
  const auto& event = *flatbuffers::GetRoot<body::LedgerCreated>(body.data());
  GenesisFacts facts;
  facts.name = text_of(event.name());
  facts.origin = text_of(event.origin());
  facts.verifier_key = text_of(event.verifier_key());
  facts.founder = text_of(event.founder());
  std::vector<ZoneRow> rows;
  for (const body::ZoneOffset* row : *event.zone()) {
    rows.push_back({UnixMicros{row->from_us()}, row->offset_seconds()});
  }
  const bool ascending =
      std::ranges::adjacent_find(rows, std::ranges::greater_equal{}, &ZoneRow::from) == rows.end();
  const bool sane = std::ranges::all_of(
      rows, [](const ZoneRow& row) { return std::abs(row.offset_seconds) <= 18 * 3600; });
  if (!ascending || !sane || event.founder_public_key()->size() != 32) {
    return fail(ErrorCode::schema_violation, "LedgerCreated: zone or founder_public_key");
  }
  std::copy_n(event.founder_public_key()->begin(), 32, facts.founder_key.bytes.begin());
  facts.zone = CivilZone(std::move(rows));
  return facts;
}

Bytes make_genesis_body(const GenesisFacts& facts,
                        std::string_view timezone,
                        std::string_view tzdata_version) {
  flatbuffers::FlatBufferBuilder builder;
  const auto text = [&builder](std::string_view value) {
    return builder.CreateString(value.data(), value.size());
  };
  std::vector<flatbuffers::Offset<body::ZoneOffset>> rows;
  for (const ZoneRow& row : facts.zone.rows()) {
    rows.push_back(body::CreateZoneOffset(builder, row.from.value, row.offset_seconds));
  }
  const auto zone = builder.CreateVector(rows);
  const auto key =
      builder.CreateVector(facts.founder_key.bytes.data(), facts.founder_key.bytes.size());
  const auto name = text(facts.name);
  const auto origin = text(facts.origin);
  const auto verifier_key = text(facts.verifier_key);
  const auto zone_name = text(timezone);
  const auto founder = text(facts.founder);
  const auto version = text(tzdata_version);
  return finished_body(
      builder,
      body::CreateLedgerCreated(
          builder, name, origin, verifier_key, zone_name, zone, founder, key, version));
}

}  // namespace juanzong
