// SPDX-License-Identifier: Apache-2.0
// The rules of P14, and the handlers of things that are kept for or lent to customers.
#pragma once

#include "events/procedures/front_desk/front_desk.h"

#include <span>

namespace juanzong::front_desk {

inline constexpr Rule mail_rule{"H-DSK-1",
                                "S0§14.4(4)",
                                "邮件须由收件人本人签字领取,必要时核实身份证",
                                "mail goes to its addressee, who signs and, if necessary, shows "
                                "an identity card"};
inline constexpr Rule storage_rule{"H-DSK-2",
                                   "S0§14.6(2)",
                                   "易腐食品、重要文件、现金、代金券、精密仪器、易碎玻璃器皿、"
                                   "贵重物品不予寄存",
                                   "perishable food, important documents, cash, vouchers, "
                                   "precision instruments, fragile glass and valuables are not "
                                   "stored"};
inline constexpr Rule customer_rule{"H-DSK-3",
                                    "S0§14.6(6), S0§14.11(5)",
                                    "此项服务仅限办公人员、业主及使用人",
                                    "storage and umbrellas are for office staff, owners and "
                                    "occupants"};
inline constexpr Rule visitor_rule{"H-DSK-4",
                                   "S0§14.7(2)",
                                   "确定被访人接见并登记后方可进入",
                                   "a visitor enters after the host agreed and he was registered"};
inline constexpr Rule price_rule{"H-DSK-5",
                                 "S0§14.11(4)",
                                 "雨伞损坏或遗失按原价赔偿",
                                 "a damaged or lost umbrella costs its original price"};
inline constexpr Rule return_rule{"H-DSK-6",
                                  "S0§14.6(4)",
                                  "核对客户证件和物品后方可取件",
                                  "stored things are given back after identity and item were "
                                  "checked"};

[[nodiscard]] std::span<const EventHandler> item_handlers();

}  // namespace juanzong::front_desk
