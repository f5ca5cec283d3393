// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/server_ledger.h"

#include "events/log/record.h"
#include "events/procedures/body_inspection.h"
#include "events/procedures/json_body.h"

#include "projections/state/genesis.h"

#include <boost/json.hpp>

namespace juanzong::cli {

Result<Bytes> read_record(Client& client, RecordIndex index) {
  Result<message::Records> page = client.read_records(index, 1);
  if (!page) {
    return fail(page.error());
  }
  return page->records.empty()
             ? fail(ErrorCode::not_found, "record " + std::to_string(number(index)))
             : Result<Bytes>(std::move(page->records.front()));
}

Result<CivilZone> zone_of(Client& client) {
  const Result<Bytes> bytes = read_record(client, RecordIndex{0});
  if (!bytes) {
    return fail(bytes.error());
  }
  const Result<RecordView> record = parse_record(*bytes);
  if (!record) {
    return fail(record.error());
  }
  const CatalogueEntry* entry = catalogue().find(record->statement.type);
  if (entry == nullptr || !inspect_body(entry->descriptor, record->statement.body)) {
    return fail(ErrorCode::corruption, "record 0");
  }
  const Result<GenesisFacts> facts = read_genesis(record->statement.body);
  return facts ? Result<CivilZone>(facts->zone) : fail(facts.error());
}

Result<std::string> staff_of_key(Client& client, const std::string& key_id) {
  const Result<message::Records> page = client.read_stream("key:" + key_id, StreamVersion{1}, 1);
  if (!page) {
    return fail(page.error());
  }
  if (page->records.empty()) {
    return std::string();
  }
  const Result<RecordView> record = parse_record(page->records.front());
  if (!record) {
    return fail(record.error());
  }
  const CatalogueEntry* entry = catalogue().find(record->statement.type);
  if (entry == nullptr || !inspect_body(entry->descriptor, record->statement.body)) {
    return fail(ErrorCode::corruption, "key:" + key_id);
  }
  boost::json::error_code error;
  const boost::json::value body =
      boost::json::parse(BodyCodec(catalogue()).to_json(*entry, record->statement.body), error);
  const auto* object = body.if_object();
  const auto* staff = object == nullptr ? nullptr : object->if_contains("staff");
  return staff != nullptr && staff->is_string() ? std::string(staff->get_string()) : std::string();
}

}  // namespace juanzong::cli
