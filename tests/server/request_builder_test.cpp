// SPDX-License-Identifier: Apache-2.0
// What the builder makes, the server's admission takes; what is wrong is named before any network.
#include "tools/client/request_builder.h"

#include "events/procedures/json_body.h"

#include "projections/state/admission.h"

#include "tests/server/server_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

std::shared_ptr<const crypto::PrivateKey> new_key() {
  return std::make_shared<const crypto::PrivateKey>(crypto::PrivateKey::generate());
}

constexpr std::string_view staff_line = R"({"type":"StaffRegistered","body":{"staff":"S-7",
  "department":"CSD","badge_no":"B-7","roles":"ARC",
  "name":{"subject":"00000000000000000000000000000007","value":"陈静"}}})";
constexpr std::string_view contractor_line = R"({"type":"ContractorRegistered","body":{
  "company":"C-1","name":"Builders",
  "licence":{"subject":"00000000000000000000000000000009","file":"licence.pdf"}}})";

TEST(RequestBuilder, MakesWhatAdmissionTakes) {
  RequestBuilder builder = make_builder();
  const std::string line = "[" + std::string(staff_line) + "," + std::string(contractor_line) + "]";
  auto draft = builder.build(line);
  ASSERT_TRUE(draft) << to_text(draft.error());
  const auto first = new_key();
  sign_draft(*draft, {4, crypto::Digest{}}, {first, new_key()});
  EXPECT_EQ(draft->request.openings.size(), 2U);
  ASSERT_EQ(draft->attachments.size(), 1U);
  EXPECT_EQ(draft->attachments[0].content, (Bytes{1, 2, 3}));
  EXPECT_EQ(draft->header.key_seq, 5U);
  const auto admitted = admit_request(draft->request, draft->keys, catalogue(), Openings::required);
  ASSERT_TRUE(admitted) << to_text(admitted.error());
  EXPECT_EQ(admitted->statements.size(), 2U);
  EXPECT_EQ(admitted->signers.front(), key_id_of(first->public_key()));
}

TEST(RequestBuilder, SignsAgainWithoutChangingWhatIsStated) {
  RequestBuilder builder = make_builder();
  auto draft = builder.build(unit_line(101));
  ASSERT_TRUE(draft);
  const auto key = new_key();
  sign_draft(*draft, {}, {key});
  const SignedRequest before = draft->request;
  sign_draft(*draft, {9, crypto::Digest{{1}}}, {key});
  EXPECT_EQ(draft->request.statements, before.statements);
  EXPECT_NE(draft->request.header, before.header);
  EXPECT_EQ(parse_header(draft->request.header)->request_id,
            parse_header(before.header)->request_id);
  EXPECT_TRUE(admit_request(draft->request, draft->keys, catalogue(), Openings::required));
}

TEST(RequestBuilder, TakesTimesIdsVersionsAndReasons) {
  RequestBuilder builder = make_builder();
  const RequestId id = builder.new_request_id();
  auto draft = builder.build(R"({"type":"UnitRegistered","occurred_at":"2025-03-01T09:00:00+08:00",
    "request_id":")" + to_text(id) +
                             R"(","expect":{"unit:3-1-101":0},"back_entry":"paper_taken_over",
    "body":{"unit":"3-1-101","building":"3","entrance":"1","floor":1,"number":"101"}})");
  ASSERT_TRUE(draft) << to_text(draft.error());
  EXPECT_EQ(draft->header.request_id, id);
  const auto view = parse_statement(draft->request.statements.at(0));
  ASSERT_TRUE(view);
  EXPECT_EQ(view->occurred_at, *parse_instant("2025-03-01T09:00:00+08:00"));
  EXPECT_EQ(view->back_entry, BackEntry::paper_taken_over);
  EXPECT_EQ(view->streams.at(0).expected, StreamVersion{0});
}

struct BadLine {
  const char* line;
  ErrorCode code;
  const char* detail;
};

TEST(RequestBuilder, NamesWhatIsWrongWithALine) {
  const BadLine lines[] = {
      {"{", ErrorCode::malformed_request, "not JSON"},
      {"[]", ErrorCode::limit_exceeded, "1 to 4,096"},
      {"7", ErrorCode::malformed_request, "statement 0: object"},
      {R"({"type":"Nothing","body":{}})", ErrorCode::unknown_event_type, "statement 0"},
      {R"({"type":"UnitRegistered"})", ErrorCode::malformed_request, "body: missing"},
      {R"({"type":"UnitRegistered","bodi":{}})", ErrorCode::malformed_request, "bodi"},
      {R"({"type":7,"body":{}})", ErrorCode::malformed_request, "type: text"},
      {R"({"type":"UnitRegistered","body":{"unit":7}})", ErrorCode::schema_violation, "unit"},
      {R"({"type":"UnitRegistered","request_id":"x","body":{}})",
       ErrorCode::malformed_request,
       "request_id"},
  };
  RequestBuilder builder = make_builder();
  for (const BadLine& bad : lines) {
    const auto draft = builder.build(bad.line);
    ASSERT_FALSE(draft) << bad.line;
    EXPECT_EQ(draft.error().code, bad.code) << bad.line;
    EXPECT_THAT(draft.error().detail, HasSubstr(bad.detail)) << bad.line;
  }
}

}  // namespace
}  // namespace juanzong::testing
