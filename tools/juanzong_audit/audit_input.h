// SPDX-License-Identifier: Apache-2.0
// What is audited: a data directory (its journal, read-only) or an export. Gives the records of a
// ledger as often as they are needed.
#pragma once

#include "events/log/anchor.h"
#include "events/log/journal.h"
#include "events/log/journal_source.h"
#include "events/model/result.h"

#include "tools/export/export_reader.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::audit {

class AuditInput {
 public:
  // environment: neither a data directory nor an export, or it cannot be opened.
  [[nodiscard]] static Result<std::unique_ptr<AuditInput>> open(
      const std::filesystem::path& folder);

  [[nodiscard]] bool is_export() const { return export_.has_value(); }
  [[nodiscard]] const ExportReader& reader() const { return *export_; }
  // nullptr for an export.
  [[nodiscard]] const Journal* journal() const { return journal_.get(); }
  // The text of the verifier key that lies in the folder itself, of this origin's log in a data
  // directory; empty if there is none.
  [[nodiscard]] std::string own_key(std::string_view origin) const;
  // How many records to expect of the ledger (nullopt: the first), for a progress bar; 0: unknown,
  // also where the newest frame is all of others.
  [[nodiscard]] std::uint64_t expected_records(std::optional<LedgerId> ledger) const;
  // Whether the journal holds what the anchor saw. Done for an export.
  [[nodiscard]] Outcome check_anchor() const;

 private:
  AuditInput() = default;
  [[nodiscard]] Outcome open_data();

  std::filesystem::path folder_;
  std::unique_ptr<Journal> journal_;
  std::optional<ExportReader> export_;
  std::vector<std::string> own_keys_;  // one a ledger
};

}  // namespace juanzong::audit
