// SPDX-License-Identifier: Apache-2.0
// LedgerService, personal data: attachments into the vault, they and openings back from it.
#include "crypto/sha256.h"

#include "events/log/commitment.h"
#include "events/log/record.h"
#include "events/model/byte_io.h"
#include "events/model/limits.h"
#include "events/procedures/body_inspection.h"
#include "events/procedures/personal_data/personal_data.h"
#include "events/vault/sealed_opening.h"

#include "projections/views/looks.h"

#include "server/pipeline/ledger_service.h"

#include <algorithm>

namespace juanzong {
namespace {

// ID copies, forms, scans: the archivist's, and the heads' who sign on them.
RoleSet attachment_readers() {
  return *roles_from_codes("ARC CSM PM CL");
}

// The attachment that stands at this path of the record.
Result<CommitmentField> find_attachment(const RecordView& record, std::string_view path) {
  const CatalogueEntry* entry = catalogue().find(record.statement.type);
  if (entry == nullptr) {
    return fail(ErrorCode::unknown_event_type, std::to_string(number(record.statement.type)));
  }
  const Result<BodyFacts> facts = inspect_body(entry->descriptor, record.statement.body);
  if (!facts) {
    return fail(facts.error());
  }
  const auto field = std::ranges::find(facts->commitments, path, &CommitmentField::path);
  if (field == facts->commitments.end() || !field->is_attachment) {
    return fail(ErrorCode::not_found, "no attachment at " + std::string(path));
  }
  return *field;
}

// The part from the offset on, of a content that is what was committed to.
Result<AttachmentSlice> slice_of(const Bytes& content, ByteView committed, std::uint64_t offset) {
  ByteReader in(committed);
  const crypto::Digest digest = in.take_digest();
  const auto length = in.take<std::uint64_t>();
  AttachmentSlice slice;
  slice.media_type = text_of(in.take_view(committed.size() - in.position()));
  slice.total = content.size();
  if (!in.ok() || length != content.size() || crypto::sha256(content) != digest) {
    return fail(ErrorCode::corruption, "the file is not the one that was committed to");
  }
  const std::size_t from = std::min<std::size_t>(offset, content.size());
  const std::size_t count = std::min(content.size() - from, limits::blob_chunk_bytes);
  slice.bytes.assign(content.begin() + static_cast<std::ptrdiff_t>(from),
                     content.begin() + static_cast<std::ptrdiff_t>(from + count));
  return slice;
}

// Of a look that was put on record, or was not; the rule that refused it says why.
Outcome outcome_of(const AppendResult& result) {
  if (const auto* error = std::get_if<Error>(&result)) {
    return fail(*error);
  }
  const auto* refused = std::get_if<RefusedRequest>(&result);
  if (refused == nullptr) {
    return Done{};
  }
  const Refusal& refusal = refused->refusals.front();
  std::string why = refusal.rule;
  why.append(": ").append(refusal.zh).append(" / ").append(refusal.en);
  return fail(ErrorCode::not_permitted, why);
}

}  // namespace

PersonDataState LedgerService::state_of(LedgerOrdinal ledger, const PersonId& person) const {
  const DerivedRows::Snapshot rows(parts_.data.rows());
  return SnapshotWorld(rows, ledger, catalogue(), CivilZone())
      .get<PersonDataState>(hex_of(person.bytes));
}

Outcome LedgerService::attach(const Principal& who,
                              const BlobId& blob,
                              const PersonId& subject,
                              ByteView content) {
  if (who.roles.has(Role::aud)) {
    return fail(ErrorCode::not_permitted, "auditors append nothing");
  }
  if (state_of(who.ordinal, subject).erased) {
    return fail(ErrorCode::not_permitted, std::string(erased_person));
  }
  PersonKeys& keys = parts_.data.person_keys();
  if (const Outcome ensured = keys.ensure(who.ledger_id, {subject}); !ensured) {
    return ensured;
  }
  const auto key = keys.find({who.ledger_id, subject});
  if (!key) {
    return fail(ErrorCode::not_found, "subject");
  }
  return parts_.data.blobs().store(blob, *key, content);
}

std::optional<LedgerService::OpenedField> LedgerService::open_field(const LedgerSnapshot& at,
                                                                    RecordIndex index,
                                                                    std::string_view path) const {
  const Result<std::vector<SealedOpening>> openings = at.reader().openings(index);
  if (!openings) {
    return std::nullopt;
  }
  const auto found = std::ranges::find(*openings, path, &SealedOpening::path);
  if (found == openings->end()) {
    return std::nullopt;
  }
  const SnapshotWorld world(at.rows(), at.ordinal(), catalogue(), at.head().zone);
  const auto key = parts_.data.person_keys().find({at.head().id, found->subject});
  if (!key || is_restricted(world, hex_of(found->subject.bytes))) {
    return std::nullopt;
  }
  const OpeningPlace place{at.head().id, index, found->subject, found->path};
  auto opened = open_opening(*key, place, found->sealed);
  return opened ? std::optional(OpenedField{found->subject, std::move(opened->value)})
                : std::nullopt;
}

Result<AttachmentSlice> LedgerService::read_attachment(const Principal& who,
                                                       const AttachmentPlace& wanted,
                                                       Look& look) const {
  if (!who.roles.intersects(attachment_readers())) {
    return fail(ErrorCode::not_permitted, "attachments: ARC CSM PM CL");
  }
  const Result<LedgerSnapshot> at = snapshot(who.ordinal);
  if (!at) {
    return fail(at.error());
  }
  const Result<Bytes> bytes = at->reader().record(wanted.index);
  const Result<RecordView> record =
      bytes ? parse_record(*bytes) : Result<RecordView>(fail(bytes.error()));
  if (!record) {
    return fail(record.error());
  }
  const Result<CommitmentField> field = find_attachment(*record, wanted.path);
  if (!field) {
    return fail(field.error());
  }
  const std::optional<OpenedField> opened = open_field(*at, wanted.index, wanted.path);
  const auto key = parts_.data.person_keys().find({at->head().id, field->subject});
  if (key && state_of(who.ordinal, field->subject).restricted) {
    return fail(ErrorCode::not_permitted,
                "个人信息限制处理 / processing of this person is restricted");
  }
  if (!opened || !key) {
    return fail(ErrorCode::not_found, "已删除 / erased");
  }
  const Result<Bytes> content = parts_.data.blobs().load(field->blob, *key);
  if (!content) {
    return fail(content.error());
  }
  look = look_at_attachment(who.staff, *record, *field, wanted.view_id);
  return slice_of(*content, opened->value, wanted.offset);
}

void LedgerService::attachment(const Principal& who,
                               const AttachmentPlace& place,
                               AttachmentDone done) {
  Look look;
  Result<AttachmentSlice> slice = read_attachment(who, place, look);
  const UnixMicros now = parts_.clock.now();
  const RecentLooks::Look recent{who.key_id, place.index, place.path, place.view_id};
  if (!slice || recent_looks_.has(recent, now)) {
    done(std::move(slice));
    return;
  }
  if (!writer_->has_own_key(who.ledger)) {
    done(fail(ErrorCode::not_permitted, "the server has no key to put the look on record"));
    return;
  }
  put_on_record(who, look, [this, recent, now, slice, done](const Outcome& noted) {
    if (noted) {
      recent_looks_.add(recent, now);
    }
    done(noted ? slice : Result<AttachmentSlice>(fail(noted.error())));
  });
}

void LedgerService::put_on_record(const Principal& who,
                                  const Look& look,
                                  std::function<void(Outcome)> shown) {
  WriteTask task;
  task.ledger = who.ledger;
  task.own = look_statements(look);
  task.done = [shown](const AppendResult& result) { shown(outcome_of(result)); };
  if (!writer_->push(task)) {
    shown(fail(writer_->stopped() ? ErrorCode::writes_stopped : ErrorCode::busy, ""));
  }
}

}  // namespace juanzong
