// SPDX-License-Identifier: Apache-2.0
// Form: the body of a statement as JSON (tools/client/request_builder.h), field by field.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::simulate {

class Form {
 public:
  // `signed_at`: the moment of the signatures on it, RFC 3339.
  explicit Form(std::string signed_at) : signed_at_(std::move(signed_at)) {}

  Form& text(std::string_view name, std::string_view value);
  Form& texts(std::string_view name, const std::vector<std::string>& values);
  Form& number(std::string_view name, std::int64_t value);
  Form& flag(std::string_view name, bool value);
  Form& raw(std::string_view name, std::string_view json);
  // Personal data: what the record commits to.
  Form& secret(std::string_view name, std::string_view person, std::string_view value);
  Form& secrets(std::string_view name, std::string_view person, std::string_view value);
  Form& scan(std::string_view name, std::string_view person, std::string_view content);
  Form& scans(std::string_view name, std::string_view person, std::string_view content);

  // Signatures: by somebody at the desk, by him on the recorded telephone, by staff "S-<role>".
  Form& by(std::string_view capacity, std::string_view signer);
  Form& by_phone(std::string_view capacity, std::string_view signer);
  Form& by_staff(std::string_view role);

  [[nodiscard]] std::string json() const;

 private:
  Form& sign(std::string_view capacity,
             std::string_view signer,
             std::string_view role,
             std::string_view method);

  std::string signed_at_;
  std::string fields_;
  std::string signatures_;
};

[[nodiscard]] std::string json_text(std::string_view text);
[[nodiscard]] std::string attachment_json(std::string_view person, std::string_view content);

}  // namespace juanzong::simulate
