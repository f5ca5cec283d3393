// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/log_printer.h"

#include "crypto/hex.h"
#include "crypto/merkle_tree.h"

#include "events/procedures/body_inspection.h"

#include "tools/terminal/text_table.h"

#include <boost/json.hpp>

#include <ostream>
#include <utility>

namespace juanzong::cli {
namespace {

std::string event_zh(EventType type) {
  const CatalogueEntry* entry = catalogue().find(type);
  return entry == nullptr ? std::to_string(number(type))
                          : entry->descriptor.zh + " " + entry->descriptor.name;
}

std::string streams_text(const StatementView& statement) {
  std::string text;
  for (const StreamView& stream : statement.streams) {
    text.append(text.empty() ? "" : " ").append(stream.name);
  }
  return text;
}

boost::json::object to_json(const RecordView& record, std::string actor, BodyCodec& codec) {
  const CatalogueEntry* entry = catalogue().find(record.statement.type);
  boost::json::object out;
  out["index"] = number(record.index);
  out["recorded_at"] = to_rfc3339(record.recorded_at);
  out["occurred_at"] = to_rfc3339(record.statement.occurred_at);
  out["type"] =
      entry == nullptr ? std::to_string(number(record.statement.type)) : entry->descriptor.name;
  out["actor"] = std::move(actor);
  out["request_id"] = to_text(record.header.request_id);
  out["leaf"] = crypto::to_hex(crypto::leaf_hash(record.bytes));
  boost::json::array& streams = out["streams"].emplace_array();
  for (std::size_t i = 0; i < record.links.size(); ++i) {
    streams.push_back(
        {{"name", record.statement.streams[i].name}, {"version", number(record.links[i].version)}});
  }
  if (entry != nullptr && inspect_body(entry->descriptor, record.statement.body)) {
    boost::json::error_code ignored;
    out["body"] = boost::json::parse(codec.to_json(*entry, record.statement.body), ignored);
  }
  return out;
}

}  // namespace

LogPrinter::LogPrinter(CivilZone zone, ActorOf actor_of, LogForm form, std::ostream& out)
    : zone_(std::move(zone)),
      actor_of_(std::move(actor_of)),
      form_(form),
      out_(out),
      codec_(catalogue()) {}

Outcome LogPrinter::print(const Bytes& bytes) {
  const Result<RecordView> record = parse_record(bytes);
  if (!record) {
    return fail(record.error());
  }
  std::string actor = actor_of_(record->header.key_id);
  if (form_ == LogForm::json) {
    out_ << boost::json::serialize(to_json(*record, std::move(actor), codec_)) << "\n";
    return Done{};
  }
  std::vector<std::string> row{std::to_string(number(record->index)),
                               zone_.to_text(record->recorded_at),
                               std::move(actor),
                               event_zh(record->statement.type),
                               streams_text(record->statement)};
  if (form_ == LogForm::table) {
    rows_.push_back(std::move(row));
    return Done{};
  }
  for (const std::string& cell : row) {
    out_ << (&cell == row.data() ? "" : "  ") << cell;
  }
  out_ << "\n";
  return Done{};
}

void LogPrinter::finish() {
  using terminal::Align;
  if (form_ == LogForm::table) {
    out_ << terminal::format_table({{"序号", Align::right},
                                    {"入卷时间 recorded at"},
                                    {"经办人 actor"},
                                    {"事项 event"},
                                    {"案卷 streams"}},
                                   rows_);
  }
  out_.flush();
}

}  // namespace juanzong::cli
