// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/signature_disputes.h"

#include "events/procedures/signatures.h"

namespace juanzong {

std::string_view code_of(SignatureStanding standing) {
  switch (standing) {
    case SignatureStanding::disputed:
      return "DISPUTED";
    case SignatureStanding::confirmed:
      return "CONFIRMED";
    case SignatureStanding::denied:
      return "VOID";
    default:
      return "VALID";
  }
}

std::string_view zh_of(SignatureStanding standing) {
  switch (standing) {
    case SignatureStanding::disputed:
      return "有异议";
    case SignatureStanding::confirmed:
      return "异议不成立";
    case SignatureStanding::denied:
      return "异议成立,签名无效";
    default:
      return "有效";
  }
}

std::string signed_record_key(RecordIndex record) {
  return std::to_string(number(record));
}

std::string signature_key(RecordIndex record, std::size_t position) {
  return signed_record_key(record) + "/" + std::to_string(position);
}

const SignedBlock* find_signature(const World& world, RecordIndex record, std::size_t position) {
  const auto* found = world.find<SignedRecordState>(signed_record_key(record));
  return found == nullptr || position >= found->blocks.size() ? nullptr : &found->blocks[position];
}

SignatureStanding standing_of(const World& world, RecordIndex record, std::size_t position) {
  const auto* found = world.find<SignatureDisputeState>(signature_key(record, position));
  return found == nullptr ? SignatureStanding::valid : found->standing;
}

void enter_signatures(const EventDescriptor& descriptor,
                      const EventView& event,
                      WorldChange& world) {
  if (descriptor.signatures_offset == 0) {
    return;
  }
  const auto& table = *flatbuffers::GetRoot<flatbuffers::Table>(event.body);
  const auto* signatures = table.GetPointer<const SignatureList*>(descriptor.signatures_offset);
  if (signatures == nullptr || signatures->size() == 0) {
    return;
  }
  auto& state = world.edit<SignedRecordState>(signed_record_key(event.context.index));
  for (const body::SignatureBlock* block : *signatures) {
    state.blocks.push_back(
        {text_of(block->signer()), static_cast<std::uint8_t>(block->capacity())});
  }
  for (const std::string_view stream : event.streams) {
    if (stream.find(':') != std::string_view::npos) {
      state.streams.emplace_back(stream);
    }
  }
}

}  // namespace juanzong
