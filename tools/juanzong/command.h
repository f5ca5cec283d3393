// SPDX-License-Identifier: Apache-2.0
// Commands of `juanzong`: one file each, which registers a subcommand with its options and a
// callback; the table in main.cpp lists them. A command writes to the streams of its context and
// leaves its exit code there.
#pragma once

#include "events/model/error.h"

#include <CLI/CLI.hpp>
#include <iosfwd>
#include <span>

namespace juanzong::cli {

// 3 (refused by a rule) and 4 (outcome unknown) come from commands that talk to a server.
enum class ExitCode : int {
  done = 0,
  environment = 1,
  verification_failed = 2,
  refused = 3,
  outcome_unknown = 4,
  will_not_start = 78,
};

struct CommandContext {
  std::ostream& out;  // answers; with --json nothing but JSON
  std::ostream& err;  // diagnostics
  ExitCode exit_code = ExitCode::done;

  // Says the error and takes its exit code.
  void fail(const Error& error);
};

[[nodiscard]] ExitCode exit_code_of(const Error& error);

using RegisterCommand = void (*)(CLI::App& app, CommandContext& context);

[[nodiscard]] int run_command_line(std::span<const RegisterCommand> commands,
                                   int count,
                                   const char* const* arguments,
                                   std::ostream& out,
                                   std::ostream& err);

// The commands that work on files (some on a server as well), in the order of the help.
[[nodiscard]] std::span<const RegisterCommand> offline_commands();

void register_init(CLI::App& app, CommandContext& context);
void register_ledger(CLI::App& app, CommandContext& context);
void register_log(CLI::App& app, CommandContext& context);
void register_catalogue(CLI::App& app, CommandContext& context);
void register_query(CLI::App& app, CommandContext& context);
void register_export(CLI::App& app, CommandContext& context);
void register_rebuild(CLI::App& app, CommandContext& context);
void register_anchor(CLI::App& app, CommandContext& context);
void register_backup(CLI::App& app, CommandContext& context);
void register_recover(CLI::App& app, CommandContext& context);
void register_restore(CLI::App& app, CommandContext& context);
void register_checkpoint(CLI::App& app, CommandContext& context);
void register_prove(CLI::App& app, CommandContext& context);
void register_erasure(CLI::App& app, CommandContext& context);
void register_person(CLI::App& app, CommandContext& context);
void register_verify(CLI::App& app, CommandContext& context);
void register_simulate(CLI::App& app, CommandContext& context);

// Those that only talk to a server.
[[nodiscard]] std::span<const RegisterCommand> server_commands();

void register_append(CLI::App& app, CommandContext& context);
void register_actor(CLI::App& app, CommandContext& context);
void register_clock(CLI::App& app, CommandContext& context);
void register_import(CLI::App& app, CommandContext& context);
void register_bench(CLI::App& app, CommandContext& context);
void register_attachment(CLI::App& app, CommandContext& context);
void register_demo(CLI::App& app, CommandContext& context);
void register_handover(CLI::App& app, CommandContext& context);
void register_witness(CLI::App& app, CommandContext& context);

}  // namespace juanzong::cli
