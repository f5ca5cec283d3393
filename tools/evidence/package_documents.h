// SPDX-License-Identifier: Apache-2.0
// The documents of a package beside its proofs: renderings, what the system is and went through,
// who made the package and how, and how to check it. Covered by the manifest, so the exporter
// answers for them; nothing is proved by them.
#pragma once

#include "events/model/result.h"

#include "tools/evidence/package_writer.h"
#include "tools/evidence/rendering.h"

#include <map>
#include <string>

namespace juanzong::evidence {

struct ExportFacts {
  std::string command;     // as it was given, without keys and places
  bool on_record = false;  // an EvidenceExported names this package
  KeyId key;
  UnixMicros at;
  std::string program;  // "juanzong 0.1.0"
};

// Adds them to the draft, whose `file` and `disclosed` are there. corruption: record 0 is missing.
[[nodiscard]] Outcome add_documents(const RenderingFacts& rendering,
                                    const ExportFacts& facts,
                                    PackageDraft& draft);

}  // namespace juanzong::evidence
