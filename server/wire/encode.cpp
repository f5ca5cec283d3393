// SPDX-License-Identifier: Apache-2.0
// Encoding. Two overload sets, one per direction; each member returns the union's type and offset.
#include "events/model/byte_io.h"

#include "server/wire/codec.h"
#include "server/wire/wire_generated.h"

#include <flatbuffers/flatbuffers.h>

#include <concepts>
#include <utility>

namespace juanzong {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
using ByteVector = Offset<flatbuffers::Vector<std::uint8_t>>;
using Text = Offset<flatbuffers::String>;

template <class Type>
struct Part {
  Type type;
  Offset<void> body;
};
using RequestPart = Part<wire::RequestBody>;
using ReplyPart = Part<wire::ReplyBody>;

ByteVector put(FlatBufferBuilder& out, ByteView bytes) {
  return out.CreateVector(bytes.data(), bytes.size());
}
Text put_text(FlatBufferBuilder& out, std::string_view text) {
  return out.CreateString(text.data(), text.size());
}
// An absent text costs nothing on the wire and reads as empty.
Text put_optional(FlatBufferBuilder& out, std::string_view text) {
  return text.empty() ? Text() : put_text(out, text);
}

// --- Requests ---------------------------------------------------------------------------------

RequestPart part(FlatBufferBuilder& out, const message::Login& login) {
  const Text ledger = put_text(out, login.ledger);
  const ByteVector key = put(out, login.public_key.view());
  const ByteVector signature = put(out, login.signature.view());
  const Text client = put_optional(out, login.client);
  return {wire::RequestBody::Login, wire::CreateLogin(out, ledger, key, signature, client).Union()};
}

RequestPart append_part(FlatBufferBuilder& out,
                        const SignedRequest& request,
                        std::span<const crypto::PublicKey> keys) {
  std::vector<Offset<wire::WireSignature>> signatures;
  for (std::size_t i = 0; i < request.signatures.size() && i < keys.size(); ++i) {
    const ByteVector key = put(out, keys[i].view());
    const ByteVector signature = put(out, request.signatures[i].signature.view());
    signatures.push_back(wire::CreateWireSignature(out, key, signature));
  }
  std::vector<Offset<wire::WireStatement>> statements;
  for (const Bytes& statement : request.statements) {
    const ByteVector bytes = put(out, statement);
    statements.push_back(wire::CreateWireStatement(out, bytes));
  }
  std::vector<Offset<wire::WireOpening>> openings;
  for (const Opening& opening : request.openings) {
    const Text path = put_text(out, opening.path);
    const ByteVector salt = put(out, opening.salt);
    const ByteVector value = put(out, opening.value);
    openings.push_back(wire::CreateWireOpening(out, opening.statement, path, salt, value));
  }
  const ByteVector header = put(out, request.header);
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
  const Text stream = put_text(out, read.stream);
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
  const Text view = put_text(out, query.view);
  const Text arguments = put_text(out, query.arguments);
  return {wire::RequestBody::Query, wire::CreateQuery(out, view, arguments).Union()};
}
RequestPart part(FlatBufferBuilder& out, const message::Prove& prove) {
  return {wire::RequestBody::Prove, wire::CreateProve(out, prove.index, prove.old_size).Union()};
}
RequestPart part(FlatBufferBuilder& out, const message::GetAttachment& wanted) {
  const Text path = put_text(out, wanted.path);
  return {wire::RequestBody::GetAttachment,
          wire::CreateGetAttachment(out, wanted.index, path, wanted.offset).Union()};
}
RequestPart part(FlatBufferBuilder& out, const message::GetCheckpoint&) {
  return {wire::RequestBody::GetCheckpoint, wire::CreateGetCheckpoint(out).Union()};
}
RequestPart part(FlatBufferBuilder& out, const message::Attach& attach) {
  const ByteVector blob = put(out, attach.blob.view());
  const ByteVector subject = put(out, attach.subject.view());
  const ByteVector bytes = put(out, attach.bytes);
  return {wire::RequestBody::Attach,
          wire::CreateAttach(out, blob, subject, attach.offset, attach.total, bytes).Union()};
}
RequestPart part(FlatBufferBuilder& out, const message::Ping&) {
  return {wire::RequestBody::Ping, wire::CreatePing(out).Union()};
}

// --- Replies ----------------------------------------------------------------------------------

ReplyPart part(FlatBufferBuilder& out, const message::Hello& hello) {
  const ByteVector nonce = put(out, hello.nonce);
  return {wire::ReplyBody::Hello, wire::CreateHello(out, hello.protocol, nonce).Union()};
}

ReplyPart part(FlatBufferBuilder& out, const message::LoggedIn& facts) {
  const Text ledger = put_text(out, facts.ledger);
  const Text origin = put_text(out, facts.origin);
  const Text verifier_key = put_text(out, facts.verifier_key);
  const Text staff = put_text(out, facts.staff);
  const Text roles = put_text(out, facts.roles);
  const ByteVector last_request = put(out, facts.last_request.view());
  wire::LoggedInBuilder builder(out);
  builder.add_ledger(ledger);
  builder.add_origin(origin);
  builder.add_verifier_key(verifier_key);
  builder.add_staff(staff);
  builder.add_roles(roles);
  builder.add_key_seq(facts.key_seq);
  builder.add_last_request(last_request);
  builder.add_tree_size(facts.tree_size);
  builder.add_server_time_us(facts.server_time.value);
  return {wire::ReplyBody::LoggedIn, builder.Finish().Union()};
}

ReplyPart part(FlatBufferBuilder& out, const message::Appended& appended) {
  std::vector<Offset<wire::AssignedValue>> values;
  for (const AssignedValues& assigned : appended.assigned) {
    const Text receipt_no = put_optional(out, assigned.receipt_no);
    const Text not_before =
        put_optional(out, assigned.not_before ? to_text(*assigned.not_before) : std::string());
    values.push_back(wire::CreateAssignedValue(out, receipt_no, not_before));
  }
  ByteWriter leaves;
  for (const crypto::Digest& leaf : appended.leaves) {
    leaves.put(leaf);
  }
  const ByteVector leaf_bytes = put(out, leaves.view());
  const auto all_values = out.CreateVector(values);
  wire::AppendedBuilder builder(out);
  builder.add_first_index(number(appended.first));
  builder.add_count(appended.count);
  builder.add_recorded_at_us(appended.recorded_at.value);
  builder.add_tree_size(appended.tree_size);
  builder.add_leaves(leaf_bytes);
  builder.add_assigned(all_values);
  builder.add_repeated(appended.repeated);
  return {wire::ReplyBody::Appended, builder.Finish().Union()};
}

Offset<wire::WireRefusal> put_refusal(FlatBufferBuilder& out, const Refusal& refusal) {
  std::vector<Offset<wire::WireFact>> facts;
  for (const Fact& fact : refusal.facts) {
    const Text name = put_text(out, fact.name);
    const Text value = put_text(out, fact.value);
    facts.push_back(wire::CreateWireFact(out, name, value));
  }
  const Text rule = put_text(out, refusal.rule);
  const Text zh = put_text(out, refusal.zh);
  const Text en = put_text(out, refusal.en);
  const Text clause = put_text(out, refusal.clause);
  const auto all_facts = out.CreateVector(facts);
  const Text earliest =
      put_optional(out, refusal.earliest ? to_text(*refusal.earliest) : std::string());
  return wire::CreateWireRefusal(out, rule, zh, en, clause, all_facts, earliest);
}

ReplyPart part(FlatBufferBuilder& out, const message::Refused& refused) {
  std::vector<Offset<wire::WireRefusal>> refusals;
  for (const Refusal& refusal : refused.refusals) {
    refusals.push_back(put_refusal(out, refusal));
  }
  const auto all = out.CreateVector(refusals);
  return {wire::ReplyBody::Refused, wire::CreateRefused(out, refused.statement, all).Union()};
}

ReplyPart part(FlatBufferBuilder& out, const Error& error) {
  const Text name = put_text(out, name_of(error.code));
  const Text zh = put_text(out, zh_of(error.code));
  const Text en = put_text(out, en_of(error.code));
  const Text detail = put_optional(out, error.detail);
  const auto code = static_cast<std::uint16_t>(error.code);
  return {wire::ReplyBody::Failed, wire::CreateFailed(out, code, name, zh, en, detail).Union()};
}

ReplyPart part(FlatBufferBuilder& out, const message::Records& page) {
  std::vector<Offset<wire::RecordBytes>> records;
  for (const Bytes& record : page.records) {
    const ByteVector bytes = put(out, record);
    records.push_back(wire::CreateRecordBytes(out, bytes));
  }
  const auto all = out.CreateVector(records);
  return {wire::ReplyBody::Records,
          wire::CreateRecords(out, all, page.next, page.tree_size, page.stream_version).Union()};
}
ReplyPart part(FlatBufferBuilder& out, const message::Report& report) {
  const Text json = put_text(out, report.json);
  return {wire::ReplyBody::Report, wire::CreateReport(out, json).Union()};
}
ReplyPart part(FlatBufferBuilder& out, const message::AttachmentPart& attachment) {
  const ByteVector bytes = put(out, attachment.bytes);
  const Text media_type = put_text(out, attachment.media_type);
  return {wire::ReplyBody::AttachmentPart,
          wire::CreateAttachmentPart(out, bytes, attachment.total, media_type).Union()};
}
ReplyPart part(FlatBufferBuilder& out, const message::ProofText& proof) {
  const Text text = put_text(out, proof.text);
  return {wire::ReplyBody::ProofText, wire::CreateProofText(out, text).Union()};
}
ReplyPart part(FlatBufferBuilder& out, const message::CheckpointNote& checkpoint) {
  const Text note = put_text(out, checkpoint.note);
  return {wire::ReplyBody::CheckpointNote, wire::CreateCheckpointNote(out, note).Union()};
}
ReplyPart part(FlatBufferBuilder& out, const message::Attached& attached) {
  return {wire::ReplyBody::Attached, wire::CreateAttached(out, attached.stored).Union()};
}
ReplyPart part(FlatBufferBuilder& out, const message::Pong& pong) {
  return {wire::ReplyBody::Pong, wire::CreatePong(out, pong.server_time.value).Union()};
}

// --- Frames -----------------------------------------------------------------------------------

Bytes framed(const FlatBufferBuilder& out) {
  ByteWriter frame;
  frame.reserve(frame_header_bytes + out.GetSize());
  frame.put(static_cast<std::uint32_t>(out.GetSize()));
  frame.put(ByteView(out.GetBufferPointer(), out.GetSize()));
  return frame.take();
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

Bytes encode_frame(const message::Reply& reply) {
  FlatBufferBuilder out;
  const ReplyPart body =
      std::visit([&out](const auto& value) { return part(out, value); }, reply.body);
  out.Finish(wire::CreateReply(out, reply.request_no, body.type, body.body), "JZRP");
  return framed(out);
}

}  // namespace juanzong
