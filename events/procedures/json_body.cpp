// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/json_body.h"

#include "crypto/hex.h"
#include "crypto/sha256.h"

#include "events/model/byte_io.h"
#include "events/procedures/body_inspection.h"

#include <boost/json.hpp>
#include <flatbuffers/idl.h>

#include <algorithm>

namespace juanzong {
namespace {

namespace json = boost::json;

constexpr std::size_t json_depth_max = 16;

json::array bytes_array(ByteView bytes) {
  json::array array;
  array.reserve(bytes.size());
  for (const std::uint8_t byte : bytes) {
    array.emplace_back(std::int64_t{byte});
  }
  return array;
}

std::string text_or_empty(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::string media_type_of(std::string_view file) {
  const std::string_view ending = file.substr(std::min(file.rfind('.'), file.size()));
  if (ending == ".png") {
    return "image/png";
  }
  if (ending == ".jpg" || ending == ".jpeg") {
    return "image/jpeg";
  }
  return ending == ".pdf" ? "application/pdf" : "application/octet-stream";
}

// Rewrites the parsed JSON in place: checks the types that FlatBuffers' parser is lenient about,
// and turns personal data into commitments.
class Rewriter {
 public:
  Rewriter(const BodyHooks& hooks, JsonBody& out) : hooks_(hooks), out_(out) {}

  Outcome rewrite(json::object& object, const TableShape& shape, const std::string& prefix) {
    if (shape.special == TableShape::Special::sealed) {
      return seal(object, prefix);
    }
    if (shape.special == TableShape::Special::attachment) {
      return attach(object, prefix);
    }
    for (auto& [key, value] : object) {
      const std::string path = prefix.empty() ? std::string(key) : prefix + "." + std::string(key);
      const auto field = std::ranges::find(
          shape.fields, std::string_view(key.data(), key.size()), &FieldDescriptor::name);
      if (field == shape.fields.end()) {
        return fail(ErrorCode::schema_violation, path + ": unknown field");
      }
      if (const Outcome done = rewrite_field(value, *field, path); !done) {
        return done;
      }
    }
    return Done{};
  }

 private:
  Outcome rewrite_field(json::value& value, const FieldDescriptor& field, const std::string& path) {
    switch (field.shape) {
      case FieldShape::scalar:
        return check_scalar(value, field, path);
      case FieldShape::text:
        return value.is_string() ? Outcome(Done{}) : wrong(path, "text expected");
      case FieldShape::table:
        return value.is_object() ? rewrite(value.get_object(), *field.table, path)
                                 : wrong(path, "object expected");
      case FieldShape::bytes:
        return expand_hex(value, path);
      default:
        return rewrite_list(value, field, path);
    }
  }

  Outcome rewrite_list(json::value& value, const FieldDescriptor& field, const std::string& path) {
    if (!value.is_array()) {
      return wrong(path, "list expected");
    }
    std::size_t at = 0;
    for (json::value& item : value.get_array()) {
      const std::string item_path = path + "[" + std::to_string(at++) + "]";
      FieldDescriptor element = field;
      element.shape = field.shape == FieldShape::table_list  ? FieldShape::table
                      : field.shape == FieldShape::text_list ? FieldShape::text
                                                             : FieldShape::scalar;
      if (const Outcome done = rewrite_field(item, element, item_path); !done) {
        return done;
      }
    }
    return Done{};
  }

  static Outcome check_scalar(const json::value& value,
                              const FieldDescriptor& field,
                              const std::string& path) {
    if (field.enum_max >= 0) {
      return value.is_string() ? Outcome(Done{}) : wrong(path, "name of an enumerator expected");
    }
    const bool fits =
        value.is_int64() || value.is_bool() || (value.is_uint64() && !field.is_signed);
    return fits ? Outcome(Done{}) : wrong(path, "integer expected");
  }

  static Outcome expand_hex(json::value& value, const std::string& path) {
    const auto bytes = value.is_string() ? crypto::hex_decode(value.get_string()) : std::nullopt;
    if (!bytes) {
      return wrong(path, "hexadecimal bytes expected");
    }
    value = bytes_array(*bytes);
    return Done{};
  }

  Outcome seal(json::object& object, const std::string& path) {
    const json::value* value = object.if_contains("value");
    const auto subject = hex16(text_or_empty(object, "subject"));
    if (!subject || value == nullptr || !value->is_string() || object.size() != 2) {
      return wrong(path, "{\"subject\", \"value\"} expected");
    }
    const json::string& text = value->get_string();
    if (!has_format({text.data(), text.size()}, TextFormat::free)) {
      return wrong(path, "value: UTF-8 text without control characters, at most 4 KiB");
    }
    const ByteView bytes = bytes_of({text.data(), text.size()});
    commit(object, {path, PersonId{*subject}, Bytes(bytes.begin(), bytes.end())});
    return Done{};
  }

  Outcome attach(json::object& object, const std::string& path) {
    const auto subject = hex16(text_or_empty(object, "subject"));
    const std::string file = text_or_empty(object, "file");
    const bool from_text = object.contains("text");
    if (!subject || (file.empty() && !from_text) || object.size() != 2) {
      return wrong(path, "{\"subject\", \"file\" or \"text\"} expected");
    }
    AttachmentContent content{hooks_.new_blob_id(), PersonId{*subject}, {}};
    std::string media_type = "text/plain;charset=utf-8";
    if (from_text) {
      const std::string text = text_or_empty(object, "text");
      content.content.assign(text.begin(), text.end());
    } else {
      Result<Bytes> read = hooks_.read_file(file);
      if (!read) {
        return fail(read.error().code, path + ".file");
      }
      content.content = std::move(*read);
      media_type = media_type_of(file);
    }
    ByteWriter value;
    value.put(crypto::sha256(content.content)).put(std::uint64_t{content.content.size()});
    value.put(std::string_view(media_type));
    commit(object, {path, content.subject, value.take()});
    object["blob"] = bytes_array(content.blob.view());
    out_.attachments.push_back(std::move(content));
    return Done{};
  }

  void commit(json::object& object, const FieldValue& value) {
    const std::string subject = text_or_empty(object, "subject");
    object.clear();
    object["subject"] = subject;
    object["hash"] = bytes_array(hooks_.commit(value).view());
  }

  static Outcome wrong(const std::string& path, std::string_view what) {
    return fail(ErrorCode::schema_violation, path + ": " + std::string(what));
  }

  const BodyHooks& hooks_;
  JsonBody& out_;
};

}  // namespace

BodyCodec::BodyCodec(const Catalogue& catalogue) : catalogue_(catalogue) {}
BodyCodec::~BodyCodec() = default;

flatbuffers::Parser& BodyCodec::parser_of(const CatalogueEntry& entry) {
  auto& parser = parsers_[std::string(entry.procedure->name)];
  if (!parser) {
    flatbuffers::IDLOptions options;
    options.strict_json = true;
    options.natural_utf8 = true;
    options.output_default_scalars_in_json = true;
    options.indent_step = -1;
    parser = std::make_unique<flatbuffers::Parser>(options);
    const auto schema = entry.procedure->schema();
    check(parser->Deserialize(schema.data(), schema.size()), "the embedded schema is sound");
  }
  check(parser->SetRootType(("juanzong.body." + entry.descriptor.name).c_str()),
        "every event is a table of its schema");
  return *parser;
}

Result<JsonBody> BodyCodec::from_json(const CatalogueEntry& entry,
                                      std::string_view json,
                                      const BodyHooks& hooks) {
  json::error_code error;
  json::parse_options options;
  options.max_depth = json_depth_max;
  json::value value = json::parse({json.data(), json.size()}, error, {}, options);
  if (error || !value.is_object()) {
    return fail(ErrorCode::malformed_request, "body: JSON object expected");
  }
  JsonBody out;
  const Outcome rewritten =
      Rewriter(hooks, out).rewrite(value.get_object(), *entry.descriptor.body, "");
  if (!rewritten) {
    return fail(rewritten.error());
  }
  flatbuffers::Parser& parser = parser_of(entry);
  if (!parser.ParseJson(json::serialize(value).c_str())) {
    std::string what = parser.error_;
    what.erase(what.find_last_not_of('\n') + 1);
    return fail(ErrorCode::schema_violation, entry.descriptor.name + ": " + what);
  }
  const auto& builder = parser.builder_;
  out.body.assign(builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize());
  return out;
}

std::string BodyCodec::to_json(const CatalogueEntry& entry, ByteView body) {
  std::string text;
  check(flatbuffers::GenerateText(parser_of(entry), body.data(), &text),
        "an inspected body prints");
  while (!text.empty() && text.back() == '\n') {
    text.pop_back();
  }
  return text;
}

}  // namespace juanzong
