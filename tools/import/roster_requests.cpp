// SPDX-License-Identifier: Apache-2.0
#include "tools/import/roster_requests.h"

#include "crypto/random_bytes.h"

#include "events/model/ids.h"

#include <boost/json.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace juanzong {
namespace {

namespace json = boost::json;

std::string random_person() {
  return hex_of(crypto::random_array<16>());
}

json::object statement(std::string_view type, json::object body) {
  return {{"type", type}, {"body", std::move(body)}};
}

json::object unit_statement(const RosterRow& row) {
  json::object body{{"unit", row.unit()},
                    {"building", row.building},
                    {"entrance", row.entrance},
                    {"floor", row.floor},
                    {"number", row.room}};
  if (row.area_cm2) {
    body["area_cm2"] = *row.area_cm2;
  }
  return statement("UnitRegistered", std::move(body));
}

class RequestMaker {
 public:
  explicit RequestMaker(const RosterSource& source) : source_(source) {}

  std::string line_of(std::span<const RosterRow> rows) {
    json::array statements;
    for (const RosterRow& row : rows) {
      statements.push_back(unit_statement(row));
    }
    for (std::size_t at = 0; at < rows.size(); at += entries_per_record_max) {
      statements.push_back(
          roster_statement(rows.subspan(at, std::min(entries_per_record_max, rows.size() - at))));
    }
    return json::serialize(statements);
  }

 private:
  std::string person_of(const RosterRow& row) {
    if (row.phone.empty()) {
      return random_person();
    }
    auto& person = persons_[{row.owner, row.phone}];
    person = person.empty() ? random_person() : person;
    return person;
  }

  json::object entry_of(const RosterRow& row) {
    const std::string person = person_of(row);
    json::object entry{{"unit", row.unit()},
                       {"owner", person},
                       {"owner_name", json::object{{"subject", person}, {"value", row.owner}}},
                       {"contract_no", row.contract_no}};
    if (!row.phone.empty()) {
      entry["phone"] = json::object{{"subject", person}, {"value", row.phone}};
    }
    if (row.area_cm2) {
      entry["area_cm2"] = *row.area_cm2;
    }
    return entry;
  }

  json::object roster_statement(std::span<const RosterRow> rows) {
    json::array entries;
    for (const RosterRow& row : rows) {
      entries.push_back(entry_of(row));
    }
    const json::object digest{{"subject", subject_},
                              {"text", "sha256 " + crypto::to_hex(source_.file_digest)}};
    return statement("OwnerRosterImported",
                     {{"roster_id", source_.roster_id},
                      {"roster_digest", digest},
                      {"developer", source_.developer},
                      {"entries", std::move(entries)}});
  }

  const RosterSource& source_;
  const std::string subject_ = random_person();  // of the digest: nobody
  std::map<std::pair<std::string, std::string>, std::string> persons_;
};

}  // namespace

std::vector<RosterRequest> make_requests(std::span<const RosterRow> rows,
                                         const RosterSource& source) {
  RequestMaker maker(source);
  std::vector<RosterRequest> requests;
  for (std::size_t at = 0; at < rows.size(); at += rows_per_request_max) {
    const auto part = rows.subspan(at, std::min(rows_per_request_max, rows.size() - at));
    requests.push_back({maker.line_of(part), part});
  }
  return requests;
}

}  // namespace juanzong
