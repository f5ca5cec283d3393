// SPDX-License-Identifier: Apache-2.0
// A report from its JSON, for programs that got it from a server and show it to people. What a
// reader sees is the same: texts, amounts, order, labels. Dates stay texts.
#pragma once

#include "events/model/result.h"

#include "projections/views/report.h"

#include <string_view>

namespace juanzong {

struct ParsedReport {
  Report report;
  CivilZone zone;  // the offsets that the instants of the report are written with
};

// `text`: to_json(…, Labels::yes). Without labels the keys stand for them. malformed_frame names
// the member that does not fit.
[[nodiscard]] Result<ParsedReport> report_from_json(std::string_view text);

}  // namespace juanzong
