// SPDX-License-Identifier: Apache-2.0
// Encoding of replies, for the server: one overload of part() for each message.
#include "events/model/byte_io.h"

#include "server/wire/codec.h"
#include "server/wire/wire_generated.h"
#include "server/wire/wire_writer.h"

#include <string>
#include <variant>
#include <vector>

namespace juanzong {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
using ReplyPart = WirePart<wire::ReplyBody>;

ReplyPart part(FlatBufferBuilder& out, const message::Hello& hello) {
  const WireBytes nonce = put_bytes(out, hello.nonce);
  return {wire::ReplyBody::Hello, wire::CreateHello(out, hello.protocol, nonce).Union()};
}

ReplyPart part(FlatBufferBuilder& out, const message::LoggedIn& facts) {
  const WireText ledger = put_text(out, facts.ledger);
  const WireText origin = put_text(out, facts.origin);
  const WireText verifier_key = put_text(out, facts.verifier_key);
  const WireText staff = put_text(out, facts.staff);
  const WireText roles = put_text(out, facts.roles);
  const WireBytes last_request = put_bytes(out, facts.last_request.view());
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
    const WireText receipt_no = put_optional(out, assigned.receipt_no);
    const WireText not_before =
        put_optional(out, assigned.not_before ? to_text(*assigned.not_before) : std::string());
    values.push_back(wire::CreateAssignedValue(out, receipt_no, not_before));
  }
  ByteWriter leaves;
  for (const crypto::Digest& leaf : appended.leaves) {
    leaves.put(leaf);
  }
  const WireBytes leaf_bytes = put_bytes(out, leaves.view());
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
    const WireText name = put_text(out, fact.name);
    const WireText value = put_text(out, fact.value);
    facts.push_back(wire::CreateWireFact(out, name, value));
  }
  const WireText rule = put_text(out, refusal.rule);
  const WireText zh = put_text(out, refusal.zh);
  const WireText en = put_text(out, refusal.en);
  const WireText clause = put_text(out, refusal.clause);
  const auto all_facts = out.CreateVector(facts);
  const WireText earliest =
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
  const WireText name = put_text(out, name_of(error.code));
  const WireText zh = put_text(out, zh_of(error.code));
  const WireText en = put_text(out, en_of(error.code));
  const WireText detail = put_optional(out, error.detail);
  const auto code = static_cast<std::uint16_t>(error.code);
  return {wire::ReplyBody::Failed, wire::CreateFailed(out, code, name, zh, en, detail).Union()};
}

ReplyPart part(FlatBufferBuilder& out, const message::Records& page) {
  std::vector<Offset<wire::RecordBytes>> records;
  for (const Bytes& record : page.records) {
    const WireBytes bytes = put_bytes(out, record);
    records.push_back(wire::CreateRecordBytes(out, bytes));
  }
  const auto all = out.CreateVector(records);
  return {wire::ReplyBody::Records,
          wire::CreateRecords(out, all, page.next, page.tree_size, page.stream_version).Union()};
}
ReplyPart part(FlatBufferBuilder& out, const message::Report& report) {
  const WireText json = put_text(out, report.json);
  return {wire::ReplyBody::Report, wire::CreateReport(out, json).Union()};
}
ReplyPart part(FlatBufferBuilder& out, const message::AttachmentPart& attachment) {
  const WireBytes bytes = put_bytes(out, attachment.bytes);
  const WireText media_type = put_text(out, attachment.media_type);
  return {wire::ReplyBody::AttachmentPart,
          wire::CreateAttachmentPart(out, bytes, attachment.total, media_type).Union()};
}
ReplyPart part(FlatBufferBuilder& out, const message::ProofText& proof) {
  const WireText text = put_text(out, proof.text);
  return {wire::ReplyBody::ProofText, wire::CreateProofText(out, text).Union()};
}
ReplyPart part(FlatBufferBuilder& out, const message::CheckpointNote& checkpoint) {
  const WireText note = put_text(out, checkpoint.note);
  return {wire::ReplyBody::CheckpointNote, wire::CreateCheckpointNote(out, note).Union()};
}
ReplyPart part(FlatBufferBuilder& out, const message::Attached& attached) {
  return {wire::ReplyBody::Attached, wire::CreateAttached(out, attached.stored).Union()};
}
ReplyPart part(FlatBufferBuilder& out, const message::Pong& pong) {
  return {wire::ReplyBody::Pong, wire::CreatePong(out, pong.server_time.value).Union()};
}

}  // namespace

Bytes encode_frame(const message::Reply& reply) {
  FlatBufferBuilder out;
  const ReplyPart body =
      std::visit([&out](const auto& value) { return part(out, value); }, reply.body);
  out.Finish(wire::CreateReply(out, reply.request_no, body.type, body.body), "JZRP");
  return framed(out);
}

}  // namespace juanzong
