// SPDX-License-Identifier: Apache-2.0
// Decoding of requests, for the server: one overload of read() for each message of a client. What
// a signed request may hold at most is checked here, before anything of it is copied.
#include "events/model/limits.h"

#include "server/wire/codec.h"
#include "server/wire/decode_buffer.h"
#include "server/wire/wire_generated.h"
#include "server/wire/wire_reader.h"

#include <optional>

namespace juanzong {
namespace {

message::RequestBody read(WireReader& reader, const wire::Login& login) {
  message::Login out;
  out.ledger = reader.text(login.ledger(), "Login.ledger");
  out.public_key.bytes = reader.array<32>(login.public_key(), "Login.public_key");
  out.signature.bytes = reader.array<64>(login.signature(), "Login.signature");
  out.client = reader.text(login.client(), "Login.client");
  return out;
}

Opening read_opening(WireReader& reader, const wire::WireOpening& opening) {
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

message::RequestBody read(WireReader& reader, const wire::Append& append) {
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

message::RequestBody read(WireReader&, const wire::ReadRecords& read) {
  return message::ReadRecords{read.from(), read.count()};
}
message::RequestBody read(WireReader& reader, const wire::ReadStream& read) {
  return message::ReadStream{
      reader.text(read.stream(), "ReadStream.stream"), read.from_version(), read.count()};
}
message::RequestBody read(WireReader&, const wire::Subscribe& subscribe) {
  return message::Subscribe{subscribe.from(), subscribe.credits()};
}
message::RequestBody read(WireReader&, const wire::Credit& credit) {
  return message::Credit{credit.subscription(), credit.credits()};
}
message::RequestBody read(WireReader& reader, const wire::Query& query) {
  return message::Query{reader.text(query.view(), "Query.view"),
                        reader.text(query.arguments(), "Query.arguments")};
}
message::RequestBody read(WireReader& reader, const wire::Prove& prove) {
  return message::Prove{
      prove.index(), prove.old_size(), reader.text(prove.stream(), "Prove.stream")};
}
message::RequestBody read(WireReader&, const wire::GetCheckpoint&) {
  return message::GetCheckpoint{};
}
message::RequestBody read(WireReader& reader, const wire::Attach& attach) {
  message::Attach out;
  out.blob.bytes = reader.array<16>(attach.blob(), "Attach.blob");
  out.subject.bytes = reader.array<16>(attach.subject(), "Attach.subject");
  out.offset = attach.offset();
  out.total = attach.total();
  out.bytes = reader.bytes(attach.bytes());
  return out;
}
message::RequestBody read(WireReader& reader, const wire::GetAttachment& wanted) {
  return message::GetAttachment{wanted.index(),
                                reader.text(wanted.path(), "GetAttachment.path"),
                                wanted.offset(),
                                reader.text(wanted.view_id(), "GetAttachment.view_id")};
}
message::RequestBody read(WireReader&, const wire::Ping&) {
  return message::Ping{};
}

std::optional<message::RequestBody> read_body(WireReader& reader, const wire::Request& request) {
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

}  // namespace

Result<message::Request> decode_request(ByteView payload) {
  return decode_buffer<message::Request, wire::Request>(payload, "JZRQ", read_body);
}

}  // namespace juanzong
