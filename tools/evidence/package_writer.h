// SPDX-License-Identifier: Apache-2.0
// Writing an evidence package: a case file with what is disclosed of it becomes files, under a
// manifest that the exporter signs. The same input gives the same bytes.
#pragma once

#include "crypto/signature.h"

#include "events/model/result.h"

#include "tools/evidence/case_file.h"
#include "tools/evidence/manifest.h"
#include "tools/evidence/openings_file.h"

#include <map>
#include <string>
#include <vector>

namespace juanzong::evidence {

struct PackageDraft {
  CaseFile file;
  std::string staff;                      // who exports
  std::vector<DisclosedField> disclosed;  // ascending
  std::vector<Bytes> attachments;         // contents of disclosed attachments
  std::string since_note;                 // with file.since
  Bytes time_stamp;                       // DER; empty: none
  Bytes time_stamp_chain;                 // PEM
  // Documents beside the proofs: name → text.
  std::map<std::string, std::string> documents;
};

// corruption if the file's own records do not hold the key of a signature.
[[nodiscard]] Result<PackageFiles> write_package(const PackageDraft& draft,
                                                 const crypto::PrivateKey& key);

}  // namespace juanzong::evidence
