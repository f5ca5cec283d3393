// SPDX-License-Identifier: Apache-2.0
// The signer's Unix socket: who may ask, what is bounded, and what a killed process left behind.
#include "server/signer/signer_socket.h"

#include "server/http/http_client.h"
#include "server/net/io_threads.h"

#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

class SignerSocketTest : public ::testing::Test {
 protected:
  Outcome listen(uid_t peer) { return socket_.listen({.path = path(), .peer = peer}); }
  Result<HttpResponse> ask(const std::string& body) {
    return http_post_to_socket(path(), "/sign-checkpoint", body, std::chrono::seconds(5));
  }
  std::filesystem::path path() const { return folder_.path() / "signer.sock"; }
  mode_t mode() const {
    struct stat status {};
    EXPECT_EQ(::stat(path().c_str(), &status), 0);
    return status.st_mode & 0777U;
  }
  std::string said() {
    const std::lock_guard lock(mutex_);
    return said_;
  }

  TemporaryFolder folder_;
  std::mutex mutex_;
  std::string said_;
  Log log_{[this](std::string_view line) {
    const std::lock_guard lock(mutex_);
    said_ += line;
  }};
  IoThreads threads_{1};
  SignerSocket socket_{threads_.context(),
                       [](const HttpRequest& request) {
                         return HttpResponse{409, "text/x", "", request.target + request.body};
                       },
                       log_};
};

TEST_F(SignerSocketTest, AnswersItsOwnUser) {
  ASSERT_TRUE(listen(::geteuid()).has_value());
  EXPECT_EQ(mode(), 0600U);
  for (int i = 0; i < 3; ++i) {
    const Result<HttpResponse> answer = ask("old 0\n");
    ASSERT_TRUE(answer.has_value()) << to_text(answer.error());
    EXPECT_EQ(answer->status, 409);
    EXPECT_EQ(answer->content_type, "text/x");
    EXPECT_EQ(answer->body, "/sign-checkpointold 0\n");
  }
}

TEST_F(SignerSocketTest, AnotherUserGetsNoAnswer) {
  ASSERT_TRUE(listen(::geteuid() + 1).has_value());
  EXPECT_EQ(mode(), 0660U) << "the folder's group may connect; who it is decides";
  EXPECT_FALSE(ask("old 0\n").has_value());
  EXPECT_THAT(said(), HasSubstr("peer_refused"));
}

TEST_F(SignerSocketTest, ALargeBodyIsNotRead) {
  ASSERT_TRUE(listen(::geteuid()).has_value());
  EXPECT_FALSE(ask(std::string(64 * 1024, 'x')).has_value());
  EXPECT_TRUE(ask("small").has_value()) << "and the next is served";
}

TEST_F(SignerSocketTest, ASocketLeftBehindIsReplacedAndAFileIsNot) {
  {
    IoThreads threads(1);
    SignerSocket before(
        threads.context(), [](const HttpRequest&) { return HttpResponse(); }, log_);
    ASSERT_TRUE(before.listen({.path = path(), .peer = ::geteuid()}).has_value());
  }
  ASSERT_TRUE(std::filesystem::is_socket(path()));
  EXPECT_TRUE(listen(::geteuid()).has_value());
  SignerSocket other(
      threads_.context(), [](const HttpRequest&) { return HttpResponse(); }, log_);
  const std::filesystem::path file = folder_.path() / "file";
  std::ofstream(file) << "somebody's";
  EXPECT_FALSE(other.listen({.path = file, .peer = ::geteuid()}).has_value());
  EXPECT_TRUE(std::filesystem::is_regular_file(file));
}

TEST_F(SignerSocketTest, NobodyThereIsSaid) {
  const Result<HttpResponse> answer = ask("old 0\n");
  ASSERT_FALSE(answer.has_value());
  EXPECT_THAT(answer.error().detail, HasSubstr("signer.sock"));
}

}  // namespace
}  // namespace juanzong::testing
