// SPDX-License-Identifier: Apache-2.0
// The package for people: rendering.html, to be printed, with no script and nothing loaded from
// elsewhere, and rendering.txt. Made from the records' bytes; what proves something is those.
#pragma once

#include "events/model/civil_time.h"

#include "tools/evidence/case_file.h"
#include "tools/evidence/openings_file.h"

#include <string>
#include <vector>

namespace juanzong::evidence {

struct RenderingFacts {
  std::string origin;
  std::uint64_t size = 0;  // of the checkpoint
  CivilDate day;           // complete up to its end
  CivilZone zone;
  std::string exporter;
  UnixMicros exported_at;
};

struct Rendering {
  std::string html;
  std::string text;
};

// The zone is that of record 0, which stands in the file's stream `ledger`.
[[nodiscard]] Result<CivilZone> zone_of(const CaseFile& file);
[[nodiscard]] Rendering render(const CaseFile& file,
                               const std::vector<DisclosedField>& disclosed,
                               const RenderingFacts& facts);

}  // namespace juanzong::evidence
