// SPDX-License-Identifier: Apache-2.0
// ViewContext: what every view starts from. The moment (last record that counts), the business
// date, the page, and the two mechanisms of as-of: postings up to the index (posting_scan.h), and
// an entity's streams folded up to the index. Without as_of the durable states answer; that both
// agree at the newest index is tested.
#pragma once

#include "events/log/record.h"

#include "projections/state/memory_world.h"
#include "projections/views/query.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct StoredRecord {
  Bytes bytes;  // what `view` points into
  RecordView view;
};

struct ViewMoment {
  AsOf as_of;
  CivilZone zone;
  RecordIndex upto{};      // last record that counts
  bool was_asked = false;  // as_of was given: fold
  CivilDate date;          // business date
};

// A part of a list: at most `limit` rows after the row whose key is `cursor`.
struct Page {
  std::size_t limit = 0;
  std::string cursor;
};

struct PagedKeys {
  std::vector<std::string> keys;
  std::string next;  // cursor of the following page, empty at the end
};
[[nodiscard]] PagedKeys page_of(const std::vector<std::string>& ascending, const Page& page);

class ViewContext {
 public:
  ViewContext(const QuerySource& source, const QueryArguments& arguments, ViewMoment moment);

  [[nodiscard]] const QuerySource& source() const { return source_; }
  [[nodiscard]] const ViewMoment& moment() const { return moment_; }
  [[nodiscard]] const CivilZone& zone() const { return moment_.zone; }
  [[nodiscard]] RecordIndex upto() const { return moment_.upto; }
  [[nodiscard]] CivilDate date() const { return moment_.date; }
  // Empty when it was not given.
  [[nodiscard]] std::string argument(std::string_view name) const;
  [[nodiscard]] Result<std::string> required(std::string_view name) const;
  // The argument "month", else the month of the business date.
  [[nodiscard]] Result<CivilMonth> month() const;
  [[nodiscard]] Result<Page> page() const;

  [[nodiscard]] Result<StoredRecord> record(RecordIndex index) const;
  // Indexes of the stream's records that count, ascending.
  [[nodiscard]] std::vector<RecordIndex> stream(std::string_view name) const;
  // The newest record of that event in the stream.
  [[nodiscard]] Result<std::optional<RecordIndex>> last_event(std::string_view stream,
                                                              std::string_view event) const;
  [[nodiscard]] std::string actor_of(const KeyId& key) const;
  [[nodiscard]] const CatalogueEntry* event_of(const RecordView& record) const;

  // The unit's stream and those of the cases, charges and payments that its records name.
  [[nodiscard]] Result<std::vector<std::string>> unit_streams(std::string_view unit) const;
  // States at the moment: the durable ones, or the streams (and policy, calendar) folded. The
  // pointer is valid until the next call of any of these.
  [[nodiscard]] Result<const World*> unit_world(std::string_view unit) const;
  // The same of a case that may belong to no unit (parking): the unit's if it has one, else that of
  // the case's stream and those its records name.
  [[nodiscard]] Result<const World*> case_world(std::string_view unit,
                                                std::string_view case_stream) const;
  [[nodiscard]] Result<const World*> world_of(const std::vector<std::string>& streams) const;
  // Durable states, whatever the moment: for what can never change, as a deposit's unit.
  [[nodiscard]] const SnapshotWorld& newest() const { return newest_; }
  // Keys of the durable states of a kind, ascending; a superset of those at the moment.
  [[nodiscard]] std::vector<std::string> state_keys(StateKind kind,
                                                    std::string_view key_prefix = {}) const;
  // Those of them whose stream ("deposit:" + key) has a record that counts.
  [[nodiscard]] std::vector<std::string> keys_with_stream(StateKind kind,
                                                          std::string_view prefix) const;

 private:
  [[nodiscard]] Result<std::vector<std::string>> streams_from(const std::string& root) const;
  [[nodiscard]] Result<const World*> world_from(const std::string& root) const;
  [[nodiscard]] bool is_key_of_another(std::string_view stream, std::string_view root) const;
  [[nodiscard]] Result<const World*> fold(const std::vector<std::string>& streams) const;

  const QuerySource& source_;
  const QueryArguments& arguments_;
  ViewMoment moment_;
  SnapshotWorld newest_;
  mutable std::string folded_root_;  // stream that `folded_` grew from; empty: a list of streams
  mutable std::unique_ptr<MemoryWorld> folded_;
};

}  // namespace juanzong
