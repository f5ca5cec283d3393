// SPDX-License-Identifier: Apache-2.0
#include "projections/views/view_context.h"

#include "crypto/hex.h"

#include "events/procedures/calendar.h"
#include "events/procedures/key_custody.h"
#include "events/procedures/parties.h"
#include "events/procedures/policy.h"

#include "projections/state/fold.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace juanzong {
namespace {

constexpr std::size_t page_rows_default = 100;
constexpr std::size_t page_rows_max = 1'000;

// Streams of the own affairs of a unit or case; what they contain changes no other.
constexpr std::array<std::string_view, 10> own_prefixes{"charge:",
                                                        "deco:",
                                                        "deposit:",
                                                        "key:",
                                                        "parking:",
                                                        "payment:",
                                                        "slip:",
                                                        "temporary:",
                                                        "tenancy:",
                                                        "transfer:"};
constexpr std::string_view key_streams = "key:";
constexpr std::string_view unit_prefix = "unit:";

bool is_own(std::string_view stream) {
  return std::ranges::any_of(
      own_prefixes, [stream](std::string_view prefix) { return stream.starts_with(prefix); });
}

}  // namespace

PagedKeys page_of(const std::vector<std::string>& ascending, const Page& page) {
  PagedKeys part;
  auto at =
      page.cursor.empty() ? ascending.begin() : std::ranges::upper_bound(ascending, page.cursor);
  for (; at != ascending.end(); ++at) {
    if (part.keys.size() == page.limit) {
      part.next = part.keys.back();
      break;
    }
    part.keys.push_back(*at);
  }
  return part;
}

ViewContext::ViewContext(const QuerySource& source,
                         const QueryArguments& arguments,
                         ViewMoment moment)
    : source_(source),
      arguments_(arguments),
      moment_(std::move(moment)),
      newest_(source.rows, source.ledger, source.catalogue, moment_.zone) {}

std::string ViewContext::argument(std::string_view name) const {
  const auto found = arguments_.find(name);
  return found == arguments_.end() ? std::string() : found->second;
}

Result<std::string> ViewContext::required(std::string_view name) const {
  std::string value = argument(name);
  if (value.empty()) {
    return fail(ErrorCode::query_invalid, std::string(name));
  }
  return value;
}

Result<CivilMonth> ViewContext::month() const {
  const std::string text = argument("month");
  const auto month = text.empty() ? month_of(date()) : parse_month(text);
  return month ? Result<CivilMonth>(*month) : fail(ErrorCode::query_invalid, "month");
}

Result<Page> ViewContext::page() const {
  Page page{page_rows_default, argument("cursor")};
  const std::string limit = argument("limit");
  if (!limit.empty()) {
    const char* last = limit.data() + limit.size();
    const auto [end, error] = std::from_chars(limit.data(), last, page.limit);
    if (error != std::errc{} || end != last || page.limit == 0 || page.limit > page_rows_max) {
      return fail(ErrorCode::query_invalid, "limit");
    }
  }
  return page;
}

Result<StoredRecord> ViewContext::record(RecordIndex index) const {
  Result<Bytes> bytes = source_.records.record(index);
  if (!bytes) {
    return fail(bytes.error());
  }
  StoredRecord stored{*std::move(bytes), {}};
  Result<RecordView> view = parse_record(stored.bytes);
  if (!view) {
    return fail(view.error());
  }
  stored.view = *std::move(view);
  return stored;
}

std::vector<RecordIndex> ViewContext::stream(std::string_view name) const {
  std::vector<RecordIndex> indexes = source_.records.stream(name);
  indexes.erase(std::ranges::upper_bound(indexes, moment_.upto), indexes.end());
  return indexes;
}

Result<std::optional<RecordIndex>> ViewContext::last_event(std::string_view stream_name,
                                                           std::string_view event) const {
  const CatalogueEntry* wanted = source_.catalogue.find(event);
  const std::vector<RecordIndex> indexes = stream(stream_name);
  for (auto index = indexes.rbegin(); index != indexes.rend(); ++index) {
    const Result<StoredRecord> stored = record(*index);
    if (!stored) {
      return fail(stored.error());
    }
    if (event_of(stored->view) == wanted) {
      return std::optional<RecordIndex>(*index);
    }
  }
  return std::optional<RecordIndex>();
}

std::string ViewContext::actor_of(const KeyId& key) const {
  return newest_.get<ActorKeyState>(crypto::hex_encode(key.view())).staff;
}

const CatalogueEntry* ViewContext::event_of(const RecordView& record) const {
  return source_.catalogue.find(record.statement.type);
}

// A delivery names keys of several units. The unit of a key never changes.
bool ViewContext::is_key_of_another(std::string_view stream, std::string_view root) const {
  return stream.starts_with(key_streams) && root.starts_with(unit_prefix) &&
         newest_.get<KeyState>(stream.substr(key_streams.size())).unit !=
             root.substr(unit_prefix.size());
}

Result<std::vector<std::string>> ViewContext::unit_streams(std::string_view unit) const {
  return streams_from("unit:" + std::string(unit));
}

Result<const World*> ViewContext::unit_world(std::string_view unit) const {
  return world_from("unit:" + std::string(unit));
}

Result<const World*> ViewContext::case_world(std::string_view unit,
                                             std::string_view case_stream) const {
  return unit.empty() ? world_from(std::string(case_stream)) : unit_world(unit);
}

Result<std::vector<std::string>> ViewContext::streams_from(const std::string& root) const {
  std::set<std::string> named;
  for (const RecordIndex index : stream(root)) {
    const Result<StoredRecord> stored = record(index);
    if (!stored) {
      return fail(stored.error());
    }
    for (const StreamView& each : stored->view.statement.streams) {
      if (is_own(each.name) && each.name != root && !is_key_of_another(each.name, root)) {
        named.emplace(each.name);
      }
    }
  }
  std::vector<std::string> streams{root};
  streams.insert(streams.end(), named.begin(), named.end());
  return streams;
}

Result<const World*> ViewContext::world_from(const std::string& root) const {
  if (!moment_.was_asked) {
    return static_cast<const World*>(&newest_);
  }
  if (folded_ && folded_root_ == root) {
    return static_cast<const World*>(folded_.get());
  }
  const Result<std::vector<std::string>> streams = streams_from(root);
  if (!streams) {
    return fail(streams.error());
  }
  Result<const World*> world = fold(*streams);
  folded_root_ = root;
  return world;
}

Result<const World*> ViewContext::world_of(const std::vector<std::string>& streams) const {
  if (!moment_.was_asked) {
    return static_cast<const World*>(&newest_);
  }
  folded_root_.clear();
  return fold(streams);
}

Result<const World*> ViewContext::fold(const std::vector<std::string>& streams) const {
  std::vector<std::string> all = streams;
  all.emplace_back(policy_key);
  all.emplace_back(calendar_key);
  folded_ = std::make_unique<MemoryWorld>(moment_.zone);
  const Outcome folded = fold_streams(
      source_.catalogue,
      source_.records,
      all,
      moment_.upto,
      [this](const KeyId& key) { return actor_of(key); },
      *folded_);
  if (!folded) {
    folded_.reset();
    return fail(folded.error());
  }
  return static_cast<const World*>(folded_.get());
}

std::vector<std::string> ViewContext::state_keys(StateKind kind,
                                                 std::string_view key_prefix) const {
  std::vector<std::string> keys;
  const RowKey prefix = state_key(source_.ledger, kind, key_prefix);
  source_.rows.scan(
      prefix, end_of_prefix(prefix), [&](std::string_view key, std::string_view /*value*/) {
        keys.emplace_back(std::string(key_prefix).append(key.substr(prefix.size())));
        return true;
      });
  return keys;
}

std::vector<std::string> ViewContext::keys_with_stream(StateKind kind,
                                                       std::string_view prefix) const {
  std::vector<std::string> keys = state_keys(kind);
  if (moment_.was_asked) {
    std::erase_if(
        keys, [&](const std::string& key) { return stream(std::string(prefix) + key).empty(); });
  }
  return keys;
}

}  // namespace juanzong
