// SPDX-License-Identifier: Apache-2.0
// docs/PROCEDURES.md: the reference of all procedures, written from the catalogue, so that it says
// what the program does. Of the tree only the rule tests are read, for the file that provokes each
// rule; everything else is in the binary.
#pragma once

#include "events/procedures/catalogue.h"

#include "projections/views/query.h"

#include "tools/catalogue/quoted_names.h"

#include <string>
#include <vector>

namespace juanzong {

struct DocumentSources {
  const Catalogue& catalogue;
  const std::vector<ViewInfo>& views;
  const QuotedNames& tests;  // of tests/events/procedures
};

// Markdown; the same text for the same program and tests.
[[nodiscard]] std::string procedures_document(const DocumentSources& sources);

}  // namespace juanzong
