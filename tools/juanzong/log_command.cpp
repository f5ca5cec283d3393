// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/log_arguments.h"
#include "tools/juanzong/log_printer.h"
#include "tools/juanzong/offline_ledger.h"

#include <algorithm>
#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

constexpr std::size_t page_records = 1'024;
constexpr std::uint64_t shown_without_range = 100;

Outcome print_range(const OfflineLedger& ledger, const LogArguments& wanted, LogPrinter& printer) {
  const std::uint64_t size = ledger.head().size();
  const std::uint64_t end = wanted.to ? std::min(*wanted.to, size - 1) + 1 : size;
  std::uint64_t at = first_listed(wanted, size);
  while (at < end) {
    const Result<std::vector<Bytes>> records =
        ledger.reader().records(RecordIndex{at}, std::min<std::uint64_t>(page_records, end - at));
    if (!records || records->empty()) {
      return records ? fail(ErrorCode::corruption, "records are missing") : fail(records.error());
    }
    for (const Bytes& record : *records) {
      if (const Outcome printed = printer.print(record); !printed) {
        return printed;
      }
    }
    at += records->size();
  }
  return Done{};
}

Outcome print_stream(const OfflineLedger& ledger, const LogArguments& wanted, LogPrinter& printer) {
  for (const RecordIndex index : ledger.reader().stream(wanted.stream)) {
    if (number(index) < wanted.from.value_or(0) || number(index) > wanted.to.value_or(UINT64_MAX)) {
      continue;
    }
    const Result<Bytes> record = ledger.reader().record(index);
    const Outcome printed = record ? printer.print(*record) : Outcome(fail(record.error()));
    if (!printed) {
      return printed;
    }
  }
  return Done{};
}

void run_log_of_files(const LogArguments& arguments, CommandContext& context) {
  if (arguments.follow) {
    context.fail({ErrorCode::environment, "--follow: 只能与 --server 同用 / only with --server"});
    return;
  }
  const auto ledger = OfflineLedger::open(arguments.directory, arguments.server.ledger);
  if (!ledger) {
    context.fail(ledger.error());
    return;
  }
  LogPrinter printer((*ledger)->head().zone,
                     [&ledger](const KeyId& key) { return (*ledger)->actor_of(key); },
                     arguments.json ? LogForm::json : LogForm::table,
                     context.out);
  const Outcome printed = arguments.stream.empty() ? print_range(**ledger, arguments, printer)
                                                   : print_stream(**ledger, arguments, printer);
  printer.finish();
  if (!printed) {
    context.fail(printed.error());
  }
}

}  // namespace

std::uint64_t first_listed(const LogArguments& wanted, std::uint64_t size) {
  const bool page = !wanted.from && !wanted.to && !wanted.json && size > shown_without_range;
  return page ? size - shown_without_range : wanted.from.value_or(0);
}

void register_log(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<LogArguments>();
  CLI::App* command = app.add_subcommand("log", "列出记录 / list records");
  add_source_options(*command, arguments->directory, arguments->server);
  command->add_option("--from", arguments->from, "起始序号 / first index");
  command->add_option("--to", arguments->to, "截止序号(含) / last index, inclusive");
  command->add_option("--stream", arguments->stream, "仅此案卷 / only this stream");
  command->add_flag(
      "--follow", arguments->follow, "等候新记录(须 --server) / wait for new records");
  command->add_flag("--json", arguments->json, "每条一个 JSON 对象 / one JSON object a record");
  command->footer(
      "示例 example:\n  juanzong log --data /srv/juanzong --stream unit:3-1-1202 --json\n"
      "  juanzong log --server 127.0.0.1:7621 --cert tls.cert.pem --key S-CSM.key --follow");
  command->callback([arguments, &context] {
    if (arguments->directory.empty()) {
      run_log_of_server(*arguments, context);
    } else {
      run_log_of_files(*arguments, context);
    }
  });
}

}  // namespace juanzong::cli
