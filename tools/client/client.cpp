// SPDX-License-Identifier: Apache-2.0
#include "tools/client/client.h"

#include "crypto/key_file.h"

#include "events/model/limits.h"

#include "tools/client/connection.h"

#include <algorithm>
#include <future>

namespace juanzong {

Result<std::shared_ptr<const crypto::PrivateKey>> load_key(const std::filesystem::path& file) {
  auto read = crypto::read_private_key(file);
  if (const auto* error = std::get_if<crypto::KeyFileError>(&read)) {
    const bool open = *error == crypto::KeyFileError::permissions_too_open;
    return fail(open ? ErrorCode::key_file_permissions : ErrorCode::environment,
                file.string() + ": " + crypto::name_of(*error));
  }
  return std::make_shared<const crypto::PrivateKey>(std::get<crypto::PrivateKey>(std::move(read)));
}

// --- Connection -------------------------------------------------------------------------------

Result<std::unique_ptr<Client>> Client::connect(ClientOptions options) {
  auto loop = options.loop ? options.loop : std::make_shared<ClientLoop>();
  std::unique_ptr<Client> client(new Client(std::move(options), std::move(loop)));
  if (const Outcome connected = client->reconnect(); !connected) {
    return fail(connected.error());
  }
  return client;
}

Client::~Client() {
  if (connection_) {
    connection_->close(true);
  }
}

Outcome Client::reconnect() {
  const std::lock_guard only_one(reconnecting_);
  auto fresh = Connection::open(options_, loop_);
  if (!fresh) {
    return fail(fresh.error());
  }
  const std::lock_guard lock(mutex_);
  if (connection_) {
    connection_->close();
  }
  connection_ = std::move(*fresh);
  return Done{};
}

std::shared_ptr<Connection> Client::connection() const {
  const std::lock_guard lock(mutex_);
  return connection_;
}

message::LoggedIn Client::facts() const {
  return connection()->facts();
}

bool Client::is_connected() const {
  return connection()->is_open();
}

// --- Calls ------------------------------------------------------------------------------------

Result<message::ReplyBody> Client::call(message::RequestBody body) {
  check(!loop_->is_this_thread(), "a callback must not wait for an answer");
  const auto open = connection();
  const std::uint32_t request_no = open->next_request_no();
  auto promise = std::make_shared<std::promise<Result<message::ReplyBody>>>();
  auto answer = promise->get_future();
  open->submit(request_no,
               encode_frame(message::Request{request_no, std::move(body)}),
               [promise](Result<message::ReplyBody> reply) {
                 promise->set_value(std::move(reply));
                 return false;
               });
  if (answer.wait_for(options_.call_timeout) != std::future_status::ready) {
    return fail(ErrorCode::io_failure, "no answer in time");
  }
  return answer.get();
}

template <class Reply>
Result<Reply> Client::ask(message::RequestBody body) {
  Result<message::ReplyBody> reply = call(std::move(body));
  if (!reply) {
    return fail(reply.error());
  }
  if (const auto* error = std::get_if<Error>(&*reply)) {
    return fail(*error);
  }
  auto* expected = std::get_if<Reply>(&*reply);
  if (expected == nullptr) {
    return fail(ErrorCode::malformed_frame, "an answer of the wrong kind");
  }
  return std::move(*expected);
}

Result<message::Records> Client::read_records(RecordIndex from, std::uint32_t count) {
  return ask<message::Records>(message::ReadRecords{number(from), count});
}

Result<message::Records> Client::read_stream(std::string_view stream,
                                             StreamVersion from,
                                             std::uint32_t count) {
  return ask<message::Records>(message::ReadStream{std::string(stream), number(from), count});
}

Result<std::string> Client::query(std::string_view view, std::string_view arguments) {
  auto report = ask<message::Report>(message::Query{std::string(view), std::string(arguments)});
  return report ? Result<std::string>(std::move(report->json)) : fail(report.error());
}

Result<std::string> Client::prove(RecordIndex index) {
  auto proof = ask<message::ProofText>(message::Prove{number(index), 0});
  return proof ? Result<std::string>(std::move(proof->text)) : fail(proof.error());
}

Result<std::string> Client::prove_consistency(std::uint64_t old_size) {
  if (old_size == 0) {
    return fail(ErrorCode::query_invalid, "every tree is consistent with the empty one");
  }
  auto proof = ask<message::ProofText>(message::Prove{0, old_size});
  return proof ? Result<std::string>(std::move(proof->text)) : fail(proof.error());
}

Result<std::string> Client::prove_stream(std::string_view stream) {
  auto proof = ask<message::ProofText>(message::Prove{0, 0, std::string(stream)});
  return proof ? Result<std::string>(std::move(proof->text)) : fail(proof.error());
}

Result<std::string> Client::checkpoint() {
  auto note = ask<message::CheckpointNote>(message::GetCheckpoint{});
  return note ? Result<std::string>(std::move(note->note)) : fail(note.error());
}

Result<Client::Attachment> Client::attachment(RecordIndex index,
                                              std::string_view path,
                                              std::string_view view_id) {
  Attachment whole;
  while (true) {
    auto part = ask<message::AttachmentPart>(message::GetAttachment{
        number(index), std::string(path), whole.content.size(), std::string(view_id)});
    if (!part) {
      return fail(part.error());
    }
    if (part->total > limits::blob_bytes_max || whole.content.size() > part->total) {
      return fail(ErrorCode::limit_exceeded, "attachment");
    }
    whole.media_type = part->media_type;
    whole.content.insert(whole.content.end(), part->bytes.begin(), part->bytes.end());
    if (part->bytes.empty() || whole.content.size() == part->total) {
      return whole;
    }
  }
}

Result<UnixMicros> Client::ping() {
  auto pong = ask<message::Pong>(message::Ping{});
  return pong ? Result<UnixMicros>(pong->server_time) : fail(pong.error());
}

Outcome Client::attach(const BlobId& blob, const PersonId& subject, ByteView content) {
  std::size_t at = 0;
  while (true) {
    const std::size_t size = std::min(content.size() - at, limits::blob_chunk_bytes);
    const ByteView chunk = content.subspan(at, size);
    auto attached = ask<message::Attached>(
        message::Attach{blob, subject, at, content.size(), Bytes(chunk.begin(), chunk.end())});
    if (!attached) {
      return fail(attached.error());
    }
    at += size;
    if (at == content.size()) {
      return attached->stored ? Outcome(Done{})
                              : Outcome(fail(ErrorCode::malformed_frame, "not stored"));
    }
  }
}

// --- Subscriptions ----------------------------------------------------------------------------

std::uint32_t Client::subscribe(RecordIndex from, std::uint32_t credits, RecordsArrived arrived) {
  const auto open = connection();
  const std::uint32_t request_no = open->next_request_no();
  auto handler = [arrived = std::move(arrived)](Result<message::ReplyBody> reply) {
    if (!reply) {
      arrived(fail(reply.error()));
      return false;
    }
    if (auto* records = std::get_if<message::Records>(&*reply)) {
      arrived(std::move(*records));
      return true;
    }
    const auto* error = std::get_if<Error>(&*reply);
    arrived(error != nullptr ? fail(*error)
                             : fail(ErrorCode::malformed_frame, "an answer of the wrong kind"));
    return false;
  };
  open->submit(
      request_no,
      encode_frame(message::Request{request_no, message::Subscribe{number(from), credits}}),
      std::move(handler));
  return request_no;
}

void Client::add_credits(std::uint32_t subscription, std::uint32_t credits) {
  const auto open = connection();
  const std::uint32_t request_no = open->next_request_no();
  open->submit(request_no,
               encode_frame(message::Request{request_no, message::Credit{subscription, credits}}),
               nullptr);
}

}  // namespace juanzong
