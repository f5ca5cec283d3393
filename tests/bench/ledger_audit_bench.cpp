// SPDX-License-Identifier: Apache-2.0
// Records audited per second of a real ledger on disk: ledger_audit_bench [requests] [statements].
// Signed requests of UnitRegistered, as a data directory and as an export; each with and without
// signatures, and deep.
#include "tests/tools/audit_ledger.h"

#include <cstdio>
#include <cstdlib>
#include <span>

namespace juanzong::testing {
namespace {

void measure(const char* name,
             const std::filesystem::path& folder,
             const std::vector<std::string>& options) {
  double best = 0;
  for (int round = 0; round < 3; ++round) {
    const Audited audited = audit(folder, options);
    if (audited.exit_code != 0) {
      std::fprintf(stderr, "%s: exit %d\n", name, audited.exit_code);
      return;
    }
    best = std::max(best,
                    audited.json.at("records").to_number<double>() /
                        audited.json.at("seconds").to_number<double>());
  }
  std::printf("%-28s best of 3: %10.0f records/s\n", name, best);
}

int run(int requests, int statements) {
  TestLedger ledger;
  TestActor& arc = ledger.actor("ARC");
  int unit = 0;
  for (int i = 0; i < requests; ++i) {
    std::vector<TestStatement> list;
    for (int n = 0; n < statements; ++n) {
      list.push_back({"UnitRegistered", unit_body(unit++), {}});
    }
    static_cast<void>(ledger.append(arc, list));
  }
  const TemporaryFolder folder;
  write_data(ledger, folder.path() / "data");
  export_records(records_of(ledger), folder.path() / "export");
  std::printf("%d requests of %d statements\n", requests, statements);
  measure("data, no signatures", folder.path() / "data", {"--no-signatures"});
  measure("data, signatures", folder.path() / "data", {});
  measure("data, deep", folder.path() / "data", {"--deep"});
  measure("export, no signatures", folder.path() / "export", {"--no-signatures"});
  measure("export, deep", folder.path() / "export", {"--deep"});
  return 0;
}

}  // namespace
}  // namespace juanzong::testing

int main(int count, char** values) {
  const std::span<char*> arguments(values, static_cast<std::size_t>(count));
  const auto number_at = [&](std::size_t i, int otherwise) {
    return arguments.size() > i ? static_cast<int>(std::strtol(arguments[i], nullptr, 10))
                                : otherwise;
  };
  return juanzong::testing::run(number_at(1, 2'000), number_at(2, 100));
}
