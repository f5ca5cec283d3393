// SPDX-License-Identifier: Apache-2.0
// Round trips of every message, and what the verifier alone would let pass.
#include "server/wire/codec.h"

#include "server/wire/utf8.h"
#include "server/wire/wire_generated.h"

#include "tests/fuzz/wire_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace juanzong::testing {
namespace {

Bytes payload_of(const Bytes& frame) {
  return {frame.begin() + frame_header_bytes, frame.end()};
}

TEST(Codec, RoundTripsEveryRequest) {
  for (const message::Request& request : sample_requests()) {
    const Bytes frame = encode_frame(request);
    const auto decoded = decode_request(payload_of(frame));
    ASSERT_TRUE(decoded) << request.request_no;
    EXPECT_EQ(decoded->request_no, request.request_no);
    EXPECT_EQ(decoded->body.index(), request.body.index());
    EXPECT_EQ(encode_frame(*decoded), frame) << request.request_no;
  }
}

TEST(Codec, RoundTripsEveryReply) {
  for (const message::Reply& reply : sample_replies()) {
    const Bytes frame = encode_frame(reply);
    const auto decoded = decode_reply(payload_of(frame));
    ASSERT_TRUE(decoded) << reply.request_no;
    EXPECT_EQ(decoded->body.index(), reply.body.index());
    EXPECT_EQ(encode_frame(*decoded), frame) << reply.request_no;
  }
}

TEST(Codec, KeepsAnAppendByteForByte) {
  const auto sample = std::get<message::Append>(sample_requests()[1].body);
  const Bytes frame = encode_append_frame(2, sample.request, sample.keys);
  const auto decoded = decode_request(payload_of(frame));
  ASSERT_TRUE(decoded);
  const auto& append = std::get<message::Append>(decoded->body);
  EXPECT_EQ(append.request.header, sample.request.header);
  EXPECT_EQ(append.request.statements, sample.request.statements);
  EXPECT_EQ(append.request.openings, sample.request.openings);
  EXPECT_EQ(append.request.signatures, sample.request.signatures);
  EXPECT_EQ(append.keys, sample.keys);
}

TEST(Codec, NeedsTheIdentifierOfTheDirection) {
  const Bytes request = payload_of(encode_frame(sample_requests()[10]));
  EXPECT_TRUE(std::ranges::search(request, std::string_view("JZRQ")));
  EXPECT_FALSE(decode_reply(request));
  EXPECT_FALSE(decode_request(payload_of(encode_frame(sample_replies()[10]))));
}

TEST(Codec, RefusesBrokenUtf8AndMisalignedPayloads) {
  Bytes payload = payload_of(encode_frame(message::Request{1, message::Query{"view", "{}"}}));
  const auto at = std::ranges::search(payload, std::string_view("view")).begin();
  *at = 0xFF;
  const auto decoded = decode_request(payload);
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().detail, "Query.view: not UTF-8");
  Bytes shifted(payload.size() + 1);
  std::ranges::copy(payload, shifted.begin() + 1);
  EXPECT_FALSE(decode_request(ByteView(shifted).subspan(1)));
}

// Deep in tables it is small, but every path has a limit of its own.
TEST(Codec, RefusesAnOpeningPathThatIsTooLong) {
  auto append = std::get<message::Append>(sample_requests()[1].body);
  append.request.openings[0].path.assign(200, 'p');
  const auto decoded = decode_request(payload_of(encode_frame(message::Request{1, append})));
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().code, ErrorCode::malformed_frame);
}

// 4,000 statements that all point at one byte field: the verifier is content, and copying them
// would turn one frame into 240 MiB.
TEST(Codec, RefusesFieldsThatShareTheirBytes) {
  flatbuffers::FlatBufferBuilder out;
  const Bytes content(60'000, 7);
  const auto shared = out.CreateVector(content);
  std::vector<flatbuffers::Offset<wire::WireStatement>> statements;
  for (int i = 0; i < 4'000; ++i) {
    statements.push_back(wire::CreateWireStatement(out, shared));
  }
  const auto header = out.CreateVector(Bytes(160, 1));
  const auto none = out.CreateVector(std::vector<flatbuffers::Offset<wire::WireSignature>>());
  const auto all = out.CreateVector(statements);
  const auto append = wire::CreateAppend(out, header, none, all);
  out.Finish(wire::CreateRequest(out, 1, wire::RequestBody::Append, append.Union()), "JZRQ");
  const Bytes payload(out.GetBufferPointer(), out.GetBufferPointer() + out.GetSize());
  const auto decoded = decode_request(payload);
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().detail, "frame: fields share bytes");
}

TEST(Utf8, KnowsTheEdgesOfRfc3629) {
  for (const char* good :
       {"", "a", "\xC2\x80", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_utf8(good));
  }
  for (const char* bad : {"\x80",
                          "\xC1\xBF",
                          "\xE0\x9F\xBF",
                          "\xED\xA0\x80",
                          "\xF0\x8F\xBF\xBF",
                          "\xF4\x90\x80\x80",
                          "\xF5\x80\x80\x80",
                          "\xE4\xBD"}) {
    EXPECT_FALSE(is_utf8(bad));
  }
}

}  // namespace
}  // namespace juanzong::testing
