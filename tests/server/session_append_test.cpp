// SPDX-License-Identifier: Apache-2.0
// Appends without a signature: for whom, and over which channel, a session vouches.
#include "tests/server/server_fixture.h"

#include <gtest/gtest.h>

namespace juanzong::testing {
namespace {

ErrorCode error_of(const AppendReply& reply) {
  const auto* error = std::get_if<Error>(&reply);
  return error == nullptr ? ErrorCode{0} : error->code;
}

DraftRequest unsigned_draft(const crypto::PublicKey& key) {
  RequestBuilder builder = make_builder();
  auto draft = builder.build(unit_line(101));
  check(static_cast<bool>(draft), "the line of the test builds");
  place_draft(*draft, {}, key);
  return std::move(*draft);
}

AppendReply append(Client& client, const DraftRequest& draft) {
  return client.append(draft.request, draft.keys);
}

TEST(SessionAppend, VouchesForTheKeyThatLoggedIn) {
  TestServer server;
  const auto client = server.connect();
  const AppendReply reply = append(*client, unsigned_draft(server.key->public_key()));
  EXPECT_TRUE(std::holds_alternative<message::Appended>(reply));
  EXPECT_EQ(server.service.recorded(), 1U);
}

TEST(SessionAppend, DoesNotVouchForAnotherKey) {
  TestServer server;
  const crypto::PrivateKey other = crypto::PrivateKey::generate();
  server.service.register_key(other.public_key(), "S-CAS");
  const auto client = server.connect();
  EXPECT_EQ(error_of(append(*client, unsigned_draft(other.public_key()))),
            ErrorCode::not_permitted);
  DraftRequest damaged = unsigned_draft(server.key->public_key());
  damaged.request.header.pop_back();
  EXPECT_EQ(error_of(append(*client, damaged)), ErrorCode::malformed_request);
  EXPECT_EQ(server.service.recorded(), 0U);
}

// The login there is not bound to the channel: a relay could add requests to it.
TEST(SessionAppend, DoesNotVouchOverPlainTcp) {
  NetOptions options = quick_options();
  options.allow_plain_tcp = true;
  TestServer server(options);
  const auto client = Client::connect(server.listen_plain());
  ASSERT_TRUE(client);
  DraftRequest draft = unsigned_draft(server.key->public_key());
  EXPECT_EQ(error_of(append(**client, draft)), ErrorCode::signature_required);
  sign_draft(draft, {}, {server.key});
  EXPECT_EQ(error_of(append(**client, draft)), ErrorCode{0});
}

}  // namespace
}  // namespace juanzong::testing
