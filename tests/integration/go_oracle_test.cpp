// SPDX-License-Identifier: Apache-2.0
// An export is verified by a program that shares no code with us (verify_export.go).
#include "tests/tools/audit_ledger.h"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace juanzong::testing {
namespace {

constexpr const char* packages = "/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog";

struct GoRun {
  int status = -1;
  std::string output;
};

GoRun verify_with_go(const std::filesystem::path& folder) {
  const std::string command =
      "HOME=${HOME:-/tmp} GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS= go run " +
      std::string(JUANZONG_SOURCE_DIR) + "/tests/integration/verify_export.go '" + folder.string() +
      "' 2>&1";
  GoRun run;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) {
    return run;
  }
  std::array<char, 512> buffer{};
  while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe) != nullptr) {
    run.output += buffer.data();
  }
  run.status = ::pclose(pipe);
  return run;
}

TEST(GoOracle, VerifiesAnExportAndRefusesAnAlteredOne) {
  if (std::system("command -v go >/dev/null 2>&1") != 0 || !std::filesystem::exists(packages)) {
    GTEST_SKIP() << "skipped: golang-go or golang-golang-x-mod-dev is not installed";
  }
  TestLedger ledger;
  for (int i = 0; i < 600; ++i) {
    ledger.must_append("ARC", "UnitRegistered", unit_body(i));
  }
  const TemporaryFolder folder;
  const std::filesystem::path out = folder.path() / "export";
  export_records(records_of(ledger), out);
  const GoRun good = verify_with_go(out);
  EXPECT_EQ(good.status, 0) << good.output;
  EXPECT_EQ(good.output, "ok 605\n");

  const std::filesystem::path bundle = out / "tile" / "entries" / "001";
  std::string content = read_all(bundle);
  content[1000] = static_cast<char>(content[1000] ^ 1);
  write_all(bundle, content);
  EXPECT_NE(verify_with_go(out).status, 0);
}

}  // namespace
}  // namespace juanzong::testing
