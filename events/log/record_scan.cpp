// SPDX-License-Identifier: Apache-2.0
#include "events/log/record_scan.h"

#include "events/log/request.h"
#include "events/log/statement.h"
#include "events/model/limits.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace juanzong {
namespace {

static_assert(std::endian::native == std::endian::little, "layouts are read as they lie");

constexpr std::uint16_t layout = 1;
constexpr std::size_t alignment = 8;
constexpr std::size_t signature_bytes = 32 + 64;
constexpr std::size_t link_bytes = 16;

// Like ByteReader, with whole loads.
class Scanner {
 public:
  explicit Scanner(ByteView bytes) : bytes_(bytes) {}

  template <class T>
  T take() {
    T value{};
    copy_to(&value, sizeof(T));
    return value;
  }
  template <class Array>
  void take_into(Array& array) {
    copy_to(array.data(), array.size());
  }
  ByteView take_view(std::size_t count) {
    if (bytes_.size() - at_ < count) {
      failed_ = true;
      at_ = bytes_.size();
      return {};
    }
    at_ += count;
    return bytes_.subspan(at_ - count, count);
  }
  void skip_padding() {
    const std::size_t rest = (alignment - at_ % alignment) % alignment;
    for (const std::uint8_t byte : take_view(rest)) {
      failed_ = failed_ || byte != 0;
    }
  }
  [[nodiscard]] std::size_t position() const { return at_; }
  [[nodiscard]] bool ok() const { return !failed_; }
  [[nodiscard]] bool finished() const { return !failed_ && at_ == bytes_.size(); }

 private:
  void copy_to(void* target, std::size_t count) {
    const ByteView view = take_view(count);
    if (!view.empty()) {
      std::memcpy(target, view.data(), count);
    }
  }
  ByteView bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

bool scan_header(RecordScan& scan) {
  Scanner in(scan.header);
  const auto suite = in.take<std::uint8_t>();
  const auto origin_bytes = in.take<std::uint16_t>();
  scan.origin = text_of(in.take_view(origin_bytes));
  in.take_into(scan.request_id.bytes);
  in.take_into(scan.key_id.bytes);
  scan.key_seq = in.take<std::uint64_t>();
  in.take_into(scan.prev_request.bytes);
  static_cast<void>(in.take_view(2 * sizeof(std::int64_t)));  // signed_at, not_after
  scan.statement_count = in.take<std::uint16_t>();
  in.take_into(scan.statements_root.bytes);
  return in.finished() && suite == suite_default && !scan.origin.empty() &&
         scan.origin.size() <= limits::origin_bytes_max && scan.key_seq > 0 &&
         scan.statement_count > 0 && scan.statement_count <= limits::statements_per_request_max;
}

bool scan_streams(Scanner& in, std::size_t count) {
  std::string_view before;
  bool good = count >= 1 && count <= limits::streams_per_statement_max;
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    const auto length = in.take<std::uint8_t>();
    const std::string_view name = text_of(in.take_view(length));
    static_cast<void>(in.take_view(sizeof(std::uint64_t)));
    good = good && is_stream_name(name) && (i == 0 || before < name);
    before = name;
  }
  return good;
}

bool scan_statement(RecordScan& scan) {
  Scanner in(scan.statement);
  const bool known_layout = in.take<std::uint16_t>() == layout;
  scan.type = EventType{in.take<std::uint16_t>()};
  static_cast<void>(in.take<std::uint16_t>());  // schema version
  const auto reason = in.take<std::uint8_t>();
  scan.stream_count = in.take<std::uint8_t>();
  static_cast<void>(in.take_view(sizeof(std::int64_t)));  // occurred_at
  const std::size_t streams_at = in.position();
  const bool good_streams = scan_streams(in, scan.stream_count);
  if (!in.ok()) {
    return false;
  }
  scan.streams = scan.statement.subspan(streams_at, in.position() - streams_at);
  in.skip_padding();
  const auto body_bytes = in.take<std::uint32_t>();
  const bool reserved_zero = in.take<std::uint32_t>() == 0;
  scan.body = in.take_view(body_bytes);
  in.skip_padding();
  return in.finished() && known_layout && good_streams && reserved_zero && body_bytes > 0 &&
         scan.statement.size() <= limits::statement_bytes_max &&
         reason <= static_cast<std::uint8_t>(BackEntry::other_see_body);
}

bool header_key_signs_first(const RecordScan& scan) {
  return scan.signatures.empty() ||
         std::ranges::equal(scan.signatures.first(32), scan.key_id.view());
}

bool links_fit(const RecordScan& scan) {
  bool fit = scan.links.size() == link_bytes * scan.stream_count;
  Scanner in(scan.links);
  for (std::size_t i = 0; fit && i < scan.stream_count; ++i) {
    const auto version = in.take<std::uint64_t>();
    const auto previous = in.take<std::uint64_t>();
    fit = version == 1 ? previous == number(no_index) : previous < number(scan.index);
  }
  return fit;
}

}  // namespace

bool scan_record(ByteView bytes, RecordScan& scan) {
  Scanner in(bytes);
  scan.bytes = bytes;
  bool shaped = in.take<std::uint16_t>() == layout;
  shaped &= in.take<std::uint16_t>() == 0;
  scan.rules_version = in.take<std::uint32_t>();
  scan.index = RecordIndex{in.take<std::uint64_t>()};
  scan.recorded_at = UnixMicros{in.take<std::int64_t>()};
  in.take_into(scan.prev.bytes);
  static_cast<void>(in.take<std::uint32_t>());  // policy version
  scan.header = in.take_view(in.take<std::uint16_t>());
  const std::size_t signature_count = in.take<std::uint8_t>();
  shaped &= signature_count <= limits::signatures_per_request_max;
  scan.signatures = in.take_view(signature_count * signature_bytes);
  scan.statement_number = in.take<std::uint16_t>();
  const std::size_t path_count = in.take<std::uint8_t>();
  shaped &= path_count <= limits::statement_path_hashes_max;
  scan.path = in.take_view(path_count * crypto::Digest::size_bytes);
  scan.links = in.take_view(in.take<std::uint8_t>() * link_bytes);
  static_cast<void>(in.take_view(in.take<std::uint16_t>()));  // assigned
  in.skip_padding();
  const auto statement_bytes = in.take<std::uint32_t>();
  shaped &= in.take<std::uint32_t>() == 0;
  scan.statement = in.take_view(statement_bytes);
  if (!in.finished() || !shaped || bytes.size() > limits::record_bytes_max || !scan_header(scan) ||
      !scan_statement(scan)) {
    return false;
  }
  return header_key_signs_first(scan) && scan.statement_number < scan.statement_count &&
         links_fit(scan);
}

}  // namespace juanzong
