// SPDX-License-Identifier: Apache-2.0
#include "server/pipeline/eraser.h"

#include "events/log/record.h"
#include "events/model/thread_name.h"
#include "events/procedures/body_inspection.h"
#include "events/procedures/finished_body.h"
#include "events/procedures/personal_data/personal_data_generated.h"

#include "projections/engine/row_keys.h"
#include "projections/state/ledger_list.h"
#include "projections/state/snapshot_world.h"

#include "server/data/ledger_snapshot.h"

#include <utility>

namespace juanzong {
namespace {

constexpr std::size_t page_records = 1'000;

OwnStatement completed_statement(std::string_view id,
                                 const ErasureState& erasure,
                                 std::uint64_t openings,
                                 std::uint64_t blobs) {
  flatbuffers::FlatBufferBuilder builder;
  const auto erasure_id = builder.CreateString(id);
  const auto person = builder.CreateString(erasure.person);
  const auto erased = body::CreateRecordRef(builder, number(*erasure.erased));
  return {"ErasureCompleted",
          finished_body(
              builder,
              body::CreateErasureCompleted(builder, erasure_id, person, erased, openings, blobs))};
}

// An id stands in a body as its 32 digits, so most records are passed over without a look inside.
Outcome add_traces(const Bytes& record,
                   const PersonId& person,
                   std::string_view digits,
                   PersonTraces& traces) {
  if (text_of(ByteView(record)).find(digits) == std::string_view::npos) {
    return Done{};
  }
  const Result<RecordView> view = parse_record(record);
  if (!view) {
    return fail(view.error());
  }
  const CatalogueEntry* entry = catalogue().find(view->statement.type);
  if (entry == nullptr) {
    return fail(ErrorCode::unknown_event_type, std::to_string(number(view->statement.type)));
  }
  const Result<BodyFacts> facts = inspect_body(entry->descriptor, view->statement.body);
  if (!facts) {
    return fail(facts.error());
  }
  for (const CommitmentField& field : facts->commitments) {
    if (field.subject == person) {
      ++traces.openings;
      if (field.is_attachment) {
        traces.blobs.insert(field.blob);
      }
    }
  }
  return Done{};
}

}  // namespace

Result<PersonTraces> find_traces(const DerivedRows& rows,
                                 const Journal& journal,
                                 LedgerOrdinal ledger,
                                 const PersonId& person,
                                 const std::atomic<bool>& interrupted) {
  const std::string digits = hex_of(person.bytes);
  PersonTraces traces;
  for (std::uint64_t next = 0;;) {
    if (interrupted) {
      return fail(ErrorCode::not_found, "interrupted");
    }
    // A snapshot a page: publishing waits while one lives.
    const Result<LedgerSnapshot> at = LedgerSnapshot::take(rows, journal, ledger);
    if (!at) {
      return fail(at.error());
    }
    const Result<std::vector<Bytes>> page = at->reader().records(RecordIndex{next}, page_records);
    if (!page) {
      return fail(page.error());
    }
    for (const Bytes& record : *page) {
      if (const Outcome added = add_traces(record, person, digits, traces); !added) {
        return fail(added.error());
      }
    }
    next += page->size();
    if (page->empty() || next >= at->head().size()) {
      return traces;
    }
  }
}

Eraser::Eraser(Parts parts) : parts_(std::move(parts)) {
  repeat_completed();
  thread_ = std::thread([this] { run(); });
}

void Eraser::repeat_completed() {
  std::vector<Name> revived;
  {
    const DerivedRows::Snapshot rows(parts_.rows);
    for (const LedgerEntry& entry : list_ledgers(rows)) {
      const SnapshotWorld world(rows, entry.ordinal, catalogue(), entry.head.zone);
      const RowKey prefix = state_key(entry.ordinal, ErasureState::kind, "");
      rows.scan(prefix, end_of_prefix(prefix), [&](std::string_view key, std::string_view) {
        const std::string id(key.substr(prefix.size()));
        const auto erasure = world.get<ErasureState>(id);
        const auto person = hex16(erasure.person);
        if (person && erasure.completed && parts_.keys.find({entry.head.id, PersonId{*person}})) {
          revived.emplace_back(entry.ordinal, id);
        }
        return true;
      });
    }
  }
  for (const Name& name : revived) {
    static_cast<void>(carry_out(name));  // it reports its failure; the next start tries again
  }
}

Eraser::~Eraser() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Eraser::ask(LedgerOrdinal ledger, std::string_view erasure_id) {
  {
    const std::lock_guard lock(mutex_);
    if (asked_ || std::chrono::steady_clock::now() < not_before_) {
      return;
    }
    asked_.emplace(ledger, erasure_id);
  }
  wake_.notify_one();
}

std::optional<OwnStatement> Eraser::take(LedgerOrdinal ledger, std::string_view erasure_id) {
  const std::lock_guard lock(mutex_);
  const auto found = done_.find({ledger, std::string(erasure_id)});
  if (found == done_.end()) {
    return std::nullopt;
  }
  std::optional<OwnStatement> statement(std::move(found->second));
  done_.erase(found);
  return statement;
}

void Eraser::run() {
  name_this_thread("jz-eraser");
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || asked_.has_value(); });
    if (stopping_) {
      return;
    }
    const Name name = *asked_;
    lock.unlock();
    Result<std::optional<OwnStatement>> statement = carry_out(name);
    lock.lock();
    asked_.reset();
    if (!statement) {
      not_before_ = std::chrono::steady_clock::now() + parts_.patience;
    } else if (*statement) {
      done_.insert_or_assign(name, **std::move(statement));
    }
  }
}

// Of the files that records name; those that are not this person's stay and are not counted.
Result<std::uint64_t> Eraser::delete_blobs(const KeyOwner& owner, const std::set<BlobId>& blobs) {
  std::uint64_t gone = 0;
  const auto key = parts_.keys.find(owner);
  for (const BlobId& blob : blobs) {
    if (key && parts_.blobs.opens(blob, *key)) {
      if (const Outcome removed = parts_.blobs.remove(blob); !removed) {
        return fail(removed.error());
      }
    }
    gone += parts_.blobs.has(blob) ? 0 : 1;
  }
  return gone;
}

Result<OwnStatement> Eraser::destroy(LedgerOrdinal ledger,
                                     const KeyOwner& owner,
                                     std::string_view id,
                                     const ErasureState& erasure) {
  const Result<PersonTraces> traces =
      find_traces(parts_.rows, parts_.journal, ledger, owner.person, stopping_);
  if (!traces) {
    return fail(traces.error());
  }
  const Result<std::uint64_t> deleted = delete_blobs(owner, traces->blobs);
  if (!deleted) {
    return fail(deleted.error());
  }
  if (const Outcome destroyed = parts_.keys.erase(owner); !destroyed) {
    return fail(destroyed.error());
  }
  return completed_statement(id, erasure, traces->openings, *deleted);
}

Result<std::optional<OwnStatement>> Eraser::carry_out(const Name& name) {
  const auto& [ledger, id] = name;
  ErasureState erasure;
  LedgerHead head;
  {
    const Result<LedgerSnapshot> at = LedgerSnapshot::take(parts_.rows, parts_.journal, ledger);
    if (!at) {
      return fail(at.error());
    }
    erasure = SnapshotWorld(at->rows(), ledger, catalogue(), at->head().zone).get<ErasureState>(id);
    head = at->head();
  }
  const auto person = hex16(erasure.person);
  if (!person || !erasure.erased) {
    return std::optional<OwnStatement>();
  }
  Result<OwnStatement> done = destroy(ledger, {head.id, PersonId{*person}}, id, erasure);
  if (!done) {
    if (!stopping_) {
      parts_.on_failure(head.name, to_text(done.error()));
    }
    return fail(done.error());
  }
  return std::optional<OwnStatement>(std::move(*done));
}

}  // namespace juanzong
