// SPDX-License-Identifier: Apache-2.0
// Decoding. A Reader collects the first thing that is wrong; fields after it read as empty, and
// the message is thrown away at the end. It also holds the copies to the size of the frame: many
// tables may point at one byte field, and 1 MiB must not become gigabytes.
#include "events/model/limits.h"

#include "server/wire/codec.h"
#include "server/wire/utf8.h"
#include "server/wire/wire_generated.h"

#include <flatbuffers/flatbuffers.h>

#include <algorithm>
#include <optional>

namespace juanzong {
namespace {

using ByteVector = flatbuffers::Vector<std::uint8_t>;

class Reader {
 public:
  explicit Reader(std::size_t bytes_max) : bytes_left_(bytes_max) {}

  [[nodiscard]] std::string text(const flatbuffers::String* text, const char* field) {
    if (text == nullptr || !spend(text->size())) {
      return {};
    }
    const std::string_view view(text->c_str(), text->size());
    if (!is_utf8(view)) {
      fail(field, "not UTF-8");
      return {};
    }
    return std::string(view);
  }

  [[nodiscard]] Bytes bytes(const ByteVector* vector) {
    return vector == nullptr || !spend(vector->size())
               ? Bytes()
               : Bytes(vector->data(), vector->data() + vector->size());
  }

  template <std::size_t N>
  [[nodiscard]] std::array<std::uint8_t, N> array(const ByteVector* vector, const char* field) {
    std::array<std::uint8_t, N> out{};
    if (vector == nullptr || vector->size() != N) {
      fail(field, "wrong length");
      return out;
    }
    std::copy_n(vector->data(), N, out.begin());
    return out;
  }

  [[nodiscard]] std::optional<CivilDate> date(const flatbuffers::String* text, const char* field) {
    if (text == nullptr || text->size() == 0) {
      return std::nullopt;
    }
    const auto date = parse_date({text->c_str(), text->size()});
    if (!date) {
      fail(field, "not a date");
    }
    return date;
  }

  void fail(const char* field, const char* what) {
    if (problem_.empty()) {
      problem_ = std::string(field) + ": " + what;
    }
  }
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  [[nodiscard]] bool spend(std::size_t bytes) {
    if (bytes > bytes_left_) {
      fail("frame", "fields share bytes");
      return false;
    }
    bytes_left_ -= bytes;
    return true;
  }

  std::size_t bytes_left_;
  std::string problem_;
};

template <class Table, class Function>
void for_each(const flatbuffers::Vector<flatbuffers::Offset<Table>>* list, Function&& function) {
  if (list != nullptr) {
    for (const Table* item : *list) {
      function(*item);
    }
  }
}

// --- Requests ---------------------------------------------------------------------------------

message::RequestBody read(Reader& reader, const wire::Login& login) {
  message::Login out;
  out.ledger = reader.text(login.ledger(), "Login.ledger");
  out.public_key.bytes = reader.array<32>(login.public_key(), "Login.public_key");
  out.signature.bytes = reader.array<64>(login.signature(), "Login.signature");
  out.client = reader.text(login.client(), "Login.client");
  return out;
}

Opening read_opening(Reader& reader, const wire::WireOpening& opening) {
  Opening out;
  out.statement = opening.statement();
  out.path = reader.text(opening.path(), "WireOpening.path");
  out.salt = reader.array<32>(opening.salt(), "WireOpening.salt");
  out.value = reader.bytes(opening.value());
  if (out.path.size() > limits::opening_path_bytes_max) {
    reader.fail("WireOpening.path", "too long");
  }
  return out;
}

message::RequestBody read(Reader& reader, const wire::Append& append) {
  message::Append out;
  if (append.header()->size() == 0 || append.header()->size() > limits::header_bytes_max) {
    reader.fail("Append.header", "wrong length");
    return out;
  }
  if (append.signatures()->size() > limits::signatures_per_request_max) {
    reader.fail("Append.signatures", "too many");
    return out;
  }
  if (append.statements()->size() > limits::statements_per_request_max) {
    reader.fail("Append.statements", "too many");
    return out;
  }
  out.request.header = reader.bytes(append.header());
  for_each(append.signatures(), [&](const wire::WireSignature& signature) {
    crypto::PublicKey key;
    key.bytes = reader.array<32>(signature.public_key(), "WireSignature.public_key");
    RequestSignature parsed;
    parsed.key_id = key_id_of(key, out.request.header.front());
    parsed.signature.bytes = reader.array<64>(signature.signature(), "WireSignature.signature");
    out.keys.push_back(key);
    out.request.signatures.push_back(parsed);
  });
  for_each(append.statements(), [&](const wire::WireStatement& statement) {
    if (statement.bytes()->size() > limits::statement_bytes_max) {
      reader.fail("WireStatement.bytes", "too long");
    }
    out.request.statements.push_back(reader.bytes(statement.bytes()));
  });
  for_each(append.openings(), [&](const wire::WireOpening& opening) {
    out.request.openings.push_back(read_opening(reader, opening));
  });
  return out;
}

message::RequestBody read(Reader&, const wire::ReadRecords& read) {
  return message::ReadRecords{read.from(), read.count()};
}
message::RequestBody read(Reader& reader, const wire::ReadStream& read) {
  return message::ReadStream{
      reader.text(read.stream(), "ReadStream.stream"), read.from_version(), read.count()};
}
message::RequestBody read(Reader&, const wire::Subscribe& subscribe) {
  return message::Subscribe{subscribe.from(), subscribe.credits()};
}
message::RequestBody read(Reader&, const wire::Credit& credit) {
  return message::Credit{credit.subscription(), credit.credits()};
}
message::RequestBody read(Reader& reader, const wire::Query& query) {
  return message::Query{reader.text(query.view(), "Query.view"),
                        reader.text(query.arguments(), "Query.arguments")};
}
message::RequestBody read(Reader&, const wire::Prove& prove) {
  return message::Prove{prove.index(), prove.old_size()};
}
message::RequestBody read(Reader&, const wire::GetCheckpoint&) {
  return message::GetCheckpoint{};
}
message::RequestBody read(Reader& reader, const wire::Attach& attach) {
  message::Attach out;
  out.blob.bytes = reader.array<16>(attach.blob(), "Attach.blob");
  out.subject.bytes = reader.array<16>(attach.subject(), "Attach.subject");
  out.offset = attach.offset();
  out.total = attach.total();
  out.bytes = reader.bytes(attach.bytes());
  return out;
}
message::RequestBody read(Reader& reader, const wire::GetAttachment& wanted) {
  return message::GetAttachment{
      wanted.index(), reader.text(wanted.path(), "GetAttachment.path"), wanted.offset()};
}
message::RequestBody read(Reader&, const wire::Ping&) {
  return message::Ping{};
}

std::optional<message::RequestBody> read_body(Reader& reader, const wire::Request& request) {
  switch (request.body_type()) {
    case wire::RequestBody::Login:
      return read(reader, *request.body_as_Login());
    case wire::RequestBody::Append:
      return read(reader, *request.body_as_Append());
    case wire::RequestBody::ReadRecords:
      return read(reader, *request.body_as_ReadRecords());
    case wire::RequestBody::ReadStream:
      return read(reader, *request.body_as_ReadStream());
    case wire::RequestBody::Subscribe:
      return read(reader, *request.body_as_Subscribe());
    case wire::RequestBody::Credit:
      return read(reader, *request.body_as_Credit());
    case wire::RequestBody::Query:
      return read(reader, *request.body_as_Query());
    case wire::RequestBody::Prove:
      return read(reader, *request.body_as_Prove());
    case wire::RequestBody::GetCheckpoint:
      return read(reader, *request.body_as_GetCheckpoint());
    case wire::RequestBody::Attach:
      return read(reader, *request.body_as_Attach());
    case wire::RequestBody::Ping:
      return read(reader, *request.body_as_Ping());
    case wire::RequestBody::GetAttachment:
      return read(reader, *request.body_as_GetAttachment());
    case wire::RequestBody::NONE:
      break;
  }
  return std::nullopt;
}

// --- Replies ----------------------------------------------------------------------------------

message::ReplyBody read(Reader& reader, const wire::Hello& hello) {
  return message::Hello{hello.protocol(), reader.array<32>(hello.nonce(), "Hello.nonce")};
}

message::ReplyBody read(Reader& reader, const wire::LoggedIn& facts) {
  message::LoggedIn out;
  out.ledger = reader.text(facts.ledger(), "LoggedIn.ledger");
  out.origin = reader.text(facts.origin(), "LoggedIn.origin");
  out.verifier_key = reader.text(facts.verifier_key(), "LoggedIn.verifier_key");
  out.staff = reader.text(facts.staff(), "LoggedIn.staff");
  out.roles = reader.text(facts.roles(), "LoggedIn.roles");
  out.key_seq = facts.key_seq();
  out.last_request.bytes = reader.array<32>(facts.last_request(), "LoggedIn.last_request");
  out.tree_size = facts.tree_size();
  out.server_time = UnixMicros{facts.server_time_us()};
  return out;
}

message::ReplyBody read(Reader& reader, const wire::Appended& appended) {
  message::Appended out;
  out.first = RecordIndex{appended.first_index()};
  out.count = appended.count();
  out.recorded_at = UnixMicros{appended.recorded_at_us()};
  out.tree_size = appended.tree_size();
  out.repeated = appended.repeated();
  const ByteView leaves(appended.leaves()->data(), appended.leaves()->size());
  constexpr std::size_t digest_bytes = crypto::Digest::size_bytes;
  if (leaves.size() % digest_bytes != 0) {
    reader.fail("Appended.leaves", "wrong length");
    return out;
  }
  for (std::size_t at = 0; at < leaves.size(); at += digest_bytes) {
    out.leaves.push_back(*crypto::digest_from_bytes(leaves.subspan(at, digest_bytes)));
  }
  for_each(appended.assigned(), [&](const wire::AssignedValue& value) {
    out.assigned.push_back({reader.text(value.receipt_no(), "AssignedValue.receipt_no"),
                            reader.date(value.not_before(), "AssignedValue.not_before")});
  });
  return out;
}

message::ReplyBody read(Reader& reader, const wire::Refused& refused) {
  message::Refused out;
  out.statement = refused.statement();
  for_each(refused.refusals(), [&](const wire::WireRefusal& refusal) {
    Refusal parsed;
    parsed.rule = reader.text(refusal.rule(), "WireRefusal.rule");
    parsed.zh = reader.text(refusal.zh(), "WireRefusal.zh");
    parsed.en = reader.text(refusal.en(), "WireRefusal.en");
    parsed.clause = reader.text(refusal.clause(), "WireRefusal.clause");
    parsed.earliest = reader.date(refusal.earliest(), "WireRefusal.earliest");
    for_each(refusal.facts(), [&](const wire::WireFact& fact) {
      parsed.facts.push_back(
          {reader.text(fact.name(), "WireFact.name"), reader.text(fact.value(), "WireFact.value")});
    });
    out.refusals.push_back(std::move(parsed));
  });
  return out;
}

// A number that this program does not know yet keeps its number.
message::ReplyBody read(Reader& reader, const wire::Failed& failed) {
  return Error{static_cast<ErrorCode>(failed.code()),
               reader.text(failed.detail(), "Failed.detail")};
}

message::ReplyBody read(Reader& reader, const wire::Records& page) {
  message::Records out;
  for_each(page.records(), [&](const wire::RecordBytes& record) {
    out.records.push_back(reader.bytes(record.bytes()));
  });
  out.next = page.next();
  out.tree_size = page.tree_size();
  out.stream_version = page.stream_version();
  return out;
}
message::ReplyBody read(Reader& reader, const wire::Report& report) {
  return message::Report{reader.text(report.json(), "Report.json")};
}
message::ReplyBody read(Reader& reader, const wire::ProofText& proof) {
  return message::ProofText{reader.text(proof.text(), "ProofText.text")};
}
message::ReplyBody read(Reader& reader, const wire::CheckpointNote& checkpoint) {
  return message::CheckpointNote{reader.text(checkpoint.note(), "CheckpointNote.note")};
}
message::ReplyBody read(Reader& reader, const wire::AttachmentPart& part) {
  return message::AttachmentPart{reader.bytes(part.bytes()),
                                 part.total(),
                                 reader.text(part.media_type(), "AttachmentPart.media_type")};
}
message::ReplyBody read(Reader&, const wire::Attached& attached) {
  return message::Attached{attached.stored()};
}
message::ReplyBody read(Reader&, const wire::Pong& pong) {
  return message::Pong{UnixMicros{pong.server_time_us()}};
}

std::optional<message::ReplyBody> read_body(Reader& reader, const wire::Reply& reply) {
  switch (reply.body_type()) {
    case wire::ReplyBody::Hello:
      return read(reader, *reply.body_as_Hello());
    case wire::ReplyBody::LoggedIn:
      return read(reader, *reply.body_as_LoggedIn());
    case wire::ReplyBody::Appended:
      return read(reader, *reply.body_as_Appended());
    case wire::ReplyBody::Refused:
      return read(reader, *reply.body_as_Refused());
    case wire::ReplyBody::Failed:
      return read(reader, *reply.body_as_Failed());
    case wire::ReplyBody::Records:
      return read(reader, *reply.body_as_Records());
    case wire::ReplyBody::Report:
      return read(reader, *reply.body_as_Report());
    case wire::ReplyBody::ProofText:
      return read(reader, *reply.body_as_ProofText());
    case wire::ReplyBody::CheckpointNote:
      return read(reader, *reply.body_as_CheckpointNote());
    case wire::ReplyBody::Attached:
      return read(reader, *reply.body_as_Attached());
    case wire::ReplyBody::Pong:
      return read(reader, *reply.body_as_Pong());
    case wire::ReplyBody::AttachmentPart:
      return read(reader, *reply.body_as_AttachmentPart());
    case wire::ReplyBody::NONE:
      break;
  }
  return std::nullopt;
}

// --- Buffers ----------------------------------------------------------------------------------

template <class Root>
const Root* verified_root(ByteView payload, const char* identifier) {
  const bool aligned = reinterpret_cast<std::uintptr_t>(payload.data()) % 8 == 0;
  // Identifier and root offset take 8 bytes; the accessors below may only see verified ones.
  if (!aligned || payload.size() < 8 || payload.size() > limits::frame_bytes_max) {
    return nullptr;
  }
  flatbuffers::Verifier::Options options;
  options.max_depth = limits::wire_depth_max;
  options.max_tables = limits::wire_tables_max;
  flatbuffers::Verifier verifier(payload.data(), payload.size(), options);
  return verifier.VerifyBuffer<Root>(identifier) ? flatbuffers::GetRoot<Root>(payload.data())
                                                 : nullptr;
}

template <class Message, class Root>
Result<Message> decode(ByteView payload, const char* identifier) {
  const Root* root = verified_root<Root>(payload, identifier);
  if (root == nullptr) {
    return fail(ErrorCode::malformed_frame, "verifier");
  }
  Reader reader(payload.size());
  auto body = read_body(reader, *root);
  if (!body) {
    return fail(ErrorCode::malformed_frame, "kind of message");
  }
  if (!reader.problem().empty()) {
    return fail(ErrorCode::malformed_frame, reader.problem());
  }
  return Message{root->request_no(), std::move(*body)};
}

}  // namespace

Result<message::Request> decode_request(ByteView payload) {
  return decode<message::Request, wire::Request>(payload, "JZRQ");
}

Result<message::Reply> decode_reply(ByteView payload) {
  return decode<message::Reply, wire::Reply>(payload, "JZRP");
}

}  // namespace juanzong
