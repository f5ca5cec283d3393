// SPDX-License-Identifier: Apache-2.0
#include "tools/evidence/record_rows.h"

#include "crypto/hex.h"

#include "events/procedures/body_inspection.h"
#include "events/procedures/catalogue.h"

#include "tools/evidence/capital_amount.h"
#include "tools/evidence/field_labels.h"

#include <boost/json.hpp>

#include <algorithm>

namespace juanzong::evidence {
namespace {

constexpr std::string_view money_suffix = "_fen";

std::string money_text(std::int64_t fen) {
  return to_text(Fen{fen}) + "(" + capital_amount(Fen{fen}) + ")";
}

// The bytes of a [ubyte] field.
std::optional<Bytes> bytes_in(const boost::json::array& list) {
  Bytes bytes;
  for (const boost::json::value& each : list) {
    const auto* number = each.if_int64();
    if (number == nullptr || *number < 0 || *number > UINT8_MAX) {
      return std::nullopt;
    }
    bytes.push_back(static_cast<std::uint8_t>(*number));
  }
  return bytes.size() < 16 ? std::nullopt : std::optional(std::move(bytes));
}

class Rows {
 public:
  Rows(const RecordView& record, const std::vector<DisclosedField>& disclosed)
      : record_(record), disclosed_(disclosed) {}

  void add(const boost::json::object& table, const std::string& path, const std::string& label) {
    for (const auto& [key, value] : table) {
      const std::string name(key);
      add(value,
          path.empty() ? name : path + "." + name,
          label.empty() ? field_label(name) : label + " · " + field_label(name),
          name.ends_with(money_suffix));
    }
  }
  std::vector<RecordRow> take() { return std::move(rows_); }

 private:
  void add(const boost::json::value& value,
           const std::string& path,
           const std::string& label,
           bool money) {
    if (const auto* table = value.if_object()) {
      const auto* hash = table->if_contains("hash");
      const bool committed = hash != nullptr && table->contains("subject");
      committed ? add_commitment(*table, path, label) : add(*table, path, label);
    } else if (const auto* list = value.if_array()) {
      add_list(*list, path, label);
    } else if (const auto* text = value.if_string()) {
      rows_.push_back({label, std::string(*text)});
    } else if (money && value.is_int64()) {
      rows_.push_back({label, money_text(value.get_int64())});
    } else {
      const bool yes = value.is_bool() && value.get_bool();
      rows_.push_back(
          {label, value.is_bool() ? (yes ? "是" : "否") : boost::json::serialize(value)});
    }
  }
  void add_list(const boost::json::array& list, const std::string& path, const std::string& label) {
    if (const auto bytes = bytes_in(list)) {
      rows_.push_back({label, crypto::hex_encode(*bytes)});
      return;
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string at = "[" + std::to_string(i) + "]";
      add(list[i], path + at, label + " " + std::to_string(i + 1), false);
    }
  }
  void add_commitment(const boost::json::object& table,
                      const std::string& path,
                      const std::string& label) {
    const auto found = std::ranges::find_if(disclosed_, [&](const DisclosedField& each) {
      return each.index == record_.index && each.path == path;
    });
    if (found == disclosed_.end()) {
      const auto* list = table.at("hash").if_array();
      const auto hash = list == nullptr ? std::nullopt : bytes_in(*list);
      rows_.push_back({label,
                       "未披露 not disclosed,承诺值 commitment " +
                           (hash ? crypto::hex_encode(*hash) : std::string("?"))});
      return;
    }
    const bool is_attachment = table.contains("blob");
    const auto facts = is_attachment ? attachment_facts(found->value) : std::nullopt;
    rows_.push_back({label,
                     facts ? "附件 file " + facts->media_type + "," + std::to_string(facts->size) +
                                 " 字节 bytes,SHA-256 " + crypto::to_hex(facts->digest)
                           : std::string(text_of(ByteView(found->value))) + "(已披露 disclosed)"});
  }

  const RecordView& record_;
  const std::vector<DisclosedField>& disclosed_;
  std::vector<RecordRow> rows_;
};

}  // namespace

std::vector<RecordRow> rows_of(const RecordView& record,
                               const std::vector<DisclosedField>& disclosed,
                               BodyCodec& codec) {
  const CatalogueEntry* entry = catalogue().find(record.statement.type);
  if (entry == nullptr || !inspect_body(entry->descriptor, record.statement.body)) {
    return {{"内容 content", "本程序版本不识别该事项 not known to this version of the program"}};
  }
  boost::json::error_code error;
  const auto body = boost::json::parse(codec.to_json(*entry, record.statement.body), error);
  Rows rows(record, disclosed);
  if (!error && body.is_object()) {
    rows.add(body.get_object(), "", "");
  }
  return rows.take();
}

std::string event_label(EventType type) {
  const CatalogueEntry* entry = catalogue().find(type);
  return entry == nullptr ? "事项 event " + std::to_string(number(type))
                          : entry->descriptor.zh + " " + entry->descriptor.name;
}

}  // namespace juanzong::evidence
