// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/operation/outside_time_rules.h"

#include "crypto/digest.h"

#include "events/model/limits.h"
#include "events/procedures/operation/operation.h"
#include "events/procedures/operation/operation_generated.h"

#include <array>

namespace juanzong::operation {
namespace {

void check_digest(const flatbuffers::Vector<std::uint8_t>& bytes,
                  std::string_view field,
                  Decision& decision) {
  if (bytes.size() != crypto::Digest::size_bytes) {
    decision.refuse_schema(field, "须为 32 字节", "a digest has 32 bytes");
  }
}

void decide_stamp(const body::CheckpointTimestamped& event,
                  const EventContext& context,
                  const World& world,
                  Decision& decision) {
  check_digest(*event.root(), "root", decision);
  check_digest(*event.note_digest(), "note_digest", decision);
  if (event.token()->size() == 0 || event.token()->size() > limits::timestamp_token_bytes_max) {
    decision.refuse_schema("token", "令牌为空或过长", "the token is empty or too long");
  }
  const auto last = world.get<OperationState>(operation_key);
  const UnixMicros at = *parse_instant(view_of(event.gen_time()));
  if (event.size() > number(context.index) || event.size() <= last.stamped_size ||
      at < last.stamped_at) {
    decision.refuse(stamp_rule,
                    {fact("size", std::to_string(event.size())),
                     fact("last_size", std::to_string(last.stamped_size)),
                     fact("last_time", to_rfc3339(last.stamped_at))});
  }
}

void apply_stamp(const body::CheckpointTimestamped& event,
                 const EventContext&,
                 WorldChange& world) {
  OperationState& state = world.edit<OperationState>(operation_key);
  state.stamped_size = event.size();
  state.stamped_at = *parse_instant(view_of(event.gen_time()));
}

void decide_witnessed(const body::ChainAnchored& event,
                      const EventContext& context,
                      const World& world,
                      Decision& decision) {
  check_digest(*event.root(), "root", decision);
  const auto last = world.get<OperationState>(operation_key);
  if (event.size() > number(context.index) || event.size() < last.witnessed_size) {
    decision.refuse(witness_rule,
                    {fact("size", std::to_string(event.size())),
                     fact("last_size", std::to_string(last.witnessed_size))});
  }
}

void apply_witnessed(const body::ChainAnchored& event, const EventContext&, WorldChange& world) {
  world.edit<OperationState>(operation_key).witnessed_size = event.size();
}

constexpr std::array handlers{
    event<body::CheckpointTimestamped, decide_stamp, apply_stamp>("CheckpointTimestamped"),
    event<body::ChainAnchored, decide_witnessed, apply_witnessed>("ChainAnchored"),
};

}  // namespace

std::span<const EventHandler> outside_time_handlers() {
  return handlers;
}

}  // namespace juanzong::operation
