// SPDX-License-Identifier: Apache-2.0
// LogIndex: the derived rows about the log itself: stream heads and blocks, request ids for ever,
// tiles, record types, last index of a day. In-flight rows are held until they are durable
// (generations), so that the next batch is decided on them while the previous one syncs.
#pragma once

#include "crypto/digest.h"

#include "events/log/record.h"
#include "events/model/byte_io.h"
#include "events/model/ids.h"

#include "projections/engine/derived_rows.h"
#include "projections/engine/row_keys.h"
#include "projections/state/text_map.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

struct StreamHead {
  StreamVersion version{0};
  RecordIndex last = no_index;
};

struct RequestEntry {
  RecordIndex first{};
  std::uint16_t count = 0;
  crypto::Digest hash;  // request_hash of the accepted request
};

class LogIndex {
 public:
  // Resumes the tiles at `size` from the durable rows.
  LogIndex(const DerivedRows& durable, LedgerOrdinal ledger, std::uint64_t size);

  [[nodiscard]] StreamHead stream_head(std::string_view stream);
  [[nodiscard]] std::optional<RequestEntry> find_request(const RequestId& id) const;
  // Of a record that has been entered.
  [[nodiscard]] std::optional<EventType> type_of(RecordIndex index) const;

  void append_to_stream(std::string_view stream, RecordIndex index);
  void add_request(const RequestId& id, const RequestEntry& entry);
  // The next record is of this type.
  void append_type(EventType type);
  // A complete subtree of 2^height leaves that the record appended last completes, lowest first;
  // the leaf itself is height 0. Tiles hold those whose height is a multiple of 8.
  void append_subtree(unsigned height, const crypto::Digest& root);
  void set_day(CivilDate day, RecordIndex last);
  // A corrected clock falls from `wrong` to `day`: what was recorded on the days between counts to
  // no day but those before it, so that an index never falls with the day.
  void void_days(CivilDate day, CivilDate wrong);

  // Moves the changed rows of this generation out; they stay readable here until durable().
  void drain(RowBatch& rows, std::uint64_t generation);
  // Rows up to this generation can be read from the durable side now.
  void durable(std::uint64_t generation);

 private:
  struct StreamEntry {
    StreamHead head;
    std::string block;  // indexes of the block that is not full, 8 bytes each
    std::uint64_t generation = 0;
    bool changed = false;
    bool used = false;
  };
  using StreamNode = TextMap<StreamEntry>::value_type;
  struct PendingRequest {
    RequestEntry entry;
    std::uint64_t generation = 0;
  };
  struct TypeBlock {
    std::string types;  // 2 bytes each
    std::uint64_t generation = 0;
    bool changed = false;
  };
  StreamNode& load(std::string_view stream);
  void load_partial_tiles();
  void load_type_block();
  void drain_tiles(RowBatch& rows);
  void drain_types(RowBatch& rows);
  void put_day(RowBatch& rows);

  const DerivedRows& durable_;
  LedgerOrdinal ledger_;
  SweptCache<StreamEntry> streams_;
  std::vector<StreamNode*> changed_streams_;
  std::map<RequestId, PendingRequest> requests_;  // not durable yet
  std::vector<RequestId> new_requests_;
  std::vector<std::vector<crypto::Digest>> partial_tiles_;  // by level
  std::map<std::uint64_t, TypeBlock> type_blocks_;          // by number
  std::uint64_t size_ = 0;
  RowBatch full_rows_;  // tiles and blocks that are complete: they must not wait for drain()
  std::uint64_t generation_ = 1;
  std::optional<std::pair<CivilDate, RecordIndex>> day_;
  ByteWriter value_;  // of the row being written
};

// Rows as values, for readers.
[[nodiscard]] std::optional<RequestEntry> decode_request_entry(std::string_view value);
struct StreamRow {
  StreamHead head;
  std::string_view block;  // indexes of the block that is not full, 8 bytes each
};
[[nodiscard]] std::optional<StreamRow> decode_stream_row(std::string_view value);

}  // namespace juanzong
