// SPDX-License-Identifier: Apache-2.0
// Session, who is at the other end: the login, and the roles as they change afterwards.
#include "server/net/session.h"

#include <utility>

namespace juanzong {
namespace {

// How long the roles of a connection may lag behind the ledger.
constexpr std::chrono::milliseconds principal_age_max{1'000};
constexpr std::size_t client_text_bytes_max = 64;

}  // namespace

bool Session::log_in(ByteView payload) {
  Result<message::Request> request = decode_request(payload);
  if (!request) {
    refuse(0, request.error());
    return false;
  }
  const auto* login = std::get_if<message::Login>(&request->body);
  if (login == nullptr) {
    refuse(request->request_no, Error{ErrorCode::not_authenticated, "Login expected"});
    return false;
  }
  Result<message::LoggedIn> facts = check_in(*login);
  if (!facts) {
    ticket_->login_failed(std::chrono::steady_clock::now());
    shared_->log.warning("login_failed", {{"peer", peer_}, {"code", name_of(facts.error().code)}});
    refuse(request->request_no, facts.error());
    return false;
  }
  ticket_->login_succeeded();
  shared_->metrics.logins.add();
  shared_->log.info("login",
                    {{"peer", peer_},
                     {"ledger", facts->ledger},
                     {"staff", facts->staff},
                     {"client", std::string_view(login->client).substr(0, client_text_bytes_max)}});
  send(request->request_no, std::move(*facts));
  return true;
}

Result<message::LoggedIn> Session::check_in(const message::Login& login) {
  if (const Outcome signed_well = check_login(challenge_, login); !signed_well) {
    return fail(signed_well.error());
  }
  const Result<LedgerFacts> ledger = shared_->service.ledger(login.ledger);
  if (!ledger) {
    return fail(ledger.error());
  }
  Result<Principal> who = shared_->service.identify(ledger->name, login.public_key);
  if (!who) {
    return fail(who.error());
  }
  const Result<KeyChainHead> chain = shared_->service.key_chain(*who);
  if (!chain) {
    return fail(chain.error());
  }
  key_ = login.public_key;
  identified_ = std::chrono::steady_clock::now();
  who_ = std::move(*who);
  return message::LoggedIn{ledger->name,
                           ledger->origin,
                           ledger->verifier_key,
                           who_->staff,
                           to_text(who_->roles),
                           chain->key_seq,
                           chain->last_request,
                           ledger->size,
                           shared_->service.now()};
}

Outcome Session::refresh_principal() {
  const SteadyTime now = std::chrono::steady_clock::now();
  if (now - identified_ < principal_age_max) {
    return Done{};
  }
  Result<Principal> who = shared_->service.identify(who_->ledger, key_);
  if (!who) {
    return fail(who.error());
  }
  who_ = std::move(*who);
  identified_ = now;
  return Done{};
}

}  // namespace juanzong
