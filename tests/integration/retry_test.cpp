// SPDX-License-Identifier: Apache-2.0
// A request that is sent again is recorded once, whatever happened to the first answer.
#include "tests/integration/site.h"

#include <boost/json.hpp>

namespace juanzong::testing {
namespace {

message::Appended appended(const AppendReply& reply) {
  EXPECT_EQ(outcome_of(reply), "");
  const auto* receipt = std::get_if<message::Appended>(&reply);
  return receipt == nullptr ? message::Appended{} : *receipt;
}

TEST(Retry, AfterACutConnectionGivesTheSameIndex) {
  Site site;
  site.start();
  const std::string name = fresh_name();
  DraftRequest draft;
  {
    const Desk cut = site.founder();
    draft = cut.sign(staff_line(name));
    cut.client->append_async(draft.request, draft.keys, [](const AppendReply&) {});
  }
  const Desk desk = site.founder();
  const message::Appended second = appended(desk.send(draft));
  const message::Appended third = appended(desk.send(draft));
  EXPECT_TRUE(third.repeated);
  EXPECT_EQ(third.first, second.first);
  EXPECT_EQ(third.leaves, second.leaves);
  EXPECT_EQ(third.recorded_at, second.recorded_at);
  const auto stream = desk.client->read_stream("staff:S-" + name, StreamVersion{1}, 10);
  ASSERT_TRUE(stream.has_value());
  EXPECT_EQ(stream->stream_version, 1U);
}

TEST(Retry, TheSameIdWithOtherBytesIsRefused) {
  Site site;
  site.start();
  const Desk desk = site.founder();
  DraftRequest draft = desk.sign(staff_line(fresh_name()));
  static_cast<void>(appended(desk.send(draft)));
  DraftRequest other = desk.sign(staff_line(fresh_name()));
  other.header.request_id = draft.header.request_id;
  sign_draft(other, {draft.header.key_seq, request_hash(draft.request.header)}, desk.keys);
  EXPECT_EQ(outcome_of(desk.send(other)), "request_id_reused");
}

TEST(Retry, AfterKillNineGivesTheOriginalReceipt) {
  Site site;
  site.start();
  DraftRequest draft;
  message::Appended first;
  {
    const Desk desk = site.founder();
    draft = desk.sign(staff_line(fresh_name()));
    first = appended(desk.send(draft));
  }
  site.kill();
  site.start();
  const Desk desk = site.founder();
  const message::Appended again = appended(desk.send(draft));
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.first, first.first);
  EXPECT_EQ(again.count, first.count);
  EXPECT_EQ(again.recorded_at, first.recorded_at);
  EXPECT_EQ(again.tree_size, first.tree_size);
  EXPECT_EQ(again.leaves, first.leaves);
  EXPECT_EQ(again.assigned, first.assigned);
}

}  // namespace
}  // namespace juanzong::testing
