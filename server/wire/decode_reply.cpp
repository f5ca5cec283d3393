// SPDX-License-Identifier: Apache-2.0
// Decoding of replies, for the client: one overload of read() for each message of the server.
#include "server/wire/codec.h"
#include "server/wire/decode_buffer.h"
#include "server/wire/wire_generated.h"
#include "server/wire/wire_reader.h"

#include <optional>
#include <utility>

namespace juanzong {
namespace {

message::ReplyBody read(WireReader& reader, const wire::Hello& hello) {
  return message::Hello{hello.protocol(), reader.array<32>(hello.nonce(), "Hello.nonce")};
}

message::ReplyBody read(WireReader& reader, const wire::LoggedIn& facts) {
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

message::ReplyBody read(WireReader& reader, const wire::Appended& appended) {
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

message::ReplyBody read(WireReader& reader, const wire::Refused& refused) {
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
message::ReplyBody read(WireReader& reader, const wire::Failed& failed) {
  return Error{static_cast<ErrorCode>(failed.code()),
               reader.text(failed.detail(), "Failed.detail")};
}

message::ReplyBody read(WireReader& reader, const wire::Records& page) {
  message::Records out;
  for_each(page.records(), [&](const wire::RecordBytes& record) {
    out.records.push_back(reader.bytes(record.bytes()));
  });
  out.next = page.next();
  out.tree_size = page.tree_size();
  out.stream_version = page.stream_version();
  return out;
}
message::ReplyBody read(WireReader& reader, const wire::Report& report) {
  return message::Report{reader.text(report.json(), "Report.json")};
}
message::ReplyBody read(WireReader& reader, const wire::ProofText& proof) {
  return message::ProofText{reader.text(proof.text(), "ProofText.text")};
}
message::ReplyBody read(WireReader& reader, const wire::CheckpointNote& checkpoint) {
  return message::CheckpointNote{reader.text(checkpoint.note(), "CheckpointNote.note")};
}
message::ReplyBody read(WireReader& reader, const wire::AttachmentPart& part) {
  return message::AttachmentPart{reader.bytes(part.bytes()),
                                 part.total(),
                                 reader.text(part.media_type(), "AttachmentPart.media_type")};
}
message::ReplyBody read(WireReader&, const wire::Attached& attached) {
  return message::Attached{attached.stored()};
}
message::ReplyBody read(WireReader&, const wire::Pong& pong) {
  return message::Pong{UnixMicros{pong.server_time_us()}};
}

std::optional<message::ReplyBody> read_body(WireReader& reader, const wire::Reply& reply) {
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

}  // namespace

Result<message::Reply> decode_reply(ByteView payload) {
  return decode_buffer<message::Reply, wire::Reply>(payload, "JZRP", read_body);
}

}  // namespace juanzong
