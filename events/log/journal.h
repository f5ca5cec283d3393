// SPDX-License-Identifier: Apache-2.0
// Journal: where frames become durable. Embedded it is RocksDB (storage/rocksdb_journal.h); a
// distributed journal keeps the same frames. One writer appends; `unknown` is an outcome like the
// others: the frame may or may not be stored, and only resolve() tells.
#pragma once

#include "crypto/digest.h"

#include "events/log/frame.h"
#include "events/model/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace juanzong {

struct JournalHead {
  std::uint64_t next_position = 0;
  crypto::Digest tip;  // of the newest frame; zero before the first
  bool operator==(const JournalHead&) const = default;
};

enum class AppendOutcome : std::uint8_t {
  ok,           // durable
  conflict,     // the head is another: nothing was stored
  fenced,       // a newer epoch writes: nothing was stored, and never will be by us
  unknown,      // may be stored: resolve() before anything else
  unavailable,  // not stored; may be tried again
};

// Frames in order, each exactly once, without gaps. Lives shorter than its journal. Checks header,
// position, link and chunk count; check_frame() checks the records.
class JournalCursor {
 public:
  virtual ~JournalCursor() = default;
  // nullopt at the end of what is durable now; corruption if a frame is damaged or out of order.
  [[nodiscard]] virtual Result<std::optional<Frame>> next() = 0;
};

class Journal {
 public:
  Journal() = default;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  virtual ~Journal() = default;

  [[nodiscard]] virtual JournalHead head() const = 0;
  // Called by one thread. The frame's position and prev_tip must be those of head().
  [[nodiscard]] virtual AppendOutcome append(const Frame& frame) = 0;
  // After `unknown`: settles whether the frame is stored, and answers the durable head.
  [[nodiscard]] virtual Result<JournalHead> resolve(const Frame& frame) = 0;
  // Safe beside append(), from any thread.
  [[nodiscard]] virtual std::unique_ptr<JournalCursor> tail(std::uint64_t from_position) const = 0;
  // One chunk of one frame; not_found if there is none.
  [[nodiscard]] virtual Result<Bytes> chunk(std::uint64_t position, std::uint16_t chunk) const = 0;
};

}  // namespace juanzong
