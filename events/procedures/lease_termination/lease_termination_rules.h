// SPDX-License-Identifier: Apache-2.0
// What the files of this folder share: the rules of P42 and what is asked of a compensation.
// return_rules.cpp judges what comes back, lease_termination_rules.cpp the rest.
#pragma once

#include "events/procedures/office_lets.h"
#include "events/procedures/procedure.h"

#include <span>
#include <string_view>

namespace juanzong::lease_termination {

inline constexpr Rule keys_rule{"H-OFT-1",
                                "S2·5§4 退租2",
                                "钥匙须按《客户领取钥匙及配制情况表》收回,丢失或损坏的根据情况赔偿",
                                "keys come back as they were signed for; lost or damaged ones are "
                                "compensated as the case requires"};
inline constexpr Rule fittings_rule{"H-OFT-2",
                                    "S2·5§4 退租1",
                                    "所配物品须按配制情况收回,缺少的须注明",
                                    "what was supplied comes back, or is listed as missing"};

// Refuses by `rule` a charge that is not the client's compensation for this room and stands.
void check_compensation(const Rule& rule,
                        std::string_view charge_id,
                        std::string_view unit,
                        std::string_view company,
                        const World& world,
                        Decision& decision);

// SCHEMA without the signature of somebody who may sign for the client.
void check_company_signature(const SignatureList* signatures,
                             const OfficeLetState& let,
                             Decision& decision);

[[nodiscard]] std::span<const EventHandler> return_handlers();

}  // namespace juanzong::lease_termination
