// SPDX-License-Identifier: Apache-2.0
// Two communities in one server: one journal, one writer, and nothing of the one in the other.
#include "crypto/checkpoint.h"
#include "crypto/signed_note.h"

#include "events/storage/rocksdb_journal.h"

#include "server/net/tls.h"

#include "tools/juanzong/add_ledger.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong_audit/audit_command.h"

#include "tests/integration/append_load.h"
#include "tests/integration/site.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>

#include <future>
#include <iostream>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class TwoLedgers : public ::testing::Test {
 protected:
  TwoLedgers() : annex_key(site.add_ledger("annex")) { site.start(); }

  static std::string unit_line(const std::string& room) {
    return R"({"type":"UnitRegistered","body":{"unit":"1-1-)" + room +
           R"(","building":"1","entrance":"1","floor":1,"number":")" + room + R"("}})";
  }

  // Frames of the journal with records of more than one ledger.
  [[nodiscard]] std::size_t shared_frames() const {
    const auto journal = open_rocksdb_journal_read_only(site.data() / "log");
    EXPECT_TRUE(journal.has_value());
    std::size_t count = 0;
    for (std::uint64_t at = 0; at < (*journal)->head().next_position; ++at) {
      const auto header = parse_frame_header(*(*journal)->chunk(at, 0));
      count += header->batches.size() > 1 ? 1 : 0;
    }
    return count;
  }

  // The body of https://…/<path>, "" for anything but 200.
  [[nodiscard]] std::string fetch(const std::string& path) const {
    boost::asio::io_context io;
    auto context = *make_client_tls(site.data() / "keys" / "tls.cert.pem");
    boost::asio::ssl::stream<boost::asio::ip::tcp::socket> stream(io, *context);
    stream.next_layer().connect(
        {boost::asio::ip::address_v4::loopback(), site.server().http_port()});
    stream.handshake(boost::asio::ssl::stream_base::client);
    const std::string request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    boost::asio::write(stream, boost::asio::buffer(request));
    std::string answer;
    boost::system::error_code end;
    boost::asio::read(stream, boost::asio::dynamic_buffer(answer), end);
    const std::size_t body = answer.find("\r\n\r\n");
    return answer.starts_with("HTTP/1.1 200") ? answer.substr(body + 4) : "";
  }

  // `juanzong export` and a deep audit of what it wrote.
  int audit_of_export(const std::string& ledger, const std::string& verifier_key) const {
    const std::string out = (site.data().parent_path() / ("export-" + ledger)).string();
    const std::string data = site.data().string();
    const std::array words{"juanzong",
                           "export",
                           "--data",
                           data.c_str(),
                           "--ledger",
                           ledger.c_str(),
                           "--out",
                           out.c_str()};
    EXPECT_EQ(cli::run_command_line(cli::offline_commands(),
                                    static_cast<int>(words.size()),
                                    words.data(),
                                    std::cout,
                                    std::cerr),
              0);
    const std::array audit{"juanzong-audit", out.c_str(), "--vkey", verifier_key.c_str(), "--deep"};
    return audit::run_audit(static_cast<int>(audit.size()), audit.data(), std::cout, std::cerr);
  }

  Site site;
  std::string annex_key;
};

TEST_F(TwoLedgers, ShareFramesAndLoseNothingInAKill) {
  std::vector<AppendLoad::Ack> of_site;
  std::vector<AppendLoad::Ack> of_annex;
  {
    const Desk first = site.founder("site");
    const Desk second = site.founder("annex");
    AppendLoad first_load(first);
    AppendLoad second_load(second);
    ASSERT_TRUE(first_load.wait_for_acks(300));
    ASSERT_TRUE(second_load.wait_for_acks(300));
    site.kill();
    first_load.finish();
    second_load.finish();
    of_site = first_load.acks();
    of_annex = second_load.acks();
  }
  site.start();
  {
    const Desk first = site.founder("site");
    const Desk second = site.founder("annex");
    EXPECT_EQ(missing(first, of_site), 0U);
    EXPECT_EQ(missing(second, of_annex), 0U);
    EXPECT_EQ(outcome_of(first.submitter->submit(staff_line(fresh_name()))), "");
    EXPECT_EQ(outcome_of(second.submitter->submit(staff_line(fresh_name()))), "");
  }
  EXPECT_EQ(site.stop(), 0);
  EXPECT_GT(shared_frames(), 0U);
  EXPECT_EQ(site.audit(), 0);
  EXPECT_EQ(audit_of_export("site", site.verifier_key()), 0);
  EXPECT_EQ(audit_of_export("annex", annex_key), 0);
}

TEST_F(TwoLedgers, AnswerOnlyOfThemselves) {
  const Desk first = site.hire("S-ARC", "ARC", "site");
  const Desk second = site.hire("S-ARC", "ARC", "annex");
  EXPECT_EQ(outcome_of(first.submitter->submit(unit_line("101"))), "");
  EXPECT_EQ(outcome_of(second.submitter->submit(unit_line("202"))), "");
  // The same unit in both: two communities may number alike.
  EXPECT_EQ(outcome_of(first.submitter->submit(unit_line("303"))), "");
  EXPECT_EQ(outcome_of(second.submitter->submit(unit_line("303"))), "");
  const Result<std::string> of_first = first.client->query("units", "{}");
  const Result<std::string> of_second = second.client->query("units", "{}");
  ASSERT_TRUE(of_first && of_second);
  EXPECT_THAT(*of_first, HasSubstr("1-1-101"));
  EXPECT_THAT(*of_first, Not(HasSubstr("1-1-202")));
  EXPECT_THAT(*of_second, HasSubstr("1-1-202"));
  EXPECT_THAT(*of_second, Not(HasSubstr("1-1-101")));
  EXPECT_EQ(first.client->read_stream("unit:1-1-303", StreamVersion{1}, 9)->stream_version, 1U);
}

TEST_F(TwoLedgers, DoNotKnowEachOthersActors) {
  const Desk clerk = site.hire("S-CSA", "CSA", "site");
  const auto stranger = Client::connect(site.client_options(clerk.keys, "annex"));
  ASSERT_FALSE(stranger.has_value());
  EXPECT_EQ(stranger.error().code, ErrorCode::unknown_key);
  // A key that both know signs for one of them.
  const Desk here = site.founder("annex");
  RequestBuilder::Environment environment;
  environment.now = [this] { return site.now(); };
  const std::string origin = clerk.client->facts().origin;
  RequestBuilder elsewhere(catalogue(), origin, std::move(environment));
  Result<DraftRequest> draft = elsewhere.build(staff_line(fresh_name()));
  ASSERT_TRUE(draft.has_value());
  const message::LoggedIn facts = here.client->facts();
  sign_draft(*draft, {facts.key_seq, facts.last_request}, here.keys);
  EXPECT_EQ(outcome_of(here.send(*draft)), "origin_mismatch");
  EXPECT_EQ(outcome_of(here.submitter->submit(staff_line(fresh_name()))), "");
}

TEST_F(TwoLedgers, ALoginThatNamesNoneIsToldWhichThereAre) {
  const Desk clerk = site.hire("S-CSA", "CSA", "site");
  const auto unnamed = Client::connect(site.client_options(clerk.keys, ""));
  ASSERT_FALSE(unnamed.has_value());
  EXPECT_EQ(unnamed.error().code, ErrorCode::ledger_not_named);
  EXPECT_EQ(unnamed.error().detail, "site, annex");
}

TEST_F(TwoLedgers, SubscribersHearOfTheirOwn) {
  const Desk first = site.founder("site");
  const Desk second = site.founder("annex");
  const std::uint64_t size = second.client->facts().tree_size;
  const auto heard = std::make_shared<std::promise<message::Records>>();
  static_cast<void>(second.client->subscribe(
      RecordIndex{size}, 10, [heard, told = false](const Result<message::Records>& page) mutable {
        if (page && !page->records.empty() && !told) {
          told = true;
          heard->set_value(*page);
        }
      }));
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(outcome_of(first.submitter->submit(staff_line(fresh_name()))), "");
  }
  const std::string name = fresh_name();
  EXPECT_EQ(outcome_of(second.submitter->submit(staff_line(name))), "");
  auto arrived = heard->get_future();
  ASSERT_EQ(arrived.wait_for(std::chrono::seconds(20)), std::future_status::ready);
  const message::Records page = arrived.get();
  ASSERT_EQ(page.records.size(), 1U);
  const Result<RecordView> record = parse_record(page.records.front());
  EXPECT_EQ(record->index, RecordIndex{size});
  EXPECT_EQ(record->statement.streams.front().name, "staff:S-" + name);
}

TEST_F(TwoLedgers, HaveCheckpointsAndTilesOfTheirOwn) {
  EXPECT_EQ(outcome_of(site.founder("annex").submitter->submit(staff_line(fresh_name()))), "");
  const auto site_verifier = crypto::VerifierKey::parse(site.verifier_key());
  const auto annex_verifier = crypto::VerifierKey::parse(annex_key);
  const auto of_site = crypto::open_checkpoint(fetch("/site/checkpoint"), *site_verifier);
  const auto of_annex = crypto::open_checkpoint(fetch("/annex/checkpoint"), *annex_verifier);
  ASSERT_TRUE(of_site && of_annex);
  EXPECT_EQ(of_site->size, 6U);  // founding 5, the server's RulesActivated
  EXPECT_EQ(of_annex->size, 7U);
  EXPECT_NE(fetch("/annex/tile/0/000.p/7"), "");
  EXPECT_EQ(fetch("/site/tile/0/000.p/7"), "");
  EXPECT_NE(fetch("/site/tile/entries/000.p/6"), fetch("/annex/tile/entries/000.p/6"));
  EXPECT_EQ(fetch("/west/checkpoint"), "");
}

TEST_F(TwoLedgers, AThirdWaitsUntilTheServerHasStopped) {
  cli::AddLedger wanted;
  wanted.directory = site.data();
  wanted.ledger = "third";
  wanted.origin = "test.juanzong.local/third";
  wanted.now = site.now();
  const Result<cli::AddedLedger> refused = cli::add_ledger(wanted);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::already_running);
  EXPECT_EQ(site.stop(), 0);
  EXPECT_TRUE(cli::add_ledger(wanted).has_value());
  site.start();
  EXPECT_EQ(site.desk({*load_key(site.data() / "keys" / "third.founder.key")}, "third")
                .client->facts()
                .tree_size,
            6U);
}

}  // namespace
}  // namespace juanzong::testing
