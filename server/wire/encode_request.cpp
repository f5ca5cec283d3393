// SPDX-License-Identifier: Apache-2.0
// Encoding of requests, for the client: one overload of part() for each message.
#include "server/wire/codec.h"
#include "server/wire/wire_generated.h"
#include "server/wire/wire_writer.h"

#include <variant>
#include <vector>

namespace juanzong {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
using RequestPart = WirePart<wire::RequestBody>;

RequestPart part(FlatBufferBuilder& out, const message::Login& login) {
  const WireText ledger = put_text(out, login.ledger);
  const WireBytes key = put_bytes(out, login.public_key.view());
  const WireBytes signature = put_bytes(out, login.signature.view());
  const WireText client = put_optional(out, login.client);
  return {wire::RequestBody::Login, wire::CreateLogin(out, ledger, key, signature, client).Union()};
}

RequestPart append_part(FlatBufferBuilder& out,
                        const SignedRequest& request,
                        std::span<const crypto::PublicKey> keys) {
  std::vector<Offset<wire::WireSignature>> signatures;
  for (std::size_t i = 0; i < request.signatures.size() && i < keys.size(); ++i) {
    const WireBytes key = put_bytes(out, keys[i].view());
    const WireBytes signature = put_bytes(out, request.signatures[i].signature.view());
    signatures.push_back(wire::CreateWireSignature(out, key, signature));
  }
  std::vector<Offset<wire::WireStatement>> statements;
  for (const Bytes& statement : request.statements) {
    const WireBytes bytes = put_bytes(out, statement);
    statements.push_back(wire::CreateWireStatement(out, bytes));
  }
  std::vector<Offset<wire::WireOpening>> openings;
  for (const Opening& opening : request.openings) {
    const WireText path = put_text(out, opening.path);
    const WireBytes salt = put_bytes(out, opening.salt);
    const WireBytes value = put_bytes(out, opening.value);
    openings.push_back(wire::CreateWireOpening(out, opening.statement, path, salt, value));
  }
  const WireBytes header = put_bytes(out, request.header);
  const auto all_signatures = out.CreateVector(signatures);
  const auto all_statements = out.CreateVector(statements);
  const auto all_openings = out.CreateVector(openings);
  return {wire::RequestBody::Append,
          wire::CreateAppend(out, header, all_signatures, all_statements, all_openings).Union()};
}

RequestPart part(FlatBufferBuilder& out, const message::Append& append) {
  return append_part(out, append.request, append.keys);
}
RequestPart part(FlatBufferBuilder& out, const message::ReadRecords& read) {
  return {wire::RequestBody::ReadRecords,
          wire::CreateReadRecords(out, read.from, read.count).Union()};
}
RequestPart part(FlatBufferBuilder& out, const message::ReadStream& read) {
  const WireText stream = put_text(out, read.stream);
  return {wire::RequestBody::ReadStream,
          wire::CreateReadStream(out, stream, read.from_version, read.count).Union()};
}
RequestPart part(FlatBufferBuilder& out, const message::Subscribe& subscribe) {
  return {wire::RequestBody::Subscribe,
          wire::CreateSubscribe(out, subscribe.from, subscribe.credits).Union()};
}
RequestPart part(FlatBufferBuilder& out, const message::Credit& credit) {
  return {wire::RequestBody::Credit,
          wire::CreateCredit(out, credit.subscription, credit.credits).Union()};
}
RequestPart part(FlatBufferBuilder& out, const message::Query& query) {
  const WireText view = put_text(out, query.view);
  const WireText arguments = put_text(out, query.arguments);
  return {wire::RequestBody::Query, wire::CreateQuery(out, view, arguments).Union()};
}
RequestPart part(FlatBufferBuilder& out, const message::Prove& prove) {
  const WireText stream = put_optional(out, prove.stream);
  return {wire::RequestBody::Prove,
          wire::CreateProve(out, prove.index, prove.old_size, stream).Union()};
}
RequestPart part(FlatBufferBuilder& out, const message::GetAttachment& wanted) {
  const WireText path = put_text(out, wanted.path);
  const WireText view_id = put_optional(out, wanted.view_id);
  return {wire::RequestBody::GetAttachment,
          wire::CreateGetAttachment(out, wanted.index, path, wanted.offset, view_id).Union()};
}
RequestPart part(FlatBufferBuilder& out, const message::GetCheckpoint&) {
  return {wire::RequestBody::GetCheckpoint, wire::CreateGetCheckpoint(out).Union()};
}
RequestPart part(FlatBufferBuilder& out, const message::Attach& attach) {
  const WireBytes blob = put_bytes(out, attach.blob.view());
  const WireBytes subject = put_bytes(out, attach.subject.view());
  const WireBytes bytes = put_bytes(out, attach.bytes);
  return {wire::RequestBody::Attach,
          wire::CreateAttach(out, blob, subject, attach.offset, attach.total, bytes).Union()};
}
RequestPart part(FlatBufferBuilder& out, const message::Ping&) {
  return {wire::RequestBody::Ping, wire::CreatePing(out).Union()};
}

Bytes finish_request(FlatBufferBuilder& out, std::uint32_t request_no, const RequestPart& part) {
  out.Finish(wire::CreateRequest(out, request_no, part.type, part.body), "JZRQ");
  return framed(out);
}

}  // namespace

Bytes encode_frame(const message::Request& request) {
  FlatBufferBuilder out;
  const RequestPart body =
      std::visit([&out](const auto& value) { return part(out, value); }, request.body);
  return finish_request(out, request.request_no, body);
}

Bytes encode_append_frame(std::uint32_t request_no,
                          const SignedRequest& request,
                          std::span<const crypto::PublicKey> keys) {
  FlatBufferBuilder out;
  return finish_request(out, request_no, append_part(out, request, keys));
}

}  // namespace juanzong
