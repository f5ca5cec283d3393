// SPDX-License-Identifier: Apache-2.0
// The rules of P23 and what the files of this folder share. H-KEY-7, and H-HOV-3, -4 and -6 which
// keys must keep too, stand in the shared headers.
#pragma once

#include "events/procedures/key_custody.h"
#include "events/procedures/procedure.h"

#include <span>

namespace juanzong::keys {

inline constexpr Rule formalities_rule{
    "H-KEY-1",
    "S0§23.2(2)",
    "业主接房须按《交接房程序》办理完毕手续并签字后,方可交付钥匙",
    "keys go to the owner only after the handover formalities "
    "and with his signature"};
inline constexpr Rule vacant_rule{"H-KEY-2",
                                  "S0§23.2(3)",
                                  "只接受空置房钥匙委托管理,物业对室内财产及安全不承担保管责任",
                                  "only keys of vacant units are taken into custody, and without "
                                  "responsibility for what is inside"};
inline constexpr Rule collector_rule{"H-KEY-3",
                                     "S0§23.2(4)",
                                     "领取钥匙须先核实身份并签字,非托管人一概不得领取",
                                     "who collects a key is identified and signs; nobody but who "
                                     "entrusted it gets it"};
inline constexpr Rule viewing_rule{"H-KEY-4",
                                   "S0§23.2(5)",
                                   "看房不得将钥匙借与业主,须客户中心工作人员把持",
                                   "for a viewing no key is lent to the owner: staff of the "
                                   "customer centre hold it"};
inline constexpr Rule loan_rule{"H-KEY-5",
                                "S0§23.3(2)",
                                "内部人员临时领取钥匙须经钥匙管理员同意并签字",
                                "an internal loan needs the key keeper's consent and the "
                                "borrower's signature"};
inline constexpr Rule exception_rule{"H-KEY-6",
                                     "S0§23.3(3)",
                                     "非正常手续领取钥匙须项目经理及公司领导同意",
                                     "a hand-out outside the formalities needs project manager "
                                     "and company leader"};
inline constexpr Rule loss_rule{"H-KEY-8",
                                "S0§23.3(4)",
                                "保管中丢失钥匙由钥匙管理员及项目经理承担责任",
                                "for a key lost in custody key keeper and project manager are "
                                "liable"};

// receive_rules.cpp: how keys come in. hand_out_rules.cpp: to and from the owner. loan_rules.cpp:
// within the house. loss_rules.cpp: lost and damaged ones.
[[nodiscard]] std::span<const EventHandler> receive_handlers();
[[nodiscard]] std::span<const EventHandler> hand_out_handlers();
[[nodiscard]] std::span<const EventHandler> loan_handlers();
[[nodiscard]] std::span<const EventHandler> loss_handlers();

}  // namespace juanzong::keys
