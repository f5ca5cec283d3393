// SPDX-License-Identifier: Apache-2.0
// What of a case's personal data an operator discloses in an evidence package made from the data
// directory: which fields, opened from the vault, and the files of attachments among them.
#pragma once

#include "events/model/result.h"

#include "tools/evidence/case_file.h"
#include "tools/evidence/openings_file.h"
#include "tools/juanzong/offline_ledger.h"

#include <string>
#include <vector>

namespace juanzong::cli {

struct Disclosure {
  std::vector<evidence::DisclosedField> fields;  // ascending
  std::vector<Bytes> attachments;
};

// `wanted`: "INDEX:PATH" one field, "PATH" that field of every record of the case, "person:ID" all
// of that person in the case. not_found names one that opens nothing: unknown, or erased.
[[nodiscard]] Result<Disclosure> disclose(const OfflineLedger& ledger,
                                          const evidence::CaseFile& file,
                                          const std::vector<std::string>& wanted,
                                          bool with_attachments);

}  // namespace juanzong::cli
