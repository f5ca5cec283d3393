// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/body_inspection.h"

#include "events/model/limits.h"

#include <flatbuffers/flatbuffers.h>
#include <flatbuffers/reflection.h>

#include <algorithm>

namespace juanzong {
namespace {

constexpr unsigned depth_max = 8;
constexpr unsigned tables_max = 2'048;

// Which bytes of the body some field reaches. Unreached bytes must be alignment padding: zero, and
// never 8 in a row.
class Coverage {
 public:
  explicit Coverage(ByteView body) : body_(body), reached_(body.size(), 0) {}

  void mark(const void* start, std::size_t count) {
    const auto at =
        static_cast<std::size_t>(static_cast<const std::uint8_t*>(start) - body_.data());
    std::fill_n(reached_.begin() + static_cast<std::ptrdiff_t>(at), count, 1);
  }

  [[nodiscard]] bool complete() const {
    std::size_t run = 0;
    for (std::size_t i = 0; i < body_.size(); ++i) {
      run = reached_[i] != 0 ? 0 : run + 1;
      if (run >= 8 || (reached_[i] == 0 && body_[i] != 0)) {
        return false;
      }
    }
    return true;
  }

 private:
  ByteView body_;
  std::vector<std::uint8_t> reached_;
};

class Walk {
 public:
  Walk(const EventDescriptor& event, ByteView body) : event_(event), coverage_(body) {
    coverage_.mark(body.data(), sizeof(flatbuffers::uoffset_t));
  }

  Result<BodyFacts> run(const flatbuffers::Table& root) {
    if (!event_.constant_stream.empty()) {
      facts_.streams.push_back(event_.constant_stream);
    }
    visit(root, *event_.body, "");
    if (problem_.empty() && !coverage_.complete()) {
      problem_ = "bytes that no field reaches";
    }
    if (!problem_.empty()) {
      return fail(ErrorCode::schema_violation, event_.name + ": " + problem_);
    }
    std::ranges::sort(facts_.streams);
    const auto repeats = std::ranges::unique(facts_.streams);
    facts_.streams.erase(repeats.begin(), repeats.end());
    return std::move(facts_);
  }

 private:
  void refuse(const std::string& path, std::string_view what) {
    if (problem_.empty()) {
      problem_ = path + ": " + std::string(what);
    }
  }

  void visit(const flatbuffers::Table& table, const TableShape& shape, const std::string& prefix) {
    const std::uint8_t* vtable = table.GetVTable();
    const auto vtable_bytes = flatbuffers::ReadScalar<flatbuffers::voffset_t>(vtable);
    coverage_.mark(vtable, vtable_bytes);
    coverage_.mark(&table, sizeof(flatbuffers::soffset_t));
    for (std::size_t at = shape.vtable_bytes_max; at + 1 < vtable_bytes; at += 2) {
      if (flatbuffers::ReadScalar<flatbuffers::voffset_t>(vtable + at) != 0) {
        refuse(prefix + "*", "field unknown to the schema");
      }
    }
    if (shape.special != TableShape::Special::none) {
      collect_commitment(table, shape, prefix);
    }
    for (const FieldDescriptor& field : shape.fields) {
      visit_field(table, field, prefix.empty() ? field.name : prefix + "." + field.name);
    }
  }

  void visit_field(const flatbuffers::Table& table,
                   const FieldDescriptor& field,
                   const std::string& path) {
    const std::uint8_t* at = table.GetAddressOf(field.vtable_offset);
    if (at == nullptr) {
      if (field.required || field.must) {
        refuse(path, "mandatory");
      }
      return;
    }
    if (field.shape == FieldShape::scalar) {
      coverage_.mark(at, field.width);
      check_scalar(at, field, path);
      return;
    }
    coverage_.mark(at, sizeof(flatbuffers::uoffset_t));
    visit_reference(at + flatbuffers::ReadScalar<flatbuffers::uoffset_t>(at), field, path);
  }

  void visit_reference(const std::uint8_t* target,
                       const FieldDescriptor& field,
                       const std::string& path) {
    switch (field.shape) {
      case FieldShape::text:
        check_text(*reinterpret_cast<const flatbuffers::String*>(target), field, path);
        return;
      case FieldShape::table:
        visit(*reinterpret_cast<const flatbuffers::Table*>(target), *field.table, path);
        return;
      case FieldShape::bytes:
      case FieldShape::scalar_list:
        check_scalars(target, field, path);
        return;
      default:
        visit_list(target, field, path);
    }
  }

  void visit_list(const std::uint8_t* target,
                  const FieldDescriptor& field,
                  const std::string& path) {
    const auto& list =
        *reinterpret_cast<const flatbuffers::Vector<flatbuffers::Offset<void>>*>(target);
    coverage_.mark(target, sizeof(flatbuffers::uoffset_t) * (list.size() + 1));
    if (list.size() == 0 && (field.required || field.must)) {
      refuse(path, "mandatory list is empty");
    }
    for (flatbuffers::uoffset_t i = 0; i < list.size(); ++i) {
      const std::uint8_t* slot = target + sizeof(flatbuffers::uoffset_t) * (i + 1);
      const std::uint8_t* item = slot + flatbuffers::ReadScalar<flatbuffers::uoffset_t>(slot);
      const std::string item_path = path + "[" + std::to_string(i) + "]";
      if (field.shape == FieldShape::text_list) {
        check_text(*reinterpret_cast<const flatbuffers::String*>(item), field, item_path);
      } else {
        visit(*reinterpret_cast<const flatbuffers::Table*>(item), *field.table, item_path);
      }
    }
  }

  void check_scalars(const std::uint8_t* target,
                     const FieldDescriptor& field,
                     const std::string& path) {
    const auto count = flatbuffers::ReadScalar<flatbuffers::uoffset_t>(target);
    coverage_.mark(target, sizeof(flatbuffers::uoffset_t) + std::size_t{count} * field.width);
    if (count == 0 && (field.required || field.must)) {
      refuse(path, "mandatory list is empty");
    }
    for (std::size_t i = 0; field.enum_max >= 0 && i < count; ++i) {
      check_scalar(target + sizeof(flatbuffers::uoffset_t) + i * field.width, field, path);
    }
  }

  void check_scalar(const std::uint8_t* at, const FieldDescriptor& field, const std::string& path) {
    std::uint64_t raw = 0;
    for (std::size_t i = 0; i < field.width; ++i) {
      raw |= std::uint64_t{at[i]} << (8 * i);
    }
    if (field.is_signed && field.width < 8 && (raw >> (8U * field.width - 1) & 1U) != 0) {
      raw |= ~std::uint64_t{0} << (8U * field.width);
    }
    const auto value = static_cast<std::int64_t>(raw);
    if (field.enum_max >= 0 && (value < 0 || value > field.enum_max)) {
      refuse(path, "not an enumerator");
    }
    if (field.must && value == 0) {
      refuse(path, "mandatory");
    }
    if (field.money && (value < 0 || value > limits::amount_fen_max)) {
      refuse(path, "amount out of range");
    }
  }

  void check_text(const flatbuffers::String& text,
                  const FieldDescriptor& field,
                  const std::string& path) {
    coverage_.mark(&text, sizeof(flatbuffers::uoffset_t) + text.size() + 1);
    const std::string_view view{text.c_str(), text.size()};
    if (!has_format(view, field.format)) {
      refuse(path, "wrong format");
      return;
    }
    if (view.empty() && (field.required || field.must)) {
      refuse(path, "mandatory");
    }
    if (field.stream_prefix == "*") {
      facts_.streams.emplace_back(view);
    } else if (!field.stream_prefix.empty()) {
      facts_.streams.push_back(field.stream_prefix + ":" + std::string(view));
    }
  }

  // Both special tables start with subject (offset 4) and hash (6); an attachment adds blob (8).
  void collect_commitment(const flatbuffers::Table& table,
                          const TableShape& shape,
                          const std::string& path) {
    const auto* subject = table.GetPointer<const flatbuffers::String*>(4);
    const auto* hash = table.GetPointer<const flatbuffers::Vector<std::uint8_t>*>(6);
    const auto* blob = table.GetPointer<const flatbuffers::Vector<std::uint8_t>*>(8);
    CommitmentField found;
    found.path = path;
    found.is_attachment = shape.special == TableShape::Special::attachment;
    const auto person = hex16({subject->c_str(), subject->size()});
    const auto digest = crypto::digest_from_bytes({hash->data(), hash->size()});
    const bool blob_fits = !found.is_attachment || blob->size() == found.blob.bytes.size();
    if (!person || !digest || !blob_fits) {
      refuse(path, "commitment: subject 16 bytes hex, hash 32 bytes, blob 16 bytes");
      return;
    }
    found.subject = PersonId{*person};
    found.hash = *digest;
    if (found.is_attachment) {
      std::copy_n(blob->data(), found.blob.bytes.size(), found.blob.bytes.begin());
    }
    if (facts_.commitments.size() == limits::commitments_per_statement_max) {
      refuse(path, "too many commitments");
      return;
    }
    facts_.commitments.push_back(std::move(found));
  }

  const EventDescriptor& event_;
  Coverage coverage_;
  BodyFacts facts_;
  std::string problem_;
};

}  // namespace

Result<BodyFacts> inspect_body(const EventDescriptor& event, ByteView body) {
  const reflection::Schema& schema = *reflection::GetSchema(event.schema.data());
  const reflection::Object* object =
      schema.objects()->LookupByKey(("juanzong.body." + event.name).c_str());
  const bool verified =
      object != nullptr && body.size() >= 8 &&
      flatbuffers::Verify(schema, *object, body.data(), body.size(), depth_max, tables_max);
  if (!verified) {
    return fail(ErrorCode::schema_violation, event.name + ": not a valid body");
  }
  return Walk(event, body).run(*flatbuffers::GetRoot<flatbuffers::Table>(body.data()));
}

}  // namespace juanzong
