// SPDX-License-Identifier: Apache-2.0
// The client library against a real listener: calls, pipelining, subscriptions, lost answers.
#include "tests/server/server_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <mutex>

namespace juanzong::testing {
namespace {

using std::chrono::milliseconds;

// Collects what callbacks bring and waits for it.
template <class T>
class Collector {
 public:
  void add(T value) {
    const std::lock_guard lock(mutex_);
    values_.push_back(std::move(value));
    changed_.notify_all();
  }
  [[nodiscard]] std::vector<T> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(
        lock, std::chrono::seconds(10), [this, count] { return values_.size() >= count; });
    return values_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<T> values_;
};

TEST(Client, AsksEverythingTheServiceAnswers) {
  TestServer server;
  server.service.add_records(5, 100);
  const auto client = server.connect();
  EXPECT_EQ(client->query("echo", R"({"单元":"3"})").value(), R"({"单元":"3"})");
  EXPECT_EQ(client->query("nothing", "{}").error().code, ErrorCode::query_invalid);
  EXPECT_EQ(client->prove(RecordIndex{3}).value(), "proof of 3");
  EXPECT_EQ(client->prove_consistency(2).value(), "consistent from 2");
  EXPECT_EQ(client->checkpoint().value(), "checkpoint of 5");
  EXPECT_EQ(client->ping().value(), server.service.now());
  const auto page = client->read_records(RecordIndex{1}, 2);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->records.size(), 2U);
  EXPECT_EQ(page->next, 3U);
  EXPECT_EQ(page->tree_size, 5U);
}

TEST(Client, ReadsPagesThatFillAReplyToTheirEnd) {
  TestServer server;
  server.service.add_records(40, 60'000);  // more than two replies hold
  const auto client = server.connect();
  std::uint64_t at = 0;
  int pages = 0;
  while (at < 40) {
    const auto page = client->read_records(RecordIndex{at}, 1'000);
    ASSERT_TRUE(page);
    ASSERT_EQ(page->next, at + page->records.size());
    ASSERT_GT(page->next, at);
    at = page->next;
    ++pages;
  }
  EXPECT_GE(pages, 3);
  const auto stream = client->read_stream("unit:1-1-101", StreamVersion{2}, 1'000);
  ASSERT_TRUE(stream);
  EXPECT_EQ(stream->next, 2 + stream->records.size());
  EXPECT_EQ(stream->stream_version, 40U);
}

TEST(Client, AnswersAnOversizeReportWithAnError) {
  TestServer server;
  server.service.set_report(std::string(2 * 1024 * 1024, 'x'));
  const auto client = server.connect();
  EXPECT_EQ(client->query("report", "").error().code, ErrorCode::limit_exceeded);
  EXPECT_TRUE(client->ping());
}

TEST(Client, UploadsAnAttachmentInChunks) {
  TestServer server;
  const auto client = server.connect();
  Bytes content(limits::blob_chunk_bytes * 2 + 17);
  for (std::size_t i = 0; i < content.size(); ++i) {
    content[i] = static_cast<std::uint8_t>(i * 7);
  }
  const BlobId blob{{1}};
  EXPECT_TRUE(client->attach(blob, PersonId{{2}}, content));
  EXPECT_TRUE(client->attach(BlobId{{3}}, PersonId{{2}}, {}));
  EXPECT_EQ(server.service.blobs().at(blob), content);
  EXPECT_EQ(server.service.blobs().size(), 2U);
}

TEST(Client, AppendsAndReportsReceiptsAndRefusals) {
  TestServer server;
  const auto client = server.connect();
  RequestBuilder builder = make_builder();
  Submitter submitter(*client, builder, {server.key}, milliseconds(5'000));
  const AppendReply first = submitter.submit(unit_line(101));
  ASSERT_TRUE(std::holds_alternative<message::Appended>(first));
  const auto& appended = std::get<message::Appended>(first);
  EXPECT_EQ(appended.tree_size, 1U);
  EXPECT_EQ(appended.leaves.size(), 1U);
  EXPECT_EQ(appended.assigned.at(0).receipt_no, "R-1");

  const Refusal refusal{
      "H-REG-1", "该房屋已登记", "registered before", "S0", {{"unit", "3-1-102"}}, CivilDate{9}};
  server.service.refuse_with(refusal);
  const AppendReply second = submitter.submit(unit_line(102));
  ASSERT_TRUE(std::holds_alternative<message::Refused>(second));
  EXPECT_THAT(std::get<message::Refused>(second).refusals, ::testing::ElementsAre(refusal));
  EXPECT_EQ(server.metrics.refusals.values().at("H-REG-1"), 1U);
}

TEST(Client, PipelinesAppendsWhoseAnswersComeInAnyOrder) {
  TestServer server;
  server.service.hold_appends();
  const auto client = server.connect();
  RequestBuilder builder = make_builder();
  Collector<std::uint64_t> order;
  KeyChain chain;
  constexpr std::size_t count = limits::requests_in_flight_per_connection_max;
  for (std::size_t i = 0; i < count; ++i) {
    const DraftRequest draft = signed_draft(builder, 100 + static_cast<int>(i), chain, server.key);
    chain = {draft.header.key_seq, request_hash(draft.request.header)};
    client->append_async(draft.request, draft.keys, [&order](AppendReply reply) {
      const auto* appended = std::get_if<message::Appended>(&reply);
      order.add(appended != nullptr ? number(appended->first) : ~std::uint64_t{0});
    });
  }
  ASSERT_TRUE(server.service.wait_for_held(count));
  // One more is not read before an answer has gone out.
  auto pong = std::async(std::launch::async, [&client] { return client->ping(); });
  EXPECT_EQ(pong.wait_for(milliseconds(100)), std::future_status::timeout);
  server.service.release_appends(true);
  const auto answers = order.wait_for(count);
  ASSERT_EQ(answers.size(), count);
  EXPECT_EQ(answers.front(), count - 1);
  EXPECT_EQ(answers.back(), 0U);
  EXPECT_TRUE(pong.get());
}

TEST(Client, SignsAgainOnceWhenAnotherClientOfTheKeyWasFaster) {
  TestServer server;
  const auto client = server.connect();
  const auto rival = server.connect();
  RequestBuilder builder = make_builder();
  Submitter mine(*client, builder, {server.key}, milliseconds(5'000));
  Submitter theirs(*rival, builder, {server.key}, milliseconds(5'000));
  ASSERT_TRUE(std::holds_alternative<message::Appended>(theirs.submit(unit_line(101))));
  EXPECT_TRUE(std::holds_alternative<message::Appended>(mine.submit(unit_line(102))));
  EXPECT_EQ(server.service.recorded(), 2U);
}

// By a client of its own, which sends again after each `timeout`.
AppendReply append_with_retry(const TestServer& server,
                              milliseconds timeout,
                              milliseconds patience) {
  ClientOptions options = server.client_options();
  options.call_timeout = timeout;
  const auto client = Client::connect(options);
  RequestBuilder builder = make_builder();
  const DraftRequest draft = signed_draft(builder, 101, {}, server.key);
  return client ? (*client)->append_with_retry(draft.request, draft.keys, patience)
                : AppendReply(client.error());
}

TEST(Client, SendsTheSameBytesAgainWhenTheAnswerIsLost) {
  TestServer server;
  server.service.lose_next_answer();
  const AppendReply reply = append_with_retry(server, milliseconds(300), milliseconds(10'000));
  ASSERT_TRUE(std::holds_alternative<message::Appended>(reply));
  EXPECT_TRUE(std::get<message::Appended>(reply).repeated);
  EXPECT_EQ(server.service.recorded(), 1U);
}

TEST(Client, SaysThatTheOutcomeIsUnknownWhenPatienceEnds) {
  TestServer server;
  server.service.hold_appends();
  const AppendReply reply = append_with_retry(server, milliseconds(200), milliseconds(600));
  ASSERT_TRUE(std::holds_alternative<Error>(reply));
  EXPECT_EQ(std::get<Error>(reply).code, ErrorCode::outcome_unknown);
  server.service.release_appends(false);
}

TEST(Client, ReconnectsAfterARestartOfTheServer) {
  TestServer server;
  const auto client = server.connect();
  RequestBuilder builder = make_builder();
  Submitter submitter(*client, builder, {server.key}, milliseconds(10'000));
  ASSERT_TRUE(std::holds_alternative<message::Appended>(submitter.submit(unit_line(101))));
  server.restart_listener();
  EXPECT_TRUE(std::holds_alternative<message::Appended>(submitter.submit(unit_line(102))));
  EXPECT_EQ(server.service.recorded(), 2U);
}

TEST(Client, TellsWhoeverWaitsThatTheConnectionIsGone) {
  TestServer server;
  server.service.hold_appends();
  auto client = server.connect();
  std::future<AppendReply> promised = start_append(server, *client);
  ASSERT_TRUE(server.service.wait_for_held(1));
  client.reset();
  const AppendReply reply = promised.get();
  ASSERT_TRUE(std::holds_alternative<Error>(reply));
  EXPECT_EQ(std::get<Error>(reply).code, ErrorCode::outcome_unknown);
  server.service.release_appends(false);
}

TEST(Client, SubscribesByCreditsWithoutSkipping) {
  TestServer server;
  server.service.add_records(10, 100);
  const auto client = server.connect();
  Collector<message::Records> pages;
  const std::uint32_t subscription =
      client->subscribe(RecordIndex{4}, 8, [&pages](Result<message::Records> page) {
        if (page) {
          pages.add(std::move(*page));
        }
      });
  auto seen = pages.wait_for(1);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].records.size(), 6U);
  EXPECT_EQ(seen[0].next, 10U);
  server.service.add_records(5, 100);  // two credits are left
  seen = pages.wait_for(2);
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[1].records.size(), 2U);
  EXPECT_EQ(seen[1].next, 12U);
  client->add_credits(subscription, 100);
  seen = pages.wait_for(3);
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_EQ(seen[2].records.size(), 3U);
  EXPECT_EQ(server.metrics.subscriptions.value(), 1);
}

TEST(Client, SubscriptionFollowsALargeBacklogAndConcurrentCommits) {
  TestServer server;
  server.service.add_records(300, 20'000);
  const auto client = server.connect();
  std::mutex mutex;
  std::condition_variable changed;
  std::uint64_t next = 0;
  bool in_order = true;
  static_cast<void>(client->subscribe(RecordIndex{0}, 100'000, [&](Result<message::Records> page) {
    const std::lock_guard lock(mutex);
    in_order = in_order && page && page->next == next + page->records.size();
    next = page ? page->next : next;
    changed.notify_all();
  }));
  for (int i = 0; i < 100; ++i) {
    server.service.add_records(3, 50);
  }
  std::unique_lock lock(mutex);
  EXPECT_TRUE(changed.wait_for(lock, std::chrono::seconds(10), [&] { return next == 600; }));
  EXPECT_TRUE(in_order);
}

TEST(Client, ManyShareOneLoop) {
  TestServer server;
  ClientOptions options = server.client_options();
  options.loop = std::make_shared<ClientLoop>();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 16; ++i) {
    auto client = Client::connect(options);
    ASSERT_TRUE(client);
    clients.push_back(std::move(*client));
  }
  for (const auto& client : clients) {
    EXPECT_TRUE(client->ping());
  }
}

TEST(Client, SpeaksPlainTcpWhereItIsAllowed) {
  NetOptions options = quick_options();
  options.allow_plain_tcp = true;
  TestServer server(options);
  auto client = Client::connect(server.listen_plain());
  ASSERT_TRUE(client);
  EXPECT_TRUE((*client)->ping());
}

}  // namespace
}  // namespace juanzong::testing
