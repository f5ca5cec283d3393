// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/office_lets.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

constexpr std::array<std::string_view, 5> stages{
    "FREE", "LET", "LEAVING", "VACATED", "READY_TO_LET"};
constexpr std::array<std::string_view, 5> fates{
    "NONE", "WITH_CLIENT", "RETURNED", "DAMAGED", "LOST"};

}  // namespace

std::string_view code_of(OfficeStage stage) {
  return stages[static_cast<std::size_t>(stage)];
}

std::string_view code_of(OfficeKeyFate fate) {
  return fates[static_cast<std::size_t>(fate)];
}

OfficeStage stage_of(const OfficeLetState& let) {
  if (let.company.empty()) {
    return let.former ? OfficeStage::ready_to_let : OfficeStage::free;
  }
  if (!let.notified) {
    return OfficeStage::let;
  }
  // Where nothing was supplied, there is nothing to take back.
  const bool fittings_done = let.fittings_reclaimed || let.supplied.empty();
  return fittings_done && let.keys_reclaimed && let.exit_talk ? OfficeStage::vacated
                                                              : OfficeStage::leaving;
}

void check_office_client(std::string_view unit,
                         std::string_view company,
                         OfficeStage accepted,
                         const World& world,
                         Decision& decision) {
  const auto let = world.get<OfficeLetState>(unit);
  const OfficeStage stage = stage_of(let);
  if (stage != accepted) {
    decision.refuse_state(code_of(stage), code_of(accepted));
  } else if (let.company != company) {
    decision.refuse_schema("company", "不是该房间的客户", "not the client of this room");
  }
}

bool signed_for_company(const SignatureList* signatures, const OfficeLetState& let) {
  return signatures != nullptr &&
         std::any_of(
             signatures->begin(), signatures->end(), [&let](const body::SignatureBlock* block) {
               const bool known =
                   std::ranges::find(let.representatives, view_of(block->signer())) !=
                   let.representatives.end();
               return block->capacity() == body::Capacity::COMPANY_REP &&
                      (known || block->authority_doc() != nullptr);
             });
}

}  // namespace juanzong
