// SPDX-License-Identifier: Apache-2.0
#include "tools/simulate/office.h"

#include "crypto/key_file.h"

#include "server/data/ledger_keys.h"

#include "tools/client/registration.h"

#include <algorithm>
#include <future>

namespace juanzong::simulate {
namespace {

// Streams of the seed; each is drawn from in one order, whatever the others do.
enum Stream : std::uint64_t { founding_keys = 1, founding_id, office_draws, server_draws };

constexpr std::size_t requests_under_way_max = 64;

crypto::PrivateKey key_from(SeededRandom& random) {
  std::array<std::uint8_t, crypto::PrivateKey::seed_size_bytes> seed{};
  random.fill(seed);
  return crypto::PrivateKey::from_seed(seed);
}

std::string refusal_text(const Refusal& refusal) {
  std::string text = refusal.rule + " [" + refusal.clause + "] " + refusal.zh + " / " + refusal.en;
  for (const Fact& fact : refusal.facts) {
    text += "; " + fact.name + "=" + fact.value;
  }
  return text;
}

std::string result_text(const AppendResult& result) {
  if (const auto* error = std::get_if<Error>(&result)) {
    return to_text(*error);
  }
  const auto* refused = std::get_if<RefusedRequest>(&result);
  return refused == nullptr ? "已接受 / accepted"
                            : "statement " + std::to_string(refused->statement) + ": " +
                                  refusal_text(refused->refusals.front());
}

}  // namespace

FoundingSecrets founding_secrets(std::uint64_t seed) {
  SeededRandom random(seed, founding_keys);
  crypto::PrivateKey log = key_from(random);
  crypto::PrivateKey founder = key_from(random);
  return {std::move(log), std::move(founder), key_from(random)};
}

crypto::RandomSource founding_random(std::uint64_t seed) {
  return [random = SeededRandom(seed, founding_id)](std::span<std::uint8_t> output) mutable {
    random.fill(output);
  };
}

Office::Office(const OfficeOptions& options, std::unique_ptr<DataDirectory> data)
    : clock_(options.start),
      random_(options.seed, office_draws),
      server_side_(options.seed, server_draws),
      data_(std::move(data)) {}

Office::~Office() = default;

Result<std::unique_ptr<Office>> Office::open(const OfficeOptions& options) {
  Result<std::unique_ptr<DataDirectory>> data = DataDirectory::open(
      options.data, [](std::uint64_t) {}, [] { std::abort(); });
  if (!data) {
    return fail(data.error());
  }
  std::unique_ptr<Office> office(new Office(options, std::move(*data)));  // NOLINT: private
  office->staff_["ADM"].key =
      std::make_shared<const crypto::PrivateKey>(founding_secrets(options.seed).founder);
  const Outcome begun = office->begin(options.data);
  return begun ? Result<std::unique_ptr<Office>>(std::move(office)) : fail(begun.error());
}

Outcome Office::begin(const std::filesystem::path& root) {
  const std::vector<LedgerEntry> ledgers = list_ledgers(DerivedRows::Snapshot(data_->rows()));
  auto server_keys = load_server_keys(DataPaths(root), ledgers);
  auto log_keys = load_log_keys(DataPaths(root), ledgers);
  if (!server_keys || !log_keys) {
    return fail(!server_keys ? server_keys.error() : log_keys.error());
  }
  service_ = std::make_unique<LedgerService>(LedgerService::Parts{
      *data_,
      clock_,
      head_signers_of(std::move(*log_keys)),
      [](const std::string& why) { std::fprintf(stderr, "simulate: %s\n", why.c_str()); },
      true,
      std::move(*server_keys),
      [](std::string_view, std::string_view why) {
        std::fprintf(stderr, "simulate: %.*s\n", static_cast<int>(why.size()), why.data());
      },
      [this](std::span<std::uint8_t> output) { server_side_.fill(output); }});
  const Result<LedgerFacts> facts = service_->ledger("");
  if (!facts) {
    return fail(facts.error());
  }
  RequestBuilder::Environment environment;
  environment.now = [this] { return clock_.now(); };
  environment.read_file = [](std::string_view file) -> Result<Bytes> {
    return fail(ErrorCode::not_found, std::string(file));
  };
  environment.random = [this](std::span<std::uint8_t> output) { random_.fill(output); };
  builder_ = std::make_unique<RequestBuilder>(catalogue(), facts->origin, std::move(environment));
  Member& founder = staff_["ADM"];
  const Result<Principal> who = service_->identify("", founder.key->public_key());
  const Result<KeyChainHead> chain =
      who ? service_->key_chain(*who) : Result<KeyChainHead>(fail(who.error()));
  if (!chain) {
    return fail(chain.error());
  }
  founder.chain = {chain->key_seq, chain->last_request};
  return Done{};
}

void Office::stop(Error error) {
  trouble_ = trouble_ ? trouble_ : std::optional<Error>(std::move(error));
}

void Office::go_to(UnixMicros at) {
  if (at > now()) {
    settle();
    clock_.go_to(at);
  }
}

void Office::hire(const std::string& role) {
  if (trouble_) {
    return;
  }
  const auto key = std::make_shared<const crypto::PrivateKey>(key_from(random_));
  const std::string staff = "S-" + role;
  const std::string line =
      registration_line({staff, "PROJECT", "B-" + role, role}, key->public_key());
  ask(staff_["ADM"], line, {"ADM", {"StaffRegistered", "ActorKeyRegistered"}, "", {}}, {key});
  settle();
  if (crypto::write_private_key(data_->paths().keys / ("staff." + staff + ".key"), *key)) {
    stop({ErrorCode::io_failure, staff});
  }
  staff_[role].key = key;
}

std::string Office::line_of(const std::vector<Line>& lines) const {
  std::string text;
  for (const Line& line : lines) {
    text.append(text.empty() ? "[" : ",")
        .append(R"({"type":")" + line.event + R"(","body":)" + line.body + "}");
  }
  return text + "]";
}

Outcome Office::attach(const Principal& who, const DraftRequest& draft) {
  for (const AttachmentContent& each : draft.attachments) {
    const Outcome stored = service_->attach(who, each.blob, each.subject, each.content);
    if (!stored) {
      return stored;
    }
  }
  return Done{};
}

void Office::ask(Member& member, std::string_view line, Asked asked, SigningKeys more) {
  Result<DraftRequest> draft = builder_->build(line);
  if (!draft) {
    complain(asked, draft.error());
    return;
  }
  const Result<Principal> who = service_->identify("", member.key->public_key());
  const Outcome attached = who ? attach(*who, *draft) : fail(who.error());
  if (!attached) {
    complain(asked, attached.error());
    return;
  }
  more.insert(more.begin(), member.key);
  sign_draft(*draft, member.chain, more);
  if (asked.rule.empty()) {
    member.chain = {draft->header.key_seq, request_hash(draft->request.header)};
  }
  const auto answer = std::make_shared<std::promise<AppendResult>>();
  asked.answer = answer->get_future();
  service_->append(
      *who, std::move(draft->request), std::move(draft->keys), [answer](AppendResult result) {
        answer->set_value(std::move(result));
      });
  under_way_.push_back(std::move(asked));
  if (under_way_.size() == requests_under_way_max) {
    settle();
  }
}

bool Office::is_expected(const Asked& asked, const AppendResult& result) {
  if (asked.rule.empty()) {
    return std::holds_alternative<AppendReceipt>(result);
  }
  const auto* refused = std::get_if<RefusedRequest>(&result);
  return refused != nullptr &&
         std::ranges::count(refused->refusals, asked.rule, &Refusal::rule) > 0;
}

// The first that is not as expected is told; what was asked behind it may rest on it.
void Office::settle() {
  for (; !under_way_.empty(); under_way_.pop_front()) {
    Asked& asked = under_way_.front();
    const AppendResult result = asked.answer.get();
    if (!is_expected(asked, result)) {
      complain(asked, result);
    } else if (const auto* receipt = std::get_if<AppendReceipt>(&result)) {
      newest_ = receipt->first;
      for (const std::string& event : asked.events) {
        counts_.accepted[event] += 1;
      }
    } else {
      counts_.refused[asked.rule] += 1;
    }
  }
}

void Office::complain(const Asked& asked, const AppendResult& result) {
  const auto* refused = std::get_if<RefusedRequest>(&result);
  const std::string& event = asked.events[refused == nullptr ? 0 : refused->statement];
  const std::string expected = asked.rule.empty() ? "" : ", expected " + asked.rule;
  stop({ErrorCode::not_permitted,
        event + " (" + asked.role + ", " + zone_.to_text(now()) + expected +
            "): " + result_text(result)});
}

void Office::must(std::string_view role, std::string_view event, const std::string& body) {
  must_all(role, {{std::string(event), body}});
}

void Office::must_all(std::string_view role, const std::vector<Line>& lines) {
  if (trouble_ || lines.empty()) {
    return;
  }
  const auto member = staff_.find(role);
  check(member != staff_.end(), "the simulation hires whom it lets work");
  Asked asked{std::string(role), {}, "", {}};
  for (const Line& line : lines) {
    asked.events.push_back(line.event);
  }
  ask(member->second, line_of(lines), std::move(asked), {});
}

RecordIndex Office::must_at(std::string_view role,
                            std::string_view event,
                            const std::string& body) {
  must(role, event, body);
  settle();
  return newest_;
}

void Office::refused(std::string_view role,
                     std::string_view event,
                     const std::string& body,
                     std::string_view rule) {
  if (trouble_) {
    return;
  }
  ask(staff_.find(role)->second,
      line_of({{std::string(event), body}}),
      {std::string(role), {std::string(event)}, std::string(rule), {}},
      {});
}

Result<std::string> Office::query(std::string_view view, std::string_view arguments) const {
  const auto auditor = staff_.find("AUD");
  check(auditor != staff_.end(), "the simulation hires an auditor");
  const Result<Principal> who = service_->identify("", auditor->second.key->public_key());
  if (!who) {
    return fail(who.error());
  }
  std::promise<Result<std::string>> answer;
  service_->query(*who, view, arguments, [&answer](Result<std::string> report) {
    answer.set_value(std::move(report));
  });
  return answer.get_future().get();
}

std::uint64_t Office::records() const {
  const Result<LedgerFacts> facts = service_->ledger("");
  return facts ? facts->size : 0;
}

}  // namespace juanzong::simulate
