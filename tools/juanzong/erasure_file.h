// SPDX-License-Identifier: Apache-2.0
// The records of one erasure (个人信息删除), from a data directory or a server, and the certificate
// that the person is given: what was decided by whom, what was destroyed, and what was not.
#pragma once

#include "events/log/record.h"
#include "events/model/result.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::cli {

// What the records are read from.
struct ErasureSource {
  std::string origin;
  // Records of a stream, oldest first; empty where there is none.
  std::function<Result<std::vector<Bytes>>(const std::string& stream)> stream;
  // A tlog-proof file for the record.
  std::function<Result<std::string>(RecordIndex index)> prove;
  // Staff behind a key; empty if unknown.
  std::function<Result<std::string>(const KeyId& key)> staff;
};

struct ErasureRecord {
  Bytes bytes;
  RecordView view;  // into `bytes`
  std::vector<std::string> signers;
};

struct ErasureFile {
  std::string id;
  std::string person;
  ErasureRecord requested;
  std::optional<ErasureRecord> erased;
  std::optional<ErasureRecord> completed;
  std::uint64_t openings = 0;
  std::uint64_t blobs = 0;
};

// not_found: no such request.
[[nodiscard]] Result<ErasureFile> read_erasure(const ErasureSource& source, const std::string& id);

// Text in Chinese and English. The erasure must be completed.
[[nodiscard]] std::string certificate_text(const ErasureFile& file, std::string_view origin);

}  // namespace juanzong::cli
