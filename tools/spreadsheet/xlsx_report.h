// SPDX-License-Identifier: Apache-2.0
// A report as a workbook (XLSX): the summary of sheets.h and one sheet for each table, under a
// heading row that stays in sight. Equal reports make equal bytes: the workbook is dated as the
// last record that counts.
#pragma once

#include "crypto/byte_view.h"

#include "events/model/civil_time.h"
#include "events/model/result.h"

#include "projections/views/report.h"

namespace juanzong::spreadsheet {

// Amounts are numbers in yuan, dates (also texts that read as one) days, instants days and times of
// the ledger's zone; other texts are always texts, so nothing runs. What the format's numbers
// cannot hold (amounts and counts from 10^15, days before 1900-03-01) is written as text.
// limit_exceeded: a table has more rows, or a text more characters, than the format takes;
// environment: the library failed.
[[nodiscard]] Result<Bytes> xlsx_report(const Report& report, const CivilZone& zone);

}  // namespace juanzong::spreadsheet
