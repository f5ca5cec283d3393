// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_ledger.h"

#include "crypto/hex.h"

#include "events/log/commitment.h"
#include "events/log/request_signing.h"
#include "events/storage/memory_row_store.h"

#include "projections/state/founding.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace juanzong::testing {
namespace {

std::string describe(const AppendResult& result) {
  if (const auto* error = std::get_if<Error>(&result)) {
    return to_text(*error);
  }
  if (const auto* refused = std::get_if<RefusedRequest>(&result)) {
    return refused->refusals.front().rule + " " + refused->refusals.front().en;
  }
  return "accepted";
}

}  // namespace

crypto::SignerKey TestLedger::log_key() {
  std::array<std::uint8_t, crypto::PrivateKey::seed_size_bytes> seed{};
  seed.fill(7);
  return *crypto::SignerKey::create(origin, crypto::PrivateKey::from_seed(seed));
}

TestLedger::TestLedger(bool with_server)
    : rows_(std::make_unique<DerivedRows>(make_memory_row_store())),
      ledgers_(std::make_unique<LedgerSet>(*rows_, catalogue())),
      codec_(catalogue()) {
  at("2025-01-01T08:00:00+08:00");
  machine_ = &ledgers_->create(ledger_id_of(origin));
  auto founder = std::make_unique<TestActor>();
  Founding founding;
  founding.facts.name = "estate";
  founding.facts.origin = origin;
  founding.facts.verifier_key = log_key().verifier().text();
  founding.facts.founder = "S-ADM";
  founding.timezone = "Asia/Shanghai";
  founding.tzdata_version = "test";
  founding.founder_badge = "B-ADM";
  auto server = with_server ? std::make_unique<TestActor>() : nullptr;
  const FoundingKeys keys{founder->key, server ? &server->key : nullptr};
  const auto request = make_founding_request(founding, keys, now_);
  EXPECT_TRUE(request.has_value()) << (request ? "" : to_text(request.error()));
  std::vector<crypto::PublicKey> public_keys{founder->key.public_key()};
  if (server) {
    public_keys.push_back(server->key.public_key());
  }
  const auto admitted = admit(*request, public_keys);
  EXPECT_TRUE(admitted.has_value()) << (admitted ? "" : to_text(admitted.error()));
  const AppendResult result = commit(*admitted);
  ++founder->key_seq;
  founder->last_request = admitted->hash;
  EXPECT_TRUE(std::holds_alternative<AppendReceipt>(result)) << describe(result);
  actors_.emplace("ADM", std::move(founder));
  if (server) {
    actors_.emplace("SYS", std::move(server));
  }
}

TestLedger& TestLedger::at(std::string_view instant) {
  now_ = parse_instant(instant).value_or(UnixMicros{});
  EXPECT_NE(now_, UnixMicros{}) << instant;
  return *this;
}

TestActor& TestLedger::actor(std::string_view role_code) {
  const auto found = actors_.find(role_code);
  if (found != actors_.end()) {
    return *found->second;
  }
  auto added = std::make_unique<TestActor>();
  const std::string code(role_code);
  TestActor& founder = *actors_.at("ADM");
  const KeyId id = key_id_of(added->key.public_key());
  SignedRequest request =
      make_request(founder,
                   {{"StaffRegistered",
                     R"({"staff":"S-)" + code + R"(","department":"D","badge_no":"B-)" + code +
                         R"(","roles":")" + code + "\"}"},
                    {"ActorKeyRegistered",
                     R"({"staff":"S-)" + code + R"(","public_key":")" +
                         crypto::hex_encode(added->key.public_key().view()) + R"(","key_id":")" +
                         crypto::hex_encode(id.view()) + R"(","custody":"FILE"})"}});
  // The new key proves its possession by signing as well.
  request.signatures.push_back({id, added->key.sign(signed_bytes_of(request.header))});
  const auto admitted = admit(request, {founder.key.public_key(), added->key.public_key()});
  EXPECT_TRUE(admitted.has_value()) << (admitted ? "" : to_text(admitted.error()));
  const AppendResult result = commit(*admitted);
  EXPECT_TRUE(std::holds_alternative<AppendReceipt>(result)) << describe(result);
  ++founder.key_seq;
  founder.last_request = admitted->hash;
  return *actors_.emplace(code, std::move(added)).first->second;
}

SignedRequest TestLedger::make_request(TestActor& actor,
                                       const std::vector<TestStatement>& statements) {
  RequestDraft draft;
  draft.origin = machine_->head().origin;
  draft.request_id = make_request_id(now_.value / 1000,
                                     {static_cast<std::uint8_t>(ids_ >> 16),
                                      static_cast<std::uint8_t>(ids_ >> 8),
                                      static_cast<std::uint8_t>(ids_)});
  // The low bytes lie under version and variant bits too: keep the counter in the tail as well.
  draft.request_id.bytes[15] = static_cast<std::uint8_t>(ids_);
  draft.request_id.bytes[14] = static_cast<std::uint8_t>(ids_ >> 8);
  draft.request_id.bytes[13] = static_cast<std::uint8_t>(ids_ >> 16);
  ++ids_;
  draft.key_seq = actor.key_seq + 1;
  draft.prev_request = actor.last_request;
  draft.signed_at = now_;
  draft.not_after = UnixMicros{now_.value + micros_per_day};
  std::vector<Opening> openings;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const CatalogueEntry* entry = catalogue().find(statements[i].event);
    EXPECT_NE(entry, nullptr) << statements[i].event;
    const auto number_of = static_cast<std::uint16_t>(i);
    const BodyHooks hooks{
        [&](const FieldValue& value) {
          Opening& opening = openings.emplace_back();
          opening.statement = number_of;
          opening.path = value.path;
          opening.salt.fill(static_cast<std::uint8_t>(openings.size()));
          if (!repeats_salts_) {
            std::ranges::copy(draft.request_id.bytes, opening.salt.begin() + 1);
          }
          opening.value = value.value;
          return commitment_of(
              {draft.origin, value.subject, draft.request_id, number_of, opening.path},
              opening.salt,
              opening.value);
        },
        [] { return BlobId{{9}}; },
        [](std::string_view) -> Result<Bytes> { return Bytes{1}; }};
    const auto body = codec_.from_json(*entry, statements[i].json, hooks);
    EXPECT_TRUE(body.has_value()) << (body ? "" : to_text(body.error()));
    const auto facts = inspect_body(entry->descriptor, body->body);
    EXPECT_TRUE(facts.has_value()) << (facts ? "" : to_text(facts.error()));
    Statement statement;
    statement.type = entry->descriptor.type;
    statement.occurred_at = now_;
    for (const std::string& name : facts->streams) {
      const auto expected = std::ranges::find(statements[i].expect, name, &StreamExpectation::name);
      statement.streams.push_back(expected == statements[i].expect.end()
                                      ? StreamExpectation{name, any_version}
                                      : *expected);
    }
    statement.body = body->body;
    draft.statements.push_back(*encode_statement(statement));
  }
  const crypto::PrivateKey* keys[] = {&actor.key};
  SignedRequest request = sign_request(std::move(draft), keys);
  request.openings = std::move(openings);
  return request;
}

Result<AdmittedRequest> TestLedger::admit(SignedRequest request,
                                          const std::vector<crypto::PublicKey>& keys) const {
  return admit_request(std::move(request), keys, catalogue(), Openings::required);
}

AppendResult TestLedger::commit(const AdmittedRequest& request) {
  BatchDraft draft;
  machine_->begin_batch(draft);
  AppendResult result = machine_->submit(request, now_, draft);
  machine_->finish_batch(draft);
  if (draft.batch.records.empty()) {
    return result;
  }
  const std::size_t records = draft.batch.records.size();
  const JournalHead head = journal_.head();
  FrameHead frame_head;
  frame_head.position = head.next_position;
  frame_head.prev_tip = head.tip;
  const Frame frame = seal_frame(frame_head, {std::move(draft.batch)});
  EXPECT_EQ(journal_.append(frame), AppendOutcome::ok);
  rows_->publish(ledgers_->drain(frame, ++generation_), records);
  ledgers_->durable(generation_);
  return result;
}

AppendResult TestLedger::submit(TestActor& actor, SignedRequest request) {
  std::vector<crypto::PublicKey> keys(request.signatures.size(), actor.key.public_key());
  const auto admitted = admit(std::move(request), keys);
  if (!admitted) {
    return admitted.error();
  }
  AppendResult result = commit(*admitted);
  const auto* receipt = std::get_if<AppendReceipt>(&result);
  if (receipt != nullptr && !receipt->repeated) {
    ++actor.key_seq;
    actor.last_request = admitted->hash;
  }
  return result;
}

AppendResult TestLedger::append(TestActor& actor, const std::vector<TestStatement>& statements) {
  return submit(actor, make_request(actor, statements));
}

AppendResult TestLedger::append_with(TestActor& actor,
                                     TestActor& second,
                                     const std::vector<TestStatement>& statements) {
  SignedRequest request = make_request(actor, statements);
  request.signatures.push_back(
      {key_id_of(second.key.public_key()), second.key.sign(signed_bytes_of(request.header))});
  const auto admitted =
      admit(std::move(request), {actor.key.public_key(), second.key.public_key()});
  if (!admitted) {
    return admitted.error();
  }
  AppendResult result = commit(*admitted);
  if (std::holds_alternative<AppendReceipt>(result)) {
    ++actor.key_seq;
    actor.last_request = admitted->hash;
  }
  return result;
}

AppendResult TestLedger::append_by_session(TestActor& actor,
                                           const std::vector<TestStatement>& statements) {
  SignedRequest request = make_request(actor, statements);
  request.signatures.clear();
  return submit(actor, std::move(request));
}

AppendReceipt TestLedger::must_append(std::string_view role_code,
                                      std::string_view event,
                                      std::string_view json) {
  const AppendResult result =
      append(actor(role_code), {{std::string(event), std::string(json), {}}});
  EXPECT_TRUE(std::holds_alternative<AppendReceipt>(result)) << event << ": " << describe(result);
  return std::holds_alternative<AppendReceipt>(result) ? std::get<AppendReceipt>(result)
                                                       : AppendReceipt{};
}

}  // namespace juanzong::testing
