// SPDX-License-Identifier: Apache-2.0
// LedgerService, reading: records for those who read the log, views for those who read reports.
#include "server/pipeline/ledger_service.h"

#include <boost/json.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace juanzong {
namespace {

// Who may read the log as a log; it holds amounts and cases, though no personal data.
RoleSet log_readers() {
  return *roles_from_codes("CSA CSM PS PM CAS ARC FIN CL MDM QD MR AUD SYS ADM");
}

Result<QueryArguments> parse_arguments(std::string_view text) {
  boost::json::error_code error;
  const boost::json::value value = boost::json::parse({text.data(), text.size()}, error);
  if (error || !value.is_object()) {
    return fail(ErrorCode::query_invalid, "arguments: JSON object expected");
  }
  QueryArguments arguments;
  for (const auto& [key, item] : value.get_object()) {
    if (!item.is_string()) {
      return fail(ErrorCode::query_invalid, std::string(key) + ": text expected");
    }
    arguments.emplace(std::string(key), std::string(item.get_string()));
  }
  return arguments;
}

// "labels":"1" asks how the report is written, not what it says: no view sees it.
Labels take_labels(QueryArguments& arguments) {
  const auto found = arguments.find("labels");
  if (found == arguments.end() || found->second != "1") {
    return Labels::no;
  }
  arguments.erase(found);
  return Labels::yes;
}

}  // namespace

Result<LedgerSnapshot> LedgerService::log_of(const Principal& who) const {
  return who.roles.intersects(log_readers())
             ? snapshot(who.ordinal)
             : Result<LedgerSnapshot>(fail(ErrorCode::not_permitted, "reading the log"));
}

Result<RecordPage> LedgerService::read_records(const Principal& who,
                                               RecordIndex from,
                                               std::size_t count) const {
  const Result<LedgerSnapshot> at = log_of(who);
  if (!at) {
    return fail(at.error());
  }
  Result<std::vector<Bytes>> records = at->reader().records(from, count);
  if (!records) {
    return fail(records.error());
  }
  RecordPage page;
  page.tree_size = at->head().size();
  page.next = number(from) + records->size();
  page.records = std::move(*records);
  return page;
}

Result<RecordPage> LedgerService::read_stream(const Principal& who,
                                              std::string_view stream,
                                              StreamVersion from,
                                              std::size_t count) const {
  const Result<LedgerSnapshot> at = log_of(who);
  if (!at) {
    return fail(at.error());
  }
  RecordPage page;
  page.tree_size = at->head().size();
  const std::vector<RecordIndex> indexes = at->reader().stream(stream);
  page.stream_version = indexes.size();
  page.next = std::max<std::uint64_t>(number(from), 1);
  while (page.next <= indexes.size() && page.records.size() < count) {
    Result<Bytes> record = at->reader().record(indexes[page.next - 1]);
    if (!record) {
      return fail(record.error());
    }
    page.records.push_back(std::move(*record));
    ++page.next;
  }
  return page;
}

Result<LedgerService::Answer> LedgerService::answer(const Principal& who,
                                                    std::string_view view,
                                                    std::string_view arguments,
                                                    QueryArguments& parsed) const {
  Result<QueryArguments> read = parse_arguments(arguments);
  if (!read) {
    return fail(read.error());
  }
  parsed = std::move(*read);
  const Labels labels = take_labels(parsed);
  const Result<LedgerSnapshot> at = snapshot(who.ordinal);
  if (!at) {
    return fail(at.error());
  }
  std::map<std::pair<RecordIndex, std::string>, PersonId> subjects;
  const OpenField open = [&](RecordIndex index, std::string_view path) {
    std::optional<OpenedField> opened = open_field(*at, index, path);
    if (opened) {
      subjects[{index, std::string(path)}] = opened->subject;
    }
    return opened ? std::optional<Bytes>(std::move(opened->value)) : std::nullopt;
  };
  std::vector<ShownValue> shown;
  // A server without a key of its own cannot put a look on record, so it shows nothing in full.
  const bool can_record = writer_->has_own_key(who.ledger);
  const QuerySource source{at->rows(),
                           at->reader(),
                           catalogue(),
                           who.ordinal,
                           who.ledger,
                           who.roles,
                           open,
                           parts_.clock.now(),
                           can_record ? &shown : nullptr};
  const Result<Report> report = run_query(source, view, parsed);
  if (!report) {
    return fail(report.error());
  }
  Answer answer{to_json(*report, at->head().zone, labels), {}};
  for (const ShownValue& each : shown) {
    answer.seen.push_back({subjects.at({each.record, each.path}), each.item});
  }
  return answer;
}

void LedgerService::query(const Principal& who,
                          std::string_view view,
                          std::string_view arguments,
                          QueryDone done) {
  Look look{who.staff, std::string(view), {}, {}};
  Result<Answer> found = answer(who, view, arguments, look.arguments);
  if (!found || found->seen.empty()) {
    done(found ? Result<std::string>(std::move(found->json)) : fail(found.error()));
    return;
  }
  look.seen = std::move(found->seen);
  put_on_record(
      who, look, [json = std::move(found->json), done = std::move(done)](const Outcome& noted) {
        done(noted ? Result<std::string>(json) : fail(noted.error()));
      });
}

}  // namespace juanzong
