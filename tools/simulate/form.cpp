// SPDX-License-Identifier: Apache-2.0
#include "tools/simulate/form.h"

namespace juanzong::simulate {
namespace {

// Scans that belong to nobody in particular are filed under this person.
constexpr std::string_view nobody = "00000000000000000000000000000001";

bool is_person(std::string_view party) {
  return party.size() == nobody.size();
}

std::string sealed_json(std::string_view person, std::string_view kind, std::string_view value) {
  return "{\"subject\":" + json_text(person.empty() ? nobody : person) + "," + json_text(kind) +
         ":" + json_text(value) + "}";
}

}  // namespace

// The simulation's own texts hold neither quotes nor control characters.
std::string json_text(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

std::string attachment_json(std::string_view person, std::string_view content) {
  return sealed_json(person, "text", content);
}

Form& Form::raw(std::string_view name, std::string_view json) {
  fields_.append(fields_.empty() ? "" : ",").append(json_text(name)).append(":").append(json);
  return *this;
}

Form& Form::text(std::string_view name, std::string_view value) {
  return raw(name, json_text(value));
}

Form& Form::texts(std::string_view name, const std::vector<std::string>& values) {
  std::string list;
  for (const std::string& value : values) {
    list.append(list.empty() ? "" : ",").append(json_text(value));
  }
  return raw(name, "[" + list + "]");
}

Form& Form::number(std::string_view name, std::int64_t value) {
  return raw(name, std::to_string(value));
}

Form& Form::flag(std::string_view name, bool value) {
  return raw(name, value ? "true" : "false");
}

Form& Form::secret(std::string_view name, std::string_view person, std::string_view value) {
  return raw(name, sealed_json(person, "value", value));
}

Form& Form::secrets(std::string_view name, std::string_view person, std::string_view value) {
  return raw(name, "[" + sealed_json(person, "value", value) + "]");
}

Form& Form::scan(std::string_view name, std::string_view person, std::string_view content) {
  return raw(name, attachment_json(person, content));
}

Form& Form::scans(std::string_view name, std::string_view person, std::string_view content) {
  return raw(name, "[" + attachment_json(person, content) + "]");
}

Form& Form::sign(std::string_view capacity,
                 std::string_view signer,
                 std::string_view role,
                 std::string_view method) {
  const bool seen = method == "TABLET";
  std::string block = "{\"capacity\":" + json_text(capacity) + ",\"signer\":" + json_text(signer);
  block += role.empty() ? "" : ",\"staff_role\":" + json_text(role);
  block += ",\"method\":" + json_text(method) + ",\"signed_at\":" + json_text(signed_at_) +
           ",\"id_checked\":" + json_text(seen ? "ID_CARD" : "KNOWN") + ",\"signed_digest\":" +
           sealed_json(is_person(signer) ? signer : nobody, "value", "form") + "}";
  signatures_.append(signatures_.empty() ? "" : ",").append(block);
  return *this;
}

Form& Form::by(std::string_view capacity, std::string_view signer) {
  return sign(capacity, signer, "", "TABLET");
}

Form& Form::by_phone(std::string_view capacity, std::string_view signer) {
  return sign(capacity, signer, "", "PHONE_RECORDED");
}

Form& Form::by_staff(std::string_view role) {
  return sign("STAFF", "S-" + std::string(role), role, "STAFF_LOGIN");
}

std::string Form::json() const {
  const std::string signatures = signatures_.empty() ? "" : ",\"signatures\":[" + signatures_ + "]";
  const std::string body = fields_ + signatures;
  return "{" + (fields_.empty() && !body.empty() ? body.substr(1) : body) + "}";
}

}  // namespace juanzong::simulate
