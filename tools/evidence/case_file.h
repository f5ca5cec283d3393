// SPDX-License-Identifier: Apache-2.0
// Case file of an evidence package (证据包): streams with all their records up to a day close,
// proved under one checkpoint. `proof.txt` holds everything but the records' bytes, which are files
// of their own (docs/FORMATS.md, section 13).
//
//   "juanzong/evidence-proof@v1\n"
//   "close " index "\n"
//   "stream " name " " position " " version " " last "\n"   hex(hash) "\n" …   the case, then
//   others "record " index "\n"                                    hex(hash) "\n" …   ascending
//   "since " size "\n"                                      hex(hash) "\n" …   may be left out
#pragma once

#include "crypto/byte_view.h"
#include "crypto/digest.h"

#include "events/log/record.h"
#include "events/log/stream_proof.h"
#include "events/model/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::evidence {

// A stream's entry in the stream-heads tree of the day close.
struct ListedStream {
  std::string name;
  std::uint64_t position = 0;
  StreamVersion version{0};
  RecordIndex last{};
  std::vector<crypto::Digest> path;  // to streams_root
  bool operator==(const ListedStream&) const = default;
};

struct ListedRecord {
  Bytes bytes;                       // not in the text
  std::vector<crypto::Digest> path;  // to the checkpoint's root
  bool operator==(const ListedRecord&) const = default;
};

// From the checkpoint that the holder brought to the package's.
struct Growth {
  std::uint64_t old_size = 0;
  std::vector<crypto::Digest> hashes;
  bool operator==(const Growth&) const = default;
};

struct CaseFile {
  RecordIndex close{};
  std::vector<ListedStream> streams;  // the first is the case
  std::map<RecordIndex, ListedRecord> records;
  std::optional<Growth> since;
  std::string note;  // the checkpoint; not in the text
};

[[nodiscard]] std::string proof_text(const CaseFile& file);
// Without bytes and note. malformed_request names the line. Accepts exactly what proof_text()
// writes of a file with a stream and a record.
[[nodiscard]] Result<CaseFile> parse_proof_text(std::string_view text);

// The link that a record has in a stream; nullopt: it does not stand there.
[[nodiscard]] std::optional<StreamLink> link_in(const RecordView& record, std::string_view stream);

// The stream's records, head and close as `juanzong verify` takes them.
[[nodiscard]] StreamProof stream_proof_of(const CaseFile& file, const ListedStream& stream);

}  // namespace juanzong::evidence
