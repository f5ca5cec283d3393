// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/site.h"

#include "crypto/random_bytes.h"

#include "events/log/request_signing.h"

#include "server/pipeline/clock.h"

#include "tools/client/registration.h"
#include "tools/juanzong/add_ledger.h"
#include "tools/juanzong/new_data.h"
#include "tools/juanzong_audit/audit_command.h"

#include <csignal>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <sys/wait.h>
#include <thread>

namespace juanzong::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds patience{20};

std::string text_of_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

DraftRequest Desk::sign(std::string_view line) const {
  Result<DraftRequest> draft = builder->build(line);
  EXPECT_TRUE(draft.has_value()) << (draft ? "" : to_text(draft.error())) << line;
  const message::LoggedIn facts = client->facts();
  sign_draft(*draft, {facts.key_seq, facts.last_request}, keys);
  return std::move(*draft);
}

AppendReply Desk::send(const DraftRequest& draft) const {
  return client->append(draft.request, draft.keys);
}

Site::Site(SiteOptions options) : options_(std::move(options)) {
  const fs::path folder = options_.folder.empty() ? own_folder_.path() : options_.folder;
  data_ = folder / "data";
  clock_file_ = own_folder_.path() / "clock";
  if (!options_.clock.empty()) {
    set_clock(options_.clock);
  }
  cli::NewData wanted;
  wanted.directory = data_;
  wanted.ledger = "site";
  wanted.origin = options_.origin;
  wanted.now = now();
  const Result<std::string> key = cli::create_data(wanted);
  EXPECT_TRUE(key.has_value()) << (key ? "" : to_text(key.error()));
  verifier_key_ = key ? *key : "";
}

std::vector<std::string> Site::arguments() const {
  std::vector<std::string> list{
      "--data", data_.string(), "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0"};
  if (!options_.clock.empty()) {
    list.insert(list.end(), {"--test-clock", clock_file_.string()});
  }
  if (!options_.config.empty()) {
    list.insert(list.end(), {"--config", options_.config.string()});
  }
  return list;
}

void Site::start() {
  ASSERT_TRUE(try_start()) << text_of_file(own_folder_.path() / "server.log");
}

bool Site::try_start() {
  auto server = ServerProcess::start(arguments(), own_folder_.path() / "server.log");
  server_ = server ? std::move(*server) : nullptr;
  return server_ != nullptr;
}

Site::Refusal Site::refused() const {
  const Result<fs::path> program = find_program("juanzongd");
  EXPECT_TRUE(program.has_value());
  const fs::path said = own_folder_.path() / "refusal.log";
  std::string command = "exec timeout 20 '" + program->string() + "'";
  for (const std::string& argument : arguments()) {
    command += " '" + argument + "'";
  }
  const int code = run_program("/bin/sh", {"-c", command + " >'" + said.string() + "' 2>&1"});
  return {code, text_of_file(said)};
}

int Site::stop() {
  if (!server_) {
    return -1;
  }
  const int code = server_->stop();
  server_.reset();
  return code;
}

void Site::kill() {
  server_.reset();  // SIGKILL
}

int Site::wait_for_end(std::chrono::seconds patience_of_test) {
  const auto until = std::chrono::steady_clock::now() + patience_of_test;
  while (std::chrono::steady_clock::now() < until) {
    siginfo_t ended{};
    if (::waitid(
            P_PID, static_cast<id_t>(server_->process()), &ended, WEXITED | WNOHANG | WNOWAIT) ==
            0 &&
        ended.si_pid != 0) {
      return stop();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return -1;
}

std::string Site::said() const {
  return text_of_file(own_folder_.path() / "server.log");
}

void Site::set_clock(const std::string& instant) {
  const fs::path beside = clock_file_.string() + ".new";
  std::ofstream(beside) << instant << "\n";
  fs::rename(beside, clock_file_);
}

UnixMicros Site::now() const {
  return options_.clock.empty() ? make_system_clock()->now() : make_file_clock(clock_file_)->now();
}

std::string Site::add_ledger(const std::string& name) {
  cli::AddLedger wanted;
  wanted.directory = data_;
  wanted.ledger = name;
  wanted.origin = options_.origin + "/" + name;
  wanted.now = now();
  const Result<cli::AddedLedger> added = cli::add_ledger(wanted);
  EXPECT_TRUE(added.has_value()) << (added ? "" : to_text(added.error()));
  return added ? added->verifier_key : "";
}

ClientOptions Site::client_options(const SigningKeys& keys, const std::string& ledger) const {
  ClientOptions options;
  options.port = server_->port();
  options.ledger = ledger;
  options.key = keys.front();
  options.pinned_certificate = data_ / "keys" / "tls.cert.pem";
  return options;
}

Desk Site::desk(SigningKeys keys, const std::string& ledger) const {
  if (!server_) {
    throw std::runtime_error("no server");
  }
  Desk desk;
  desk.keys = keys;
  Result<std::unique_ptr<Client>> client = Client::connect(client_options(keys, ledger));
  EXPECT_TRUE(client.has_value()) << (client ? "" : to_text(client.error()));
  if (!client) {
    throw std::runtime_error("no connection");
  }
  desk.client = std::move(*client);
  RequestBuilder::Environment environment;
  environment.now = [this] { return now(); };
  environment.read_file = read_attachment_file;
  desk.builder = std::make_unique<RequestBuilder>(
      catalogue(), desk.client->facts().origin, std::move(environment));
  desk.submitter =
      std::make_unique<Submitter>(*desk.client, *desk.builder, std::move(keys), patience);
  return desk;
}

std::shared_ptr<const crypto::PrivateKey> Site::founder_key(const std::string& ledger) const {
  const DataPaths paths(data_);
  const bool first = ledger.empty() || ledger == "site";
  const LedgerKeyFiles files = first ? key_files_of_first(paths) : key_files_of(paths, ledger);
  const auto key = load_key(files.founder_key);
  EXPECT_TRUE(key.has_value());
  return *key;
}

Desk Site::founder(const std::string& ledger) const {
  return desk({founder_key(ledger)}, ledger);
}

Desk Site::hire(const std::string& staff,
                const std::string& roles,
                const std::string& ledger) const {
  const auto key = std::make_shared<const crypto::PrivateKey>(crypto::PrivateKey::generate());
  const Desk both = desk({founder_key(ledger), key}, ledger);
  const AppendReply reply = both.submitter->submit(
      registration_line({staff, "PROJECT", "B-" + staff, roles}, key->public_key()));
  EXPECT_EQ(outcome_of(reply), "");
  return desk({key}, ledger);
}

ScenarioPlayer Site::player() {
  PlayerOptions options;
  options.server.port = server_->port();
  options.server.pinned_certificate = data_ / "keys" / "tls.cert.pem";
  options.founder_key = *load_key(data_ / "keys" / "founder.key");
  options.clock_file = clock_file_;
  options.print = [this](const std::string& line) { transcript_ += line + "\n"; };
  return ScenarioPlayer(std::move(options));
}

int Site::audit() const {
  const std::string folder = data_.string();
  const std::array arguments{
      "juanzong-audit", folder.c_str(), "--vkey", verifier_key_.c_str(), "--deep"};
  return audit::run_audit(
      static_cast<int>(arguments.size()), arguments.data(), std::cout, std::cerr);
}

std::string staff_line(const std::string& staff) {
  return R"({"type":"StaffRegistered","body":{"staff":"S-)" + staff +
         R"(","department":"D","badge_no":"B-)" + staff + R"(","roles":"CSA"}})";
}

std::string fresh_name() {
  return hex_of(crypto::random_array<16>());
}

RecordIndex index_of(const AppendReply& reply) {
  EXPECT_EQ(outcome_of(reply), "");
  const auto* appended = std::get_if<message::Appended>(&reply);
  return appended == nullptr ? no_index : appended->first;
}

std::string outcome_of(const AppendReply& reply) {
  if (const auto* error = std::get_if<Error>(&reply)) {
    return std::string(name_of(error->code));
  }
  const auto* refused = std::get_if<message::Refused>(&reply);
  return refused == nullptr ? "" : refused->refusals.front().rule;
}

}  // namespace juanzong::testing
