// SPDX-License-Identifier: Apache-2.0
#include "projections/state/ledger_set.h"

#include "events/model/byte_io.h"
#include "events/model/check.h"

#include "projections/engine/row_keys.h"

namespace juanzong {
namespace {

// Records folded between two publishes while catching up.
constexpr std::size_t catch_up_batch_records = 20'000;

// Raised when tables, keys or encodings of derived rows change: older rows are then rebuilt.
constexpr std::uint32_t rows_format = 6;
// Of rows that no program takes: a ledger stopped while they were caught up.
constexpr std::uint32_t rows_to_rebuild = UINT32_MAX;

struct Position {
  std::uint64_t next = 0;
  crypto::Digest tip;
};

// nullopt: the rows are of another format than this program's.
std::optional<Position> read_position(const DerivedRows& rows) {
  const auto row = rows.get(position_key());
  if (!row) {
    return Position{};
  }
  ByteReader in(bytes_of(*row));
  Position position;
  position.next = in.take<std::uint64_t>();
  position.tip = in.take_digest();
  const bool own_format = in.take<std::uint32_t>() == rows_format;
  return in.finished() && own_format ? std::optional<Position>(position) : std::nullopt;
}

std::string position_row(const Position& position, std::uint32_t format) {
  ByteWriter out;
  out.put(position.next).put(position.tip).put(format);
  return std::string(text_of(out.view()));
}

}  // namespace

bool rows_fit(const DerivedRows& rows, const Journal& journal) {
  const std::optional<Position> position = read_position(rows);
  if (!position) {
    return false;
  }
  const JournalHead head = journal.head();
  if (position->next >= head.next_position) {
    return position->next == head.next_position && position->tip == head.tip;
  }
  const auto next = journal.tail(position->next)->next();
  // A frame that cannot be read is not the rows' fault: catching up will say so.
  return !next || !*next || (*next)->head.prev_tip == position->tip;
}

LedgerSet::LedgerSet(DerivedRows& rows, const Catalogue& catalogue)
    : rows_(rows), catalogue_(catalogue) {
  const std::optional<Position> position = read_position(rows);
  check(position.has_value(), "rows of another format are rebuilt before they are used");
  next_position_ = position->next;
  tip_ = position->tip;
  const RowKey prefix = KeyBuilder(Table::ledger_head).take();
  const DerivedRows::Snapshot snapshot(rows);
  std::vector<LedgerHead> heads;
  snapshot.scan(prefix, end_of_prefix(prefix), [&heads](std::string_view, std::string_view value) {
    auto head = decode_ledger_head(value);
    check(head.has_value(), "a derived ledger head decodes");
    heads.push_back(*std::move(head));
    return true;
  });
  for (LedgerHead& head : heads) {
    const auto ordinal = LedgerOrdinal{static_cast<std::uint16_t>(machines_.size())};
    const LedgerId id = head.id;
    machines_.emplace(id,
                      std::make_unique<LedgerMachine>(rows_, ordinal, catalogue_, std::move(head)));
  }
}

LedgerMachine& LedgerSet::create(const LedgerId& id) {
  LedgerHead head;
  head.id = id;
  const auto ordinal = LedgerOrdinal{static_cast<std::uint16_t>(machines_.size())};
  const auto [added, is_new] = machines_.emplace(
      id, std::make_unique<LedgerMachine>(rows_, ordinal, catalogue_, std::move(head)));
  check(is_new, "a ledger is created once");
  return *added->second;
}

LedgerMachine& LedgerSet::machine_of(const LedgerId& id) {
  const auto found = machines_.find(id);
  return found == machines_.end() ? create(id) : *found->second;
}

LedgerMachine* LedgerSet::find(std::string_view name) {
  for (const auto& [id, machine] : machines_) {
    if (machine->head().name == name) {
      return machine.get();
    }
  }
  return nullptr;
}

std::vector<const LedgerMachine*> LedgerSet::all() const {
  std::vector<const LedgerMachine*> list;
  for (const auto& [id, machine] : machines_) {
    list.push_back(machine.get());
  }
  return list;
}

std::vector<LedgerMachine*> LedgerSet::running() {
  std::vector<LedgerMachine*> list;
  for (const auto& [id, machine] : machines_) {
    if (!is_stopped(*machine)) {
      list.push_back(machine.get());
    }
  }
  return list;
}

std::optional<UnixMicros> LedgerSet::newest_recorded_at() const {
  std::optional<UnixMicros> newest;
  for (const auto& [id, machine] : machines_) {
    const LedgerHead& head = machine->head();
    if (head.size() > 0 && (!newest || head.last_recorded_at > *newest)) {
      newest = head.last_recorded_at;
    }
  }
  return newest;
}

void LedgerSet::locate(const Frame& frame, RowBatch& rows) const {
  for (const BatchHead& batch : frame.batches) {
    const LedgerOrdinal ordinal = machines_.at(batch.ledger)->ordinal();
    const std::size_t records_end = std::size_t{batch.first_chunk} + batch.record_chunks;
    for (std::size_t chunk = batch.first_chunk; chunk < records_end; ++chunk) {
      const Result<RecordChunk> records = parse_record_chunk(frame.chunks[chunk]);
      check(records.has_value(), "a sealed record chunk parses");
      rows.put(locator_key(ordinal, records->first), locator_value(frame.head.position, chunk));
    }
    for (std::size_t chunk = records_end; chunk < records_end + batch.opening_chunks; ++chunk) {
      const Result<OpeningChunk> openings = parse_opening_chunk(frame.chunks[chunk]);
      check(openings.has_value(), "a sealed opening chunk parses");
      for (const SealedOpening& opening : openings->openings) {
        rows.put(openings_key(ordinal, opening.index), locator_value(frame.head.position, chunk));
      }
    }
  }
}

// The rows of a ledger that stopped stay as they are: its machine may have half a record in it.
void LedgerSet::drain_machines(RowBatch& rows, std::uint64_t generation) {
  for (LedgerMachine* machine : running()) {
    machine->drain(rows, generation);
  }
}

void LedgerSet::put_position(RowBatch& rows) const {
  const std::uint32_t format = broken_.empty() ? rows_format : rows_to_rebuild;
  rows.put(position_key(), position_row({next_position_, tip_}, format));
}

RowBatch LedgerSet::drain(const Frame& frame, std::uint64_t generation) {
  RowBatch rows;
  drain_machines(rows, generation);
  locate(frame, rows);
  next_position_ = frame.head.position + 1;
  tip_ = frame.tip;
  put_position(rows);
  return rows;
}

void LedgerSet::durable(std::uint64_t generation) {
  for (const auto& [id, machine] : machines_) {
    machine->durable(generation);
  }
}

Outcome LedgerSet::fold(const Frame& frame, std::uint64_t& records) {
  if (frame.head.prev_tip != tip_) {
    return at_frame(frame.head.position, {ErrorCode::corruption, "prev_tip"});
  }
  for (const BatchHead& batch : frame.batches) {
    LedgerMachine& machine = machine_of(batch.ledger);
    if (is_stopped(machine)) {
      continue;
    }
    const RuleScope scope;
    try {
      if (Outcome folded = fold_batch(frame, batch, machine, records); !folded) {
        return folded;
      }
    } catch (const BrokenInvariant& broken) {
      stop(machine);
      broken_.emplace(machine.head().name, broken.what());
    }
  }
  return Done{};
}

Outcome LedgerSet::fold_batch(const Frame& frame,
                              const BatchHead& batch,
                              LedgerMachine& machine,
                              std::uint64_t& records) {
  const std::size_t end = std::size_t{batch.first_chunk} + batch.record_chunks;
  for (std::size_t chunk = batch.first_chunk; chunk < end; ++chunk) {
    const Result<RecordChunk> parsed = parse_record_chunk(frame.chunks[chunk]);
    if (!parsed) {
      return at_frame(frame.head.position, parsed.error());
    }
    for (const ByteView bytes : parsed->records) {
      const Result<RecordView> record = parse_record(bytes);
      const Outcome folded = record ? machine.replay(*record) : Outcome(fail(record.error()));
      if (!folded) {
        return at_frame(frame.head.position, folded.error());
      }
      ++records;
    }
  }
  const bool same =
      machine.head().size() == batch.tree_size && machine.head().tree.root() == batch.root;
  return same ? Outcome(Done{}) : at_frame(frame.head.position, {ErrorCode::corruption, "root"});
}

Outcome LedgerSet::catch_up(const Journal& journal,
                            const Progress& progress,
                            const Published& published) {
  const auto cursor = journal.tail(next_position_);
  std::uint64_t records = 0;
  std::uint64_t since_publish = 0;
  RowBatch rows;
  const auto publish = [&] {
    rows_.publish(std::move(rows), since_publish);
    rows = {};
    since_publish = 0;
    published();
    durable(next_position_);
    progress(records);
  };
  while (true) {
    Result<std::optional<Frame>> frame = cursor->next();
    if (!frame) {
      return fail(frame.error());
    }
    if (!frame->has_value()) {
      break;
    }
    const std::uint64_t before = records;
    if (const Outcome folded = fold(**frame, records); !folded) {
      return folded;
    }
    since_publish += records - before;
    // The locator rows belong to each frame; the state rows are drained once a batch.
    locate(**frame, rows);
    next_position_ = (*frame)->head.position + 1;
    tip_ = (*frame)->tip;
    if (since_publish >= catch_up_batch_records) {
      drain_machines(rows, next_position_);
      put_position(rows);
      publish();
    }
  }
  drain_machines(rows, next_position_);
  put_position(rows);
  publish();
  return Done{};
}

}  // namespace juanzong
