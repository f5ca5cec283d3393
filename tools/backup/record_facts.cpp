// SPDX-License-Identifier: Apache-2.0
#include "tools/backup/record_facts.h"

#include "events/log/record.h"
#include "events/procedures/body_inspection.h"
#include "events/procedures/catalogue.h"
#include "events/procedures/procedure.h"
#include "events/procedures/succession/succession_generated.h"

#include <algorithm>
#include <string>
#include <utility>

namespace juanzong {
namespace {

bool has_attachment(const TableShape& table) {
  return std::ranges::any_of(table.fields, [](const FieldDescriptor& field) {
    return field.table != nullptr && (field.table->special == TableShape::Special::attachment ||
                                      has_attachment(*field.table));
  });
}

}  // namespace

void RecordFacts::add(const LedgerId& ledger, const RecordScan& record) {
  if (error_) {
    return;
  }
  if (const Outcome added = read(ledger, record); !added) {
    error_ = added.error();
  }
}

Outcome RecordFacts::outcome() const {
  return error_ ? Outcome(fail(*error_)) : Outcome(Done{});
}

Outcome RecordFacts::read(const LedgerId& ledger, const RecordScan& record) {
  const std::string place = "record " + std::to_string(number(record.index));
  const CatalogueEntry* entry = catalogue().find(record.type);
  if (entry == nullptr) {
    return fail(ErrorCode::program_too_old,
                place + ": event " + std::to_string(number(record.type)));
  }
  const bool founding = record.index == RecordIndex{0};
  const bool succession = changes_origin(record.type);
  if (!founding && !succession && !may_name_blobs(entry->descriptor)) {
    return Done{};
  }
  const Result<BodyFacts> facts = inspect_body(entry->descriptor, record.body);
  if (!facts) {
    return fail(ErrorCode::corruption, place + ": its body cannot be read");
  }
  for (const CommitmentField& field : facts->commitments) {
    if (field.is_attachment) {
      blobs_.emplace(field.blob, KeyOwner{ledger, field.subject});
    }
  }
  if (founding) {
    const bool named = entry->descriptor.name == genesis_event;
    Result<GenesisFacts> genesis =
        named ? read_genesis(record.body) : fail(ErrorCode::corruption, std::string(genesis_event));
    if (!genesis) {
      return fail(ErrorCode::corruption, place + ": no founding");
    }
    origins_[ledger].push_back({0, genesis->origin, genesis->verifier_key});
    ledgers_.emplace(ledger, std::move(*genesis));
  }
  if (succession) {
    read_origin(ledger, record);
  }
  return Done{};
}

void RecordFacts::read_origin(const LedgerId& ledger, const RecordScan& record) {
  std::vector<OriginKey>& origins = origins_[ledger];
  const std::uint64_t first = number(record.index) + 1;
  if (record.type == recovery_declared_type) {
    const auto& body = *flatbuffers::GetRoot<body::RecoveryDeclared>(record.body.data());
    origins.back().lost_until = body.known_size();
    origins.push_back(
        {first, std::string(view_of(body.origin())), std::string(view_of(body.verifier_key()))});
  } else {
    const auto& body = *flatbuffers::GetRoot<body::LedgerHandedOver>(record.body.data());
    origins.push_back(
        {first, std::string(view_of(body.origin())), std::string(view_of(body.verifier_key()))});
  }
}

bool RecordFacts::may_name_blobs(const EventDescriptor& event) {
  const auto [found, inserted] = with_attachments_.try_emplace(event.type);
  if (inserted) {
    found->second = has_attachment(*event.body);
  }
  return found->second;
}

}  // namespace juanzong
