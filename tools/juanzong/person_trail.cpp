// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/person_trail.h"

#include "crypto/hex.h"

#include "events/model/byte_io.h"
#include "events/procedures/body_inspection.h"
#include "events/procedures/personal_data/personal_data.h"
#include "events/vault/sealed_opening.h"

#include "tools/terminal/progress_bar.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace juanzong::cli {
namespace {

constexpr std::size_t page_records = 1'000;

// nullopt: the person does not stand in it.
Result<std::optional<TrailEntry>> entry_of(const OfflineLedger& ledger,
                                           const Bytes& bytes,
                                           const PersonId& person,
                                           const OpenField& open_field) {
  if (text_of(ByteView(bytes)).find(hex_of(person.bytes)) == std::string_view::npos) {
    return std::optional<TrailEntry>();
  }
  const Result<RecordView> record = parse_record(bytes);
  if (!record) {
    return fail(record.error());
  }
  const CatalogueEntry* type = catalogue().find(record->statement.type);
  if (type == nullptr) {
    return fail(ErrorCode::unknown_event_type, std::to_string(number(record->statement.type)));
  }
  const Result<BodyFacts> facts = inspect_body(type->descriptor, record->statement.body);
  if (!facts) {
    return fail(facts.error());
  }
  TrailEntry entry{record->index,
                   record->recorded_at,
                   type->descriptor.name,
                   type->descriptor.zh,
                   ledger.actor_of(record->header.key_id),
                   {},
                   {}};
  for (const StreamView& stream : record->statement.streams) {
    entry.streams.emplace_back(stream.name);
  }
  for (const CommitmentField& field : facts->commitments) {
    if (field.subject == person) {
      entry.values.push_back(
          {field.path, field.is_attachment, open_field(record->index, field.path)});
    }
  }
  return std::optional<TrailEntry>(std::move(entry));
}

// The value of an attachment is digest ‖ length ‖ media type.
std::string shown(const TrailValue& value, bool erased) {
  if (!value.value) {
    return erased ? "已删除 / erased" : "未开启 / sealed";
  }
  if (!value.is_attachment) {
    return std::string(text_of(ByteView(*value.value)));
  }
  ByteReader in(*value.value);
  const crypto::Digest digest = in.take_digest();
  const auto bytes = in.take<std::uint64_t>();
  const ByteView media = in.take_view(value.value->size() - in.position());
  return "附件 attachment " + std::string(text_of(media)) + ", " + std::to_string(bytes) +
         " bytes, SHA-256 " + crypto::hex_encode(digest.view());
}

}  // namespace

Result<PersonTrail> read_trail(const OfflineLedger& ledger,
                               const PersonId& person,
                               const OpenField& open_field) {
  const LedgerHead& head = ledger.head();
  const SnapshotWorld world(ledger.rows(), ledger.ordinal(), catalogue(), head.zone);
  PersonTrail trail;
  trail.person = hex_of(person.bytes);
  trail.origin = head.origin;
  trail.erased = is_erased(world, trail.person);
  trail.restricted = is_restricted(world, trail.person);
  terminal::ProgressBar bar("读取 reading", head.size());
  for (std::uint64_t next = 0; next < head.size();) {
    const Result<std::vector<Bytes>> page =
        ledger.reader().records(RecordIndex{next}, page_records);
    if (!page) {
      return fail(page.error());
    }
    for (const Bytes& bytes : *page) {
      Result<std::optional<TrailEntry>> entry = entry_of(ledger, bytes, person, open_field);
      if (!entry) {
        return fail(entry.error());
      }
      if (*entry) {
        trail.entries.push_back(**std::move(entry));
      }
    }
    next += page->size();
    bar.update(next);
  }
  return trail;
}

Result<OpenField> offline_open_field(const OfflineLedger& ledger) {
  Result<crypto::SecretKey> kek = read_secret_key(ledger.paths().keys / "vault.kek");
  if (!kek) {
    return fail(kek.error());
  }
  Result<std::unique_ptr<PersonKeys>> opened =
      PersonKeys::open(ledger.paths().person_keys, *std::move(kek));
  if (!opened) {
    return fail(opened.error());
  }
  const std::shared_ptr<const PersonKeys> keys = *std::move(opened);
  return OpenField([&ledger, keys](RecordIndex index,
                                   std::string_view path) -> std::optional<Bytes> {
    const Result<std::vector<SealedOpening>> openings = ledger.reader().openings(index);
    if (!openings) {
      return std::nullopt;
    }
    const auto found = std::ranges::find(*openings, path, &SealedOpening::path);
    const auto key =
        found == openings->end() ? std::nullopt : keys->find({ledger.head().id, found->subject});
    if (!key) {
      return std::nullopt;
    }
    auto value =
        open_opening(*key, {ledger.head().id, index, found->subject, found->path}, found->sealed);
    return value ? std::optional<Bytes>(std::move(value->value)) : std::nullopt;
  });
}

std::string trail_text(const PersonTrail& trail, const CivilZone& zone) {
  std::string text = "个人信息副本 / What is recorded about a person\n\n卷宗 ledger " +
                     trail.origin + "\n个人 person " + trail.person + "\n";
  text += trail.erased ? "状态 state 已删除 / erased\n" : "";
  text += trail.restricted ? "状态 state 受限 / restricted\n" : "";
  text += "记录 records " + std::to_string(trail.entries.size()) + "\n";
  for (const TrailEntry& entry : trail.entries) {
    text += "\n" + std::to_string(number(entry.index)) + "  " + zone.to_text(entry.recorded_at) +
            "  " + entry.zh + " " + entry.event + "\n  登记人 entered by " + entry.actor +
            "\n  案卷 streams";
    for (const std::string& stream : entry.streams) {
      text += " " + stream;
    }
    text += "\n";
    for (const TrailValue& value : entry.values) {
      text += "  " + value.path + ": " + shown(value, trail.erased) + "\n";
    }
  }
  return text;
}

boost::json::object trail_json(const PersonTrail& trail) {
  boost::json::array records;
  for (const TrailEntry& entry : trail.entries) {
    boost::json::object values;
    for (const TrailValue& value : entry.values) {
      values[value.path] = value.value ? boost::json::value(shown(value, trail.erased)) : nullptr;
    }
    records.push_back(boost::json::object{
        {"index", number(entry.index)},
        {"recorded_at", to_rfc3339(entry.recorded_at)},
        {"event", entry.event},
        {"zh", entry.zh},
        {"actor", entry.actor},
        {"streams", boost::json::array(entry.streams.begin(), entry.streams.end())},
        {"values", std::move(values)}});
  }
  return {{"ledger", trail.origin},
          {"person", trail.person},
          {"erased", trail.erased},
          {"restricted", trail.restricted},
          {"records", std::move(records)}};
}

}  // namespace juanzong::cli
