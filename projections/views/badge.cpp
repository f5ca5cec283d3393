// SPDX-License-Identifier: Apache-2.0
// R19, traceability by badge (工作牌追溯): who carries a badge, in which roles and with which keys,
// what he appended and what he signed. No index leads from a person to his records; they are found
// by going through the ledger from the day he was registered, a bounded number a page.
#include "crypto/hex.h"

#include "events/procedures/parties.h"
#include "events/procedures/registry/registry_generated.h"
#include "events/procedures/traceability/traceability_generated.h"

#include "projections/views/labels.h"
#include "projections/views/signature_status.h"
#include "projections/views/signature_table.h"
#include "projections/views/views.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace juanzong {
namespace {

// Records that one page goes through at the most, found or not.
constexpr std::uint64_t scanned_records_max = 20'000;
constexpr std::size_t block_records = 256;

struct Person {
  std::string staff;
  StaffState state;
  std::vector<RecordIndex> stream;  // of the records about him
  std::set<KeyId> keys;
};

// The badge names one person for ever, also after he got another.
Result<std::string> staff_asked_for(const ViewContext& context) {
  const std::string person = context.argument("person");
  const std::string badge = context.argument("badge");
  if (person.empty() == badge.empty()) {
    return fail(ErrorCode::query_invalid, "badge, person");
  }
  return badge.empty() ? person : context.newest().get<BadgeState>(badge).staff;
}

Result<Person> person_of(const ViewContext& context) {
  const Result<std::string> staff = staff_asked_for(context);
  if (!staff) {
    return fail(staff.error());
  }
  Person person;
  person.staff = *staff;
  const std::string stream = "staff:" + person.staff;
  person.stream = context.stream(stream);
  if (person.staff.empty() || person.stream.empty()) {
    return fail(ErrorCode::not_found, "badge");
  }
  const Result<const World*> world = context.world_of({stream});
  if (!world) {
    return fail(world.error());
  }
  person.state = (*world)->get<StaffState>(person.staff);
  for (const std::string& key : context.state_keys(StateKind::actor_key)) {
    const auto id = crypto::digest_from_hex(key);
    if (id && context.newest().get<ActorKeyState>(key).staff == person.staff) {
      person.keys.insert(KeyId{id->bytes});
    }
  }
  return person;
}

std::string roles_zh(RoleSet roles) {
  std::string text;
  for (std::size_t i = 0; i < role_count; ++i) {
    if (const auto role = static_cast<Role>(i); roles.has(role)) {
      text.append(text.empty() ? "" : "、").append(zh_of(role));
    }
  }
  return text;
}

struct History {
  TableBuilder roles{
      "role_history", "岗位变更", {{"at", "登记时间"}, {"event", "事项"}, {"roles", "岗位"}}};
  TableBuilder badges{
      "badges", "工作牌", {{"badge_no", "工作牌号"}, {"from", "起用"}, {"to", "有效至"}}};
};

void add_roles(History& history,
               const RecordView& record,
               const CatalogueEntry& entry,
               const flatbuffers::String* codes) {
  const RoleSet roles = roles_from_codes(view_of(codes)).value_or(RoleSet{});
  history.roles.row()
      .add(record.recorded_at, {record.index})
      .add(event_label(&entry))
      .add(cell_code(view_of(codes), roles_zh(roles)));
}

void add_history(History& history, const CatalogueEntry& entry, const RecordView& record) {
  const std::uint8_t* bytes = record.statement.body.data();
  if (entry.descriptor.name == "StaffRegistered") {
    const auto& body = *flatbuffers::GetRoot<body::StaffRegistered>(bytes);
    add_roles(history, record, entry, body.roles());
    history.badges.row().add(cell_text(view_of(body.badge_no())), {record.index}).add({}).add({});
  } else if (entry.descriptor.name == "StaffRoleChanged") {
    const auto& body = *flatbuffers::GetRoot<body::StaffRoleChanged>(bytes);
    add_roles(history, record, entry, body.roles());
  } else if (entry.descriptor.name == "WorkBadgeIssued") {
    const auto& body = *flatbuffers::GetRoot<body::WorkBadgeIssued>(bytes);
    history.badges.row()
        .add(cell_text(view_of(body.badge_no())), {record.index})
        .add(cell_maybe(date_of(body.from())))
        .add(cell_maybe(date_of(body.to())));
  }
}

Result<History> history_of(const ViewContext& context, const Person& person) {
  History history;
  for (const RecordIndex index : person.stream) {
    const Result<StoredRecord> stored = context.record(index);
    if (!stored) {
      return fail(stored.error());
    }
    if (const CatalogueEntry* entry = context.event_of(stored->view); entry != nullptr) {
      add_history(history, *entry, stored->view);
    }
  }
  return history;
}

ReportTable keys_of(const ViewContext& context, const Person& person) {
  TableBuilder table("keys",
                     "密钥",
                     {{"key_id", "密钥"},
                      {"registered", "登记记录"},
                      {"revoked", "停用自"},
                      {"requests", "请求数"}});
  for (const KeyId& id : person.keys) {
    const std::string key = crypto::hex_encode(id.view());
    const auto state = context.newest().get<ActorKeyState>(key);
    if (state.registered > context.upto()) {
      continue;
    }
    const bool revoked = state.revoked && *state.revoked <= context.upto();
    table.row()
        .add(cell_text(key))
        .add(cell_index(state.registered), {state.registered})
        .add(revoked ? cell_index(*state.revoked) : CellValue())
        .add(context.moment().was_asked ? CellValue()
                                        : CellValue(static_cast<std::int64_t>(state.key_seq)));
  }
  return table.take();
}

std::string streams_of(const RecordView& record) {
  std::string text;
  for (const StreamView& stream : record.statement.streams) {
    text.append(text.empty() ? "" : " ").append(stream.name);
  }
  return text;
}

class Search {
 public:
  Search(const ViewContext& context, const Person& person) : context_(context), person_(person) {}

  // From `first` on; `next` is the cursor of the page that follows.
  Outcome run(RecordIndex first, std::size_t limit, std::string& next) {
    const std::uint64_t end =
        std::min(number(first) + scanned_records_max, number(context_.upto()) + 1);
    for (std::uint64_t at = number(first); at < end;) {
      const std::size_t count = std::min<std::uint64_t>(block_records, end - at);
      const auto block = context_.source().records.records(RecordIndex{at}, count);
      if (!block || block->empty()) {
        return fail(block ? Error{ErrorCode::corruption, "records end early"} : block.error());
      }
      for (const Bytes& bytes : *block) {
        const Result<RecordView> record = parse_record(bytes);
        if (!record) {
          return fail(record.error());
        }
        look_at(*record);
        if (rows_ >= limit) {
          next = number(record->index) < number(context_.upto()) ? cursor(record->index) : "";
          return Done{};
        }
      }
      at += block->size();
    }
    next = end <= number(context_.upto()) ? cursor(RecordIndex{end - 1}) : "";
    return Done{};
  }

  [[nodiscard]] ReportTable records() { return records_.take(); }
  [[nodiscard]] ReportTable signatures() { return signatures_.take(); }

 private:
  static std::string cursor(RecordIndex index) { return std::to_string(number(index)); }

  void look_at(const RecordView& record) {
    const CatalogueEntry* entry = context_.event_of(record);
    const bool is_actor = person_.keys.contains(record.header.key_id);
    const bool is_second = std::ranges::any_of(record.signatures, [this](const auto& signature) {
      return person_.keys.contains(signature.key_id);
    });
    if (is_actor || is_second) {
      ++rows_;
      records_.row()
          .add(cell_index(record.index), {record.index})
          .add(record.recorded_at)
          .add(event_label(entry))
          .add(cell_text(streams_of(record)))
          .add(is_actor ? cell_code("ACTOR", "经手") : cell_code("SECOND", "会签"));
    }
    const SignatureList* list = signatures_of(entry, record);
    for (std::uint32_t i = 0; list != nullptr && i < list->size(); ++i) {
      const body::SignatureBlock& block = *list->Get(i);
      if (view_of(block.signer()) == person_.staff) {
        add_signature(record, entry, i, cell_code("SIGNER", "签名人"));
      } else if (view_of(block.witness()) == person_.staff) {
        add_signature(record, entry, i, cell_code("WITNESS", "见证人"));
      }
    }
  }

  void add_signature(const RecordView& record,
                     const CatalogueEntry* entry,
                     std::uint32_t place,
                     CellValue part) {
    const body::SignatureBlock& block = *signatures_of(entry, record)->Get(place);
    ++rows_;
    signatures_.row()
        .add(cell_index(record.index), {record.index})
        .add(event_label(entry))
        .add(cell_text(streams_of(record)))
        .add(std::move(part))
        .add(capacity_label(static_cast<std::uint8_t>(block.capacity()),
                            view_of(block.staff_role())))
        .add(signing_label(static_cast<std::uint8_t>(block.method())))
        .add(cell_maybe(parse_instant(view_of(block.signed_at()))))
        .add(signature_status(context_, {record.index, place}));
  }

  const ViewContext& context_;
  const Person& person_;
  std::size_t rows_ = 0;
  TableBuilder records_{"appended",
                        "经办记录",
                        {{"index", "序号"},
                         {"recorded_at", "登记时间"},
                         {"event", "事项"},
                         {"streams", "案卷"},
                         {"part", "经手或会签"}}};
  TableBuilder signatures_{"signatures",
                           "签名",
                           {{"index", "序号"},
                            {"event", "事项"},
                            {"streams", "案卷"},
                            {"part", "签名或见证"},
                            {"capacity", "身份"},
                            {"method", "方式"},
                            {"signed_at", "签名时间"},
                            {"status", "效力"}}};
};

Result<RecordIndex> first_record(const Person& person, const std::string& cursor) {
  if (cursor.empty()) {
    return person.stream.front();
  }
  std::uint64_t last = 0;
  const char* end = cursor.data() + cursor.size();
  const auto [stop, error] = std::from_chars(cursor.data(), end, last);
  if (error != std::errc{} || stop != end || last >= number(no_index) - 1) {
    return fail(ErrorCode::query_invalid, "cursor");
  }
  return std::max(person.stream.front(), RecordIndex{last + 1});
}

}  // namespace

Result<Report> view_badge(const ViewContext& context) {
  const Result<Page> page = context.page();
  const Result<Person> person = page ? person_of(context) : fail(page.error());
  if (!person) {
    return fail(person.error());
  }
  const Result<RecordIndex> first = first_record(*person, page->cursor);
  Result<History> history = history_of(context, *person);
  if (!first || !history) {
    return fail(first ? history.error() : first.error());
  }
  Search search(context, *person);
  std::string next;
  if (const Outcome found = search.run(*first, page->limit, next); !found) {
    return fail(found.error());
  }
  const StaffState& state = person->state;
  ReportBuilder out(context);
  out.fact("staff", "员工", cell_text(person->staff), {person->stream.front()})
      .fact("badge_no", "工作牌号", cell_text(state.badge_no))
      .fact("department", "部门", cell_text(state.department))
      .fact("roles", "岗位", cell_code(to_text(state.roles), roles_zh(state.roles)))
      .table(history->roles)
      .table(history->badges)
      .table(keys_of(context, *person))
      .table(search.records())
      .table(search.signatures())
      .next(std::move(next));
  return out.take();
}

}  // namespace juanzong
