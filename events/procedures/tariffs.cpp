// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/tariffs.h"

namespace juanzong {

void check_tariff_amount(std::string_view key,
                         std::optional<Fen> tariff,
                         Fen amount,
                         const SignatureList* signatures,
                         const World& world,
                         Decision& decision) {
  if (tariff == amount || signed_by_staff(signatures, Role::pm, world)) {
    return;
  }
  decision.refuse(tariff_rule,
                  {fact("policy", key),
                   tariff ? fact("tariff", *tariff) : fact("tariff", "未设置/not set"),
                   fact("amount", amount),
                   fact("missing_signature", "STAFF:PM")});
}

}  // namespace juanzong
