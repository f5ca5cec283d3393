// SPDX-License-Identifier: Apache-2.0
// What each message does. All of it runs on the session's strand; only append() answers later.
#include "events/model/byte_io.h"

#include "server/net/session.h"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace juanzong {
namespace {

// How long the roles of a connection may lag behind the ledger.
constexpr std::chrono::milliseconds principal_age_max{1'000};
constexpr std::size_t client_text_bytes_max = 64;
constexpr std::size_t page_bytes_max = limits::frame_bytes_max - 4 * 1024;
constexpr std::size_t record_overhead_bytes = 32;  // table, vector and padding around a record
constexpr std::uint64_t subscription_page_records = 256;
constexpr std::uint64_t credits_max = 1'000'000;

message::ReplyBody to_message(AppendResult result) {
  if (auto* receipt = std::get_if<AppendReceipt>(&result)) {
    return message::Appended{receipt->first,
                             receipt->count,
                             receipt->recorded_at,
                             receipt->tree_size,
                             std::move(receipt->leaves),
                             std::move(receipt->assigned),
                             receipt->repeated};
  }
  if (auto* refused = std::get_if<RefusedRequest>(&result)) {
    return message::Refused{refused->statement, std::move(refused->refusals)};
  }
  return std::get<Error>(std::move(result));
}

void count(Metrics& metrics, const AppendResult& result, SteadyTime since) {
  if (const auto* receipt = std::get_if<AppendReceipt>(&result)) {
    metrics.appends.add();
    metrics.records.add(receipt->repeated ? 0 : receipt->count);
  } else if (const auto* refused = std::get_if<RefusedRequest>(&result)) {
    for (const Refusal& refusal : refused->refusals) {
      metrics.refusals.add(refusal.rule);
    }
  } else {
    metrics.count_error(std::get<Error>(result).code);
  }
  metrics.append_latency.observe(std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - since));
}

// How many of the records one reply can carry; at least one, since a record is the smaller.
std::size_t records_that_fit(const std::vector<Bytes>& records) {
  std::size_t bytes = 0;
  std::size_t kept = 0;
  while (kept < records.size()) {
    bytes += records[kept].size() + record_overhead_bytes;
    if (bytes > page_bytes_max) {
      break;
    }
    ++kept;
  }
  return kept;
}

// Position of a record in its ledger, from its fixed layout.
std::uint64_t index_of(const Bytes& record) {
  constexpr std::size_t index_offset = 8;
  ByteReader in(record);
  in.take_view(index_offset);
  return in.take<std::uint64_t>();
}

enum class PageOf : std::uint8_t { ledger, stream };

message::Records to_message(RecordPage page, PageOf kind) {
  const std::size_t kept = records_that_fit(page.records);
  const std::size_t dropped = page.records.size() - kept;
  if (dropped > 0) {
    // A ledger's page may leave out records that the reader may not see; a stream's has all.
    page.next = kind == PageOf::ledger ? index_of(page.records[kept]) : page.next - dropped;
    page.records.resize(kept);
  }
  return {std::move(page.records), page.next, page.tree_size, page.stream_version};
}

std::size_t page_count(std::uint32_t asked) {
  return std::min<std::size_t>(asked, limits::records_per_page_max);
}

}  // namespace

void Session::refuse_input(const Error& error) {
  if (error.code != ErrorCode::io_failure) {
    refuse(0, error);
  }
}

void Session::refuse(std::uint32_t request_no, Error error) {
  shared_->metrics.count_error(error.code);
  send(request_no, std::move(error));
}

// --- Login ------------------------------------------------------------------------------------

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

// --- Dispatch ---------------------------------------------------------------------------------

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

bool Session::dispatch(message::Request request) {
  const std::uint32_t request_no = request.request_no;
  // A revoked key ends its connections.
  if (const Outcome known = refresh_principal(); !known) {
    refuse(request_no, known.error());
    return false;
  }
  if (!shared_->rate.take(who_->key_id, std::chrono::steady_clock::now())) {
    refuse(request_no, Error{ErrorCode::busy, "rate"});
    return true;
  }
  return std::visit([this, request_no](
                        auto&& body) { return on(request_no, std::forward<decltype(body)>(body)); },
                    std::move(request.body));
}

bool Session::on(std::uint32_t request_no, message::Login) {
  refuse(request_no, Error{ErrorCode::malformed_request, "a connection logs in once"});
  return false;
}

bool Session::on(std::uint32_t request_no, message::Append append) {
  ++in_flight_;
  // On the writer's thread: nothing but the way back to the strand.
  auto done = [self = shared_from_this(), request_no, since = std::chrono::steady_clock::now()](
                  AppendResult result) {
    asio::post(self->executor_, [self, request_no, since, result = std::move(result)]() mutable {
      self->finish_append(request_no, since, std::move(result));
    });
  };
  shared_->service.append(
      *who_, std::move(append.request), std::move(append.keys), std::move(done));
  return true;
}

void Session::finish_append(std::uint32_t request_no, SteadyTime since, AppendResult result) {
  --in_flight_;
  count(shared_->metrics, result, since);
  send(request_no, to_message(std::move(result)));
  change_.cancel();
}

bool Session::on(std::uint32_t request_no, message::ReadRecords read) {
  Result<RecordPage> page =
      shared_->service.read_records(*who_, RecordIndex{read.from}, page_count(read.count));
  page ? send(request_no, to_message(std::move(*page), PageOf::ledger))
       : refuse(request_no, page.error());
  return true;
}

bool Session::on(std::uint32_t request_no, message::ReadStream read) {
  Result<RecordPage> page = shared_->service.read_stream(
      *who_, read.stream, StreamVersion{read.from_version}, page_count(read.count));
  page ? send(request_no, to_message(std::move(*page), PageOf::stream))
       : refuse(request_no, page.error());
  return true;
}

bool Session::on(std::uint32_t request_no, message::Query query) {
  Result<std::string> report = shared_->service.query(*who_, query.view, query.arguments);
  report ? send(request_no, message::Report{std::move(*report)})
         : refuse(request_no, report.error());
  return true;
}

bool Session::on(std::uint32_t request_no, message::Prove prove) {
  Result<std::string> proof =
      prove.old_size == 0 ? shared_->service.prove_record(who_->ledger, RecordIndex{prove.index})
                          : shared_->service.prove_consistency(who_->ledger, prove.old_size);
  proof ? send(request_no, message::ProofText{std::move(*proof)})
        : refuse(request_no, proof.error());
  return true;
}

bool Session::on(std::uint32_t request_no, message::GetAttachment wanted) {
  Result<AttachmentSlice> part =
      shared_->service.attachment(*who_, RecordIndex{wanted.index}, wanted.path, wanted.offset);
  part ? send(request_no,
              message::AttachmentPart{
                  std::move(part->bytes), part->total, std::move(part->media_type)})
       : refuse(request_no, part.error());
  return true;
}

bool Session::on(std::uint32_t request_no, message::GetCheckpoint) {
  Result<std::string> note = shared_->service.checkpoint(who_->ledger);
  note ? send(request_no, message::CheckpointNote{std::move(*note)})
       : refuse(request_no, note.error());
  return true;
}

bool Session::on(std::uint32_t request_no, message::Attach attach) {
  if (attach.offset == 0) {
    upload_ = std::make_unique<Upload>(shared_->upload_bytes);
  }
  if (!upload_) {
    refuse(request_no, Error{ErrorCode::malformed_request, "Attach: begins at offset 0"});
    return true;
  }
  Outcome added = upload_->add(attach);
  const bool complete = added && upload_->is_complete();
  if (complete) {
    added = shared_->service.attach(*who_, upload_->blob(), upload_->subject(), upload_->content());
  }
  if (complete || !added) {
    upload_.reset();
  }
  added ? send(request_no, message::Attached{complete}) : refuse(request_no, added.error());
  return true;
}

bool Session::on(std::uint32_t request_no, message::Ping) {
  send(request_no, message::Pong{shared_->service.now()});
  return true;
}

// --- Subscriptions ----------------------------------------------------------------------------

bool Session::on(std::uint32_t request_no, message::Subscribe subscribe) {
  const bool is_free = !subscriptions_.contains(request_no) &&
                       subscriptions_.size() < limits::subscriptions_per_connection_max;
  if (!is_free) {
    refuse(request_no, Error{ErrorCode::limit_exceeded, "subscriptions"});
    return true;
  }
  // On the writer's thread, under the hub's lock. The session may be gone when the strand looks.
  const auto pending = std::make_shared<std::atomic<bool>>(false);
  auto wake = [weak = weak_from_this(), executor = executor_, pending, request_no] {
    if (!pending->exchange(true)) {
      asio::post(executor, [weak, pending, request_no] {
        pending->store(false);
        if (const auto self = weak.lock()) {
          self->pump(request_no);
        }
      });
    }
  };
  // First the waker, then the first look: what becomes durable in between is seen by both.
  const std::uint64_t waker = shared_->hub.add(who_->ordinal, std::move(wake));
  shared_->metrics.subscriptions.add(1);
  subscriptions_.emplace(
      request_no,
      Subscription{subscribe.from, std::min<std::uint64_t>(subscribe.credits, credits_max), waker});
  pump(request_no);
  return true;
}

// A credit is not answered, unless with an error.
bool Session::on(std::uint32_t request_no, message::Credit credit) {
  const auto found = subscriptions_.find(credit.subscription);
  if (found == subscriptions_.end()) {
    refuse(request_no, Error{ErrorCode::not_found, "subscription"});
    return true;
  }
  found->second.credits = std::min(found->second.credits + credit.credits, credits_max);
  pump(credit.subscription);
  return true;
}

// Sends what is durable and credited, until the output is full; write_out() goes on from there.
void Session::pump(std::uint32_t request_no) {
  const auto found = subscriptions_.find(request_no);
  if (found == subscriptions_.end()) {
    return;
  }
  Subscription& subscription = found->second;
  while (subscription.credits > 0 && !closed_ && !draining_ &&
         output_.bytes() < shared_->options.limits.output_bytes_before_pause) {
    Outcome known = refresh_principal();
    Result<RecordPage> page = known ? shared_->service.read_records(
                                          *who_,
                                          RecordIndex{subscription.next},
                                          std::min(subscription.credits, subscription_page_records))
                                    : Result<RecordPage>(fail(known.error()));
    if (!page) {
      shared_->hub.remove(subscription.waker);
      shared_->metrics.subscriptions.add(-1);
      subscriptions_.erase(found);
      refuse(request_no, page.error());
      return;
    }
    message::Records records = to_message(std::move(*page), PageOf::ledger);
    if (records.next <= subscription.next) {
      return;  // nothing new; the hub will wake us
    }
    subscription.next = records.next;
    subscription.credits -= std::min<std::uint64_t>(subscription.credits, records.records.size());
    send(request_no, std::move(records));
  }
}

void Session::pump_all() {
  std::vector<std::uint32_t> numbers;
  for (const auto& [request_no, subscription] : subscriptions_) {
    numbers.push_back(request_no);
  }
  for (const std::uint32_t request_no : numbers) {
    pump(request_no);
  }
}

}  // namespace juanzong
