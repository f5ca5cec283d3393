// SPDX-License-Identifier: Apache-2.0
// Who may connect and how often one may ask, with a clock of the test's own.
#include "server/net/connection_budget.h"
#include "server/net/endpoint.h"
#include "server/net/gate.h"
#include "server/net/rate_limiter.h"
#include "server/net/upload.h"

#include <gtest/gtest.h>

#include <thread>

namespace juanzong::testing {
namespace {

using boost::asio::ip::make_address;
using std::chrono::minutes;
using std::chrono::seconds;

const SteadyTime start{};

TEST(ConnectionBudget, CountsOneSixtyFourAsOneSource) {
  NetLimits limits;
  limits.connections_per_source = 2;
  ConnectionBudget budget(limits);
  const auto first = budget.admit(make_address("2001:db8::1"), start);
  auto second = budget.admit(make_address("2001:db8::2"), start);
  EXPECT_FALSE(budget.admit(make_address("2001:db8::3"), start));
  EXPECT_TRUE(budget.admit(make_address("2001:db8:0:1::3"), start));
  second.reset();
  EXPECT_TRUE(budget.admit(make_address("2001:db8::3"), start));
}

TEST(ConnectionBudget, GivesThePlacesBeforeLoginBack) {
  NetLimits limits;
  limits.connections = 3;
  limits.connections_unauthenticated = 1;
  ConnectionBudget budget(limits);
  auto first = budget.admit(make_address("192.0.2.1"), start);
  EXPECT_FALSE(budget.admit(make_address("192.0.2.2"), start));
  first->login_succeeded();
  auto second = budget.admit(make_address("192.0.2.2"), start);
  ASSERT_TRUE(second);
  second->login_succeeded();
  const auto third = budget.admit(make_address("192.0.2.3"), start);
  EXPECT_TRUE(third);
  EXPECT_FALSE(budget.admit(make_address("192.0.2.4"), start));
}

TEST(ConnectionBudget, LocksASourceOutForAQuarterOfAnHour) {
  ConnectionBudget budget{NetLimits()};
  const auto bad = make_address("192.0.2.1");
  for (std::size_t i = 0; i < limits::login_failures_max; ++i) {
    auto ticket = budget.admit(bad, start);
    ASSERT_TRUE(ticket) << i;
    ticket->login_failed(start);
  }
  EXPECT_FALSE(budget.admit(bad, start + minutes(14)));
  EXPECT_TRUE(budget.admit(make_address("192.0.2.2"), start));
  EXPECT_TRUE(budget.admit(make_address("::ffff:192.0.2.2"), start));
  EXPECT_FALSE(budget.admit(make_address("::ffff:192.0.2.1"), start));
  EXPECT_TRUE(budget.admit(bad, start + minutes(15)));
}

TEST(ConnectionBudget, NeverLocksLoopbackOut) {
  ConnectionBudget budget{NetLimits()};
  for (int i = 0; i < 20; ++i) {
    auto ticket = budget.admit(make_address("127.0.0.1"), start);
    ASSERT_TRUE(ticket);
    ticket->login_failed(start);
  }
}

TEST(RateLimiter, RefillsWithTimeUpToTheBurst) {
  NetLimits limits;
  limits.requests_per_second = 2;
  limits.request_burst = 3;
  RateLimiter rate(limits);
  const KeyId key{{1}};
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(rate.take(key, start));
  }
  EXPECT_FALSE(rate.take(key, start));
  EXPECT_TRUE(rate.take(KeyId{{2}}, start));
  EXPECT_TRUE(rate.take(key, start + std::chrono::milliseconds(500)));
  EXPECT_FALSE(rate.take(key, start + std::chrono::milliseconds(600)));
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(rate.take(key, start + seconds(100)));
  }
  EXPECT_FALSE(rate.take(key, start + seconds(100)));
}

TEST(Upload, TakesTheNextChunkOnly) {
  std::atomic<std::size_t> in_use{0};
  {
    Upload upload(in_use);
    message::Attach chunk{BlobId{{1}}, PersonId{{2}}, 0, 5, {1, 2, 3}};
    EXPECT_TRUE(upload.add(chunk));
    EXPECT_FALSE(upload.is_complete());
    EXPECT_EQ(in_use, 3U);
    message::Attach gap = chunk;
    gap.offset = 4;
    EXPECT_EQ(upload.add(gap).error().code, ErrorCode::malformed_request);
    message::Attach other = chunk;
    other.offset = 3;
    other.blob = BlobId{{9}};
    EXPECT_EQ(upload.add(other).error().code, ErrorCode::malformed_request);
    chunk.offset = 3;
    EXPECT_EQ(upload.add(chunk).error().code, ErrorCode::malformed_request);  // past the total
    chunk.bytes = {4, 5};
    EXPECT_TRUE(upload.add(chunk));
    EXPECT_TRUE(upload.is_complete());
  }
  EXPECT_EQ(in_use, 0U);
  Upload large(in_use);
  EXPECT_EQ(large.add({{}, {}, 0, limits::blob_bytes_max + 1, {1}}).error().code,
            ErrorCode::limit_exceeded);
}

TEST(Gate, WaitsForWhatIsInside) {
  Gate gate;
  auto pass = gate.enter();
  ASSERT_TRUE(pass);
  gate.close();
  EXPECT_FALSE(gate.enter());
  EXPECT_FALSE(gate.wait_until(std::chrono::steady_clock::now()));
  std::thread leaver([&pass] { pass.reset(); });
  EXPECT_TRUE(gate.wait_until(std::chrono::steady_clock::now() + seconds(10)));
  leaver.join();
}

TEST(Endpoint, ReadsNumbersOnly) {
  EXPECT_EQ(to_text(*parse_endpoint("127.0.0.1:0")), "127.0.0.1:0");
  EXPECT_EQ(to_text(*parse_endpoint("[::1]:7621")), "[::1]:7621");
  for (const char* text : {"",
                           "127.0.0.1",
                           "localhost:1",
                           "127.0.0.1:",
                           "127.0.0.1:65536",
                           "127.0.0.1:1x",
                           "::1:1",
                           "[127.0.0.1]:1",
                           "[::1]"}) {
    EXPECT_FALSE(parse_endpoint(text)) << text;
  }
}

}  // namespace
}  // namespace juanzong::testing
