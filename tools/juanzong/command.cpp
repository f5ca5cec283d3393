// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/command.h"

#include "tools/juanzong/evidence_command.h"

#include <array>
#include <ostream>

namespace juanzong::cli {

void CommandContext::fail(const Error& error) {
  err << to_text(error) << "\n";
  exit_code = exit_code_of(error);
}

ExitCode exit_code_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::corruption:
    case ErrorCode::bad_signature:
    case ErrorCode::proof_invalid:
      return ExitCode::verification_failed;
    case ErrorCode::outcome_unknown:
      return ExitCode::outcome_unknown;
    case ErrorCode::ledger_behind_anchor:
      return ExitCode::will_not_start;
    default:
      return ExitCode::environment;
  }
}

int run_command_line(std::span<const RegisterCommand> commands,
                     int count,
                     const char* const* arguments,
                     std::ostream& out,
                     std::ostream& err) {
  CommandContext context{out, err};
  CLI::App app("卷宗:物业管理事件档案 / Juanzong: records of property management", "juanzong");
  app.require_subcommand(1);
  app.footer(
      "退出码 exit codes: 0 完成 done, 1 用法或环境 usage or environment,\n"
      "  2 核对不通过 verification failed, 3 被规则拒绝 refused by a rule,\n"
      "  4 结果未知 outcome unknown, 78 拒绝启动 will not start");
  for (const RegisterCommand add : commands) {
    add(app, context);
  }
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) {  // the library's way out of parsing, --help included
    return app.exit(error, out, err) == 0 ? 0 : static_cast<int>(ExitCode::environment);
  }
  return static_cast<int>(context.exit_code);
}

std::span<const RegisterCommand> offline_commands() {
  static constexpr std::array commands{
      RegisterCommand{register_init},
      RegisterCommand{register_ledger},
      RegisterCommand{register_log},
#ifdef JUANZONG_HAS_VIEWS
      RegisterCommand{register_query},
      RegisterCommand{register_catalogue},
#endif
      RegisterCommand{register_checkpoint},
      RegisterCommand{register_prove},
      RegisterCommand{register_erasure},
      RegisterCommand{register_person},
      RegisterCommand{register_verify},
      RegisterCommand{register_evidence},
      RegisterCommand{register_export},
      RegisterCommand{register_rebuild},
      RegisterCommand{register_anchor},
      RegisterCommand{register_backup},
      RegisterCommand{register_restore},
      RegisterCommand{register_recover},
      RegisterCommand{register_simulate},
  };
  return commands;
}

}  // namespace juanzong::cli
