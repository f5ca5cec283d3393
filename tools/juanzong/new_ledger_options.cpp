// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/new_ledger_options.h"

#include "server/pipeline/clock.h"

namespace juanzong::cli {

void add_new_ledger_options(CLI::App& command, NewLedger& wanted, std::string& clock_file) {
  command.add_option("--ledger", wanted.ledger, "卷宗名 / name of the ledger")->required();
  command.add_option("--origin", wanted.origin, "来源标识 / origin, a name like a URL")->required();
  command.add_option("--timezone", wanted.timezone, "时区 / zone")->capture_default_str();
  command.add_option("--founder", wanted.founder, "创建人工号 / staff id of the founder")
      ->capture_default_str();
  command.add_option("--clock", clock_file, "测试时钟文件 / clock file, for tests");
}

Outcome set_founding_time(NewLedger& wanted, const std::string& clock_file) {
  if (!clock_file.empty() && !wanted.origin.starts_with(test_origin_prefix)) {
    return fail(ErrorCode::environment, "--clock: only for origins that start with \"test.\"");
  }
  wanted.now = clock_file.empty() ? make_system_clock()->now() : make_file_clock(clock_file)->now();
  return Done{};
}

}  // namespace juanzong::cli
