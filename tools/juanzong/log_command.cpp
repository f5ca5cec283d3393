// SPDX-License-Identifier: Apache-2.0
#include "crypto/hex.h"
#include "crypto/merkle_tree.h"

#include "events/log/record.h"
#include "events/procedures/json_body.h"

#include "tools/juanzong/command.h"
#include "tools/juanzong/offline_ledger.h"
#include "tools/terminal/text_table.h"

#include <boost/json.hpp>

#include <algorithm>
#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

constexpr std::size_t page_records = 1'024;
constexpr std::uint64_t shown_without_range = 100;

struct LogArguments {
  std::string directory;
  std::string ledger;
  std::optional<std::uint64_t> from;
  std::optional<std::uint64_t> to;  // inclusive
  std::string stream;
  bool json = false;
};

std::string event_zh(EventType type) {
  const CatalogueEntry* entry = catalogue().find(type);
  return entry == nullptr ? std::to_string(number(type))
                          : entry->descriptor.zh + " " + entry->descriptor.name;
}

std::string streams_text(const StatementView& statement) {
  std::string text;
  for (const StreamExpectation& stream : statement.streams) {
    text += (text.empty() ? "" : " ") + stream.name;
  }
  return text;
}

class LogPrinter {
 public:
  LogPrinter(const OfflineLedger& ledger, bool json, std::ostream& out)
      : ledger_(ledger), json_(json), out_(out), codec_(catalogue()) {}

  Outcome print(const Bytes& bytes) {
    const Result<RecordView> record = parse_record(bytes);
    if (!record) {
      return fail(record.error());
    }
    if (json_) {
      out_ << boost::json::serialize(to_json(*record)) << "\n";
    } else {
      rows_.push_back({std::to_string(number(record->index)),
                       ledger_.head().zone.to_text(record->recorded_at),
                       ledger_.actor_of(record->header.key_id),
                       event_zh(record->statement.type),
                       streams_text(record->statement)});
    }
    return Done{};
  }
  void finish() {
    using terminal::Align;
    if (!json_) {
      out_ << terminal::format_table({{"序号", Align::right},
                                      {"入卷时间 recorded at"},
                                      {"经办人 actor"},
                                      {"事项 event"},
                                      {"案卷 streams"}},
                                     rows_);
    }
  }

 private:
  boost::json::object to_json(const RecordView& record) {
    const CatalogueEntry* entry = catalogue().find(record.statement.type);
    boost::json::object out;
    out["index"] = number(record.index);
    out["recorded_at"] = to_rfc3339(record.recorded_at);
    out["occurred_at"] = to_rfc3339(record.statement.occurred_at);
    out["type"] =
        entry == nullptr ? std::to_string(number(record.statement.type)) : entry->descriptor.name;
    out["actor"] = ledger_.actor_of(record.header.key_id);
    out["request_id"] = to_text(record.header.request_id);
    out["leaf"] = crypto::to_hex(crypto::leaf_hash(record.bytes));
    boost::json::array& streams = out["streams"].emplace_array();
    for (std::size_t i = 0; i < record.links.size(); ++i) {
      streams.push_back({{"name", record.statement.streams[i].name},
                         {"version", number(record.links[i].version)}});
    }
    if (entry != nullptr && inspect_body(entry->descriptor, record.statement.body)) {
      boost::json::error_code ignored;
      out["body"] = boost::json::parse(codec_.to_json(*entry, record.statement.body), ignored);
    }
    return out;
  }

  const OfflineLedger& ledger_;
  bool json_;
  std::ostream& out_;
  BodyCodec codec_;
  std::vector<std::vector<std::string>> rows_;
};

Outcome print_range(const OfflineLedger& ledger, const LogArguments& wanted, LogPrinter& printer) {
  const std::uint64_t size = ledger.head().size();
  const std::uint64_t end = wanted.to ? std::min(*wanted.to, size - 1) + 1 : size;
  // People get the newest page; programs get everything.
  const bool page = !wanted.from && !wanted.to && !wanted.json && size > shown_without_range;
  std::uint64_t at = page ? size - shown_without_range : wanted.from.value_or(0);
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

void run_log(const LogArguments& arguments, CommandContext& context) {
  const auto ledger = OfflineLedger::open(arguments.directory, arguments.ledger);
  if (!ledger) {
    context.fail(ledger.error());
    return;
  }
  LogPrinter printer(**ledger, arguments.json, context.out);
  const Outcome printed = arguments.stream.empty() ? print_range(**ledger, arguments, printer)
                                                   : print_stream(**ledger, arguments, printer);
  printer.finish();
  if (!printed) {
    context.fail(printed.error());
  }
}

}  // namespace

void register_log(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<LogArguments>();
  CLI::App* command = app.add_subcommand("log", "列出记录 / list records");
  command->add_option("--data", arguments->directory, "数据目录 / data directory")->required();
  command->add_option("--ledger", arguments->ledger, "卷宗名 / name of the ledger");
  command->add_option("--from", arguments->from, "起始序号 / first index");
  command->add_option("--to", arguments->to, "截止序号(含) / last index, inclusive");
  command->add_option("--stream", arguments->stream, "仅此案卷 / only this stream");
  command->add_flag("--json", arguments->json, "每条一个 JSON 对象 / one JSON object a record");
  command->footer(
      "示例 example:\n  juanzong log --data /srv/juanzong --stream unit:3-1-1202 --json");
  command->callback([arguments, &context] { run_log(*arguments, context); });
}

}  // namespace juanzong::cli
