// SPDX-License-Identifier: Apache-2.0
// The real server and a witness that is reached over HTTP: what the server publishes and proves
// carries the cosignature; without the witness it goes on, and says so.
#include "server/witness/witness.h"

#include "crypto/proof_text.h"
#include "crypto/witness_policy.h"

#include "server/http/http_listener.h"
#include "server/net/endpoint.h"
#include "server/net/io_threads.h"

#include "tests/integration/site.h"
#include "tests/tools/commands.h"

#include <gmock/gmock.h>

#include <fstream>
#include <thread>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t noon = 1'735'790'400;

// On a port of its own, until it is destroyed.
class RunningWitness {
 public:
  RunningWitness(std::unique_ptr<Witness> witness, const std::string& listen)
      : witness_(std::move(witness)) {
    const auto endpoint = parse_endpoint(listen);
    const auto bound = listener_.listen(*endpoint, TlsContext());
    EXPECT_TRUE(bound.has_value());
    address_ = to_text(*bound);
  }
  [[nodiscard]] const std::string& address() const { return address_; }

 private:
  std::unique_ptr<Witness> witness_;
  Log log_{[](std::string_view) {}};
  IoThreads threads_{1};
  HttpListener listener_{
      threads_.context(),
      [this](const HttpRequest& request) { return witness_->answer(request, noon); },
      log_,
      HttpOptions{.allow_plain_tcp = true, .body_bytes = 64 * 1024}};
  std::string address_;
};

class WitnessedSite : public ::testing::Test {
 protected:
  crypto::SignerKey cosigner() const {
    return *crypto::SignerKey::create("committee.example",
                                      crypto::PrivateKey::from_seed(seed_.seed()),
                                      crypto::NoteKeyType::cosignature_v1);
  }
  void start_witness(const std::string& listen = "127.0.0.1:0") {
    auto witness = Witness::open(
        cosigner(), {*crypto::VerifierKey::parse(site_.verifier_key())}, folder_.path() / "state");
    ASSERT_TRUE(witness.has_value()) << to_text(witness.error());
    witness_ = std::make_unique<RunningWitness>(*std::move(witness), listen);
  }
  std::string policy_text(const std::string& url) const {
    return "witness committee " + cosigner().verifier().text() + " " + url + "\nquorum committee\n";
  }
  void start_server(const std::string& address) {
    const std::filesystem::path policy = folder_.path() / "policy";
    std::ofstream(policy) << policy_text("http://" + address);
    std::ofstream(folder_.path() / "config.toml")
        << "[witness]\npolicy = \"" << policy.string() << "\"\ninterval_seconds = 1\n";
    site_.start();
  }
  crypto::Cosigners cosigners_of(const std::string& note) const {
    crypto::WitnessPolicy::Fault fault;
    return crypto::WitnessPolicy::parse(policy_text(""), fault)->cosigners_of(note);
  }
  // Waits for a round that covers the size, at most some seconds.
  std::string cosigned_checkpoint(const Desk& desk, std::uint64_t size) const {
    std::string note;
    for (int i = 0; i < 100; ++i) {
      note = *desk.client->checkpoint();
      const auto stated = crypto::parse_checkpoint(note.substr(0, note.find("\n\n") + 1));
      if (stated && stated->size >= size && !cosigners_of(note).empty()) {
        break;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return note;
  }
  const crypto::PrivateKey seed_ = crypto::PrivateKey::generate();
  TemporaryFolder folder_;
  Site site_{{.config = folder_.path() / "config.toml"}};
  std::unique_ptr<RunningWitness> witness_;
};

TEST_F(WitnessedSite, CheckpointsAndProofsCarryTheCosignature) {
  start_witness();
  start_server(witness_->address());
  const Desk desk = site_.founder();
  const RecordIndex index = index_of(desk.submitter->submit(staff_line(fresh_name())));
  const std::string note = cosigned_checkpoint(desk, number(index) + 1);
  EXPECT_EQ(cosigners_of(note)["committee"], noon) << note << site_.said();
  const auto proof = crypto::parse_inclusion_proof(*desk.client->prove(index));
  ASSERT_TRUE(proof.has_value());
  EXPECT_EQ(cosigners_of(proof->note).size(), 1U);
  EXPECT_EQ(site_.stop(), 0);
}

// What an owner takes home: who vouches, and since when; a policy that asks for more refuses it.
TEST_F(WitnessedSite, TheProofIsVerifiedOfflineWithItsWitnesses) {
  start_witness();
  start_server(witness_->address());
  const Desk desk = site_.founder();
  const RecordIndex index = index_of(desk.submitter->submit(staff_line(fresh_name())));
  static_cast<void>(cosigned_checkpoint(desk, number(index) + 1));
  const auto file = [this](const std::string& name, const std::string& text) {
    const std::string path = (folder_.path() / name).string();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  };
  const auto page = desk.client->read_records(index, 1);
  ASSERT_TRUE(page.has_value());
  const Bytes& record = page->records.front();
  std::vector<std::string> words{"verify",
                                 file("proof", *desk.client->prove(index)),
                                 "--vkey",
                                 site_.verifier_key(),
                                 "--record",
                                 file("record", std::string(record.begin(), record.end())),
                                 "--policy",
                                 file("asked", policy_text(""))};
  const Ran shown = run(words);
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("cosigned by committee at 2025-01-02T04:00:00"));
  const crypto::SignerKey other = *crypto::SignerKey::create(
      "other.example", crypto::PrivateKey::generate(), crypto::NoteKeyType::cosignature_v1);
  words.back() = file("more", "witness other " + other.verifier().text() + "\nquorum other\n");
  EXPECT_EQ(run(words).exit_code, 2);
  EXPECT_EQ(site_.stop(), 0);
}

TEST_F(WitnessedSite, TheServerGoesOnWhileTheWitnessIsDown) {
  start_witness();
  const std::string address = witness_->address();
  witness_.reset();
  start_server(address);
  const Desk desk = site_.founder();
  EXPECT_EQ(outcome_of(desk.submitter->submit(staff_line(fresh_name()))), "");
  EXPECT_TRUE(cosigners_of(*desk.client->checkpoint()).empty());
  start_witness(address);
  EXPECT_EQ(outcome_of(desk.submitter->submit(staff_line(fresh_name()))), "");
  EXPECT_EQ(cosigners_of(cosigned_checkpoint(desk, 0)).size(), 1U) << site_.said();
  EXPECT_EQ(site_.stop(), 0);
  EXPECT_THAT(site_.said(), HasSubstr("witness_does_not_answer"));
  EXPECT_THAT(site_.said(), HasSubstr("witness_answers"));
}

}  // namespace
}  // namespace juanzong::testing
