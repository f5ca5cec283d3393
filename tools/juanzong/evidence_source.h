// SPDX-License-Identifier: Apache-2.0
// Where an evidence package comes from: a data directory, or a server. Both answer a case file
// whose streams are all proved under one checkpoint.
#pragma once

#include "events/model/result.h"

#include "tools/evidence/case_file.h"
#include "tools/juanzong/offline_ledger.h"
#include "tools/juanzong/server_options.h"

#include <string>

namespace juanzong::cli {

struct EvidenceWish {
  std::string stream;
  std::string staff;
  KeyId key;
  std::string since_note;  // empty: no growth is shown
  std::string checkpoint;  // a note to rest on, of files only; empty: a new one
};

// bad_signature, corruption: a note is not of this log, or not of this history.
[[nodiscard]] Result<evidence::CaseFile> case_of_files(const OfflineLedger& ledger,
                                                       const EvidenceWish& wish);
// busy: the log closed days faster than they could be asked for.
[[nodiscard]] Result<evidence::CaseFile> case_of_server(Client& client, const EvidenceWish& wish);

}  // namespace juanzong::cli
