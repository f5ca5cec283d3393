// SPDX-License-Identifier: Apache-2.0
#include "projections/state/fold.h"

#include "events/model/limits.h"
#include "events/procedures/judgement.h"
#include "events/procedures/parties.h"

#include "projections/state/assigned_codec.h"

#include <boost/container/static_vector.hpp>

#include <algorithm>

namespace juanzong {

namespace {

using StreamNames =
    boost::container::static_vector<std::string_view, limits::streams_per_statement_max>;

StreamNames streams_of(const StatementView& statement) {
  StreamNames streams;
  std::ranges::transform(statement.streams, std::back_inserter(streams), &StreamView::name);
  return streams;
}

}  // namespace

void decide_statement(const CatalogueEntry& entry,
                      const StatementView& statement,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  const StreamNames streams = streams_of(statement);
  decide_event(entry, {statement.body.data(), context, streams}, world, decision);
}

void apply_statement(const CatalogueEntry& entry,
                     const StatementView& statement,
                     const EventContext& context,
                     WorldChange& world) {
  const StreamNames streams = streams_of(statement);
  apply_event(entry, {statement.body.data(), context, streams}, world);
}

Outcome fold_record(const Catalogue& catalogue,
                    const RecordView& record,
                    std::string_view actor,
                    WorldChange& world) {
  const CatalogueEntry* entry = catalogue.find(record.statement.type);
  if (entry == nullptr) {
    return fail(ErrorCode::unknown_event_type, std::to_string(number(record.statement.type)));
  }
  Result<AssignedValues> assigned = decode_assigned(record.assigned);
  if (!assigned) {
    return fail(assigned.error());
  }
  boost::container::static_vector<KeyId, limits::signatures_per_request_max> signers;
  std::ranges::transform(record.signatures, std::back_inserter(signers), &RequestSignature::key_id);
  EventContext context;
  context.index = record.index;
  context.request_first = RecordIndex{number(record.index) - record.statement_number};
  context.recorded_at = record.recorded_at;
  context.occurred_at = record.statement.occurred_at;
  context.today = world.zone().date_of(record.recorded_at);
  context.back_entry = record.statement.back_entry != BackEntry::none;
  context.signers = signers;
  context.receipt_no = assigned->receipt_no;
  context.actor = actor;
  if (const auto* staff = world.find<StaffState>(actor)) {
    context.roles = staff->roles;
  }
  apply_statement(*entry, record.statement, context, world);
  return Done{};
}

Outcome fold_streams(const Catalogue& catalogue,
                     const RecordReader& reader,
                     const std::vector<std::string>& streams,
                     RecordIndex upto,
                     const std::function<std::string(const KeyId&)>& actor_of,
                     WorldChange& world) {
  std::vector<RecordIndex> indexes;
  for (const std::string& stream : streams) {
    std::ranges::copy(reader.stream(stream), std::back_inserter(indexes));
  }
  std::ranges::sort(indexes);
  const auto repeats = std::ranges::unique(indexes);
  indexes.erase(repeats.begin(), repeats.end());
  for (const RecordIndex index : indexes) {
    if (index > upto) {
      break;
    }
    const Result<Bytes> bytes = reader.record(index);
    const Result<RecordView> record =
        bytes ? parse_record(*bytes) : Result<RecordView>(fail(bytes.error()));
    if (!record) {
      return fail(record.error());
    }
    const Outcome folded = fold_record(catalogue, *record, actor_of(record->header.key_id), world);
    if (!folded) {
      return folded;
    }
  }
  return Done{};
}

}  // namespace juanzong
