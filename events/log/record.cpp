// SPDX-License-Identifier: Apache-2.0
#include "events/log/record.h"

#include "crypto/hex.h"
#include "crypto/sha256.h"

#include "events/model/byte_io.h"
#include "events/model/check.h"
#include "events/model/limits.h"

#include <algorithm>
#include <string>

namespace juanzong {
namespace {

constexpr std::uint16_t layout = 1;
constexpr std::size_t alignment = 8;

void put_signatures(ByteWriter& out, std::span<const RequestSignature> signatures) {
  out.put(static_cast<std::uint8_t>(signatures.size()));
  for (const RequestSignature& signature : signatures) {
    out.put(signature.key_id.view()).put(ByteView(signature.signature.bytes));
  }
}

// Reads a count and as many items as fit; false if there are more than may stand there.
template <class List, class Take>
bool take_list(ByteReader& in, List& list, const Take& take) {
  const std::size_t count = in.take<std::uint8_t>();
  if (count > list.capacity()) {
    return false;
  }
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    list.push_back(take(in));
  }
  return true;
}

RequestSignature take_signature(ByteReader& in) {
  RequestSignature signature;
  signature.key_id = KeyId{in.take_array<32>()};
  signature.signature.bytes = in.take_array<64>();
  return signature;
}

StreamLink take_link(ByteReader& in) {
  StreamLink link;
  link.version = StreamVersion{in.take<std::uint64_t>()};
  link.previous = RecordIndex{in.take<std::uint64_t>()};
  return link;
}

// Or nobody signs: then the session of the header's key vouched for the request.
bool header_key_signs_first(const RecordView& view) {
  return view.signatures.empty() || view.signatures.front().key_id == view.header.key_id;
}

bool links_fit(const RecordView& view) {
  return view.links.size() == view.statement.streams.size() &&
         std::ranges::all_of(view.links, [&view](const StreamLink& link) {
           const bool first = link.version == StreamVersion{1};
           return first ? link.previous == no_index : link.previous < view.index;
         });
}

}  // namespace

Bytes encode_record(const RecordDraft& draft) {
  ByteWriter out;
  out.reserve(512 + draft.statement.size());
  out.put(layout).put(std::uint16_t{0}).put(draft.rules_version);
  out.put(number(draft.index)).put_i64(draft.recorded_at.value).put(draft.prev);
  out.put(draft.policy_version).put_sized<std::uint16_t>(draft.header);
  put_signatures(out, draft.signatures);
  out.put(draft.statement_number).put(static_cast<std::uint8_t>(draft.path.size()));
  for (const crypto::Digest& hash : draft.path) {
    out.put(hash);
  }
  out.put(static_cast<std::uint8_t>(draft.links.size()));
  for (const StreamLink& link : draft.links) {
    out.put(number(link.version)).put(number(link.previous));
  }
  out.put_sized<std::uint16_t>(draft.assigned).pad_to(alignment);
  out.put(static_cast<std::uint32_t>(draft.statement.size())).put(std::uint32_t{0});
  out.put(draft.statement);
  check(out.size() <= limits::record_bytes_max, "an admitted statement fits into one record");
  return out.take();
}

Result<RecordView> parse_record(ByteView bytes) {
  ByteReader in(bytes);
  RecordView view;
  view.bytes = bytes;
  bool shaped = in.take<std::uint16_t>() == layout;
  shaped &= in.take<std::uint16_t>() == 0;
  view.rules_version = in.take<std::uint32_t>();
  view.index = RecordIndex{in.take<std::uint64_t>()};
  view.recorded_at = UnixMicros{in.take_i64()};
  view.prev = in.take_digest();
  view.policy_version = in.take<std::uint32_t>();
  view.header_bytes = in.take_sized<std::uint16_t>();
  shaped = shaped && take_list(in, view.signatures, take_signature);
  view.statement_number = in.take<std::uint16_t>();
  shaped = shaped && take_list(in, view.path, [](ByteReader& from) { return from.take_digest(); });
  shaped = shaped && take_list(in, view.links, take_link);
  view.assigned = in.take_sized<std::uint16_t>();
  in.skip_padding(alignment);
  const std::size_t statement_size = in.take<std::uint32_t>();
  shaped &= in.take<std::uint32_t>() == 0;
  const ByteView statement = in.take_view(statement_size);
  if (!in.finished() || !shaped || bytes.size() > limits::record_bytes_max) {
    return fail(ErrorCode::corruption, "record layout");
  }
  Result<RequestHeader> header = parse_header(view.header_bytes);
  Result<StatementView> parsed = parse_statement(statement);
  if (!header || !parsed) {
    return fail(ErrorCode::corruption, !header ? "record header" : "record statement");
  }
  view.header = std::move(*header);
  view.statement = std::move(*parsed);
  const bool fits = header_key_signs_first(view) &&
                    view.statement_number < view.header.statement_count && links_fit(view);
  if (!fits) {
    return fail(ErrorCode::corruption, "record parts contradict each other");
  }
  return view;
}

crypto::Digest genesis_link(std::string_view origin) {
  std::string text = "juanzong/genesis/v1\n";
  return crypto::sha256(bytes_of(text.append(origin)));
}

LedgerId ledger_id_of(std::string_view first_origin) {
  std::string text = "juanzong/ledger/v1\n";
  const crypto::Digest digest = crypto::sha256(bytes_of(text.append(first_origin)));
  LedgerId id;
  std::copy_n(digest.bytes.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

std::string origin_stream(std::string_view origin) {
  return "origin:" + crypto::hex_encode(ledger_id_of(origin).view());
}

}  // namespace juanzong
