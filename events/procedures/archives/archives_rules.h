// SPDX-License-Identifier: Apache-2.0
// The rules of P12, and the parts of its list of handlers.
#pragma once

#include "events/procedures/archives/archives.h"

#include <span>

namespace juanzong::archives {

inline constexpr Rule disclosure_rule{"H-PRV-1",
                                      "S0§12.4(4)",
                                      "未经公司领导批准,禁止任何人将业主信息提供给外界",
                                      "owner information goes to outsiders only with the company "
                                      "leader's approval"};
inline constexpr Rule viewing_rule{"H-PRV-2",
                                   "S0§12.4(4)",
                                   "查阅业主档案须由档案管理员批准,限于批准的人员、内容和时间",
                                   "an owner file is viewed as the archivist approved: by whom, "
                                   "what, and until when"};
inline constexpr Rule contact_list_rule{"H-PRV-3",
                                        "S0§12.4(5)",
                                        "业主纸质通讯录只可由保安主管持有一份有效复印件",
                                        "one valid paper copy of the contact list, kept by the "
                                        "head of security"};
inline constexpr Rule borrow_rule{"H-PRV-4",
                                  "S0§12.3(4)",
                                  "外借和查阅资料须征得上级同意并作借阅记录",
                                  "lending needs the superior's consent and a signed record of "
                                  "the loan"};
inline constexpr Rule confidential_rule{"H-PRV-5",
                                        "S2·1§2.6",
                                        "机密文件须有借阅权限,文件管理人员变动须有交接记录",
                                        "confidential documents are lent by permission only, and "
                                        "their keeper changes with a signed handover"};

inline constexpr Rule bulk_rule{"H-PRV-14",
                                "S0§12.4(4)",
                                "一小时内查看多人信息须另行批准",
                                "looking at many people within an hour needs an approval of its "
                                "own"};

// The file is one of this unit's owners, of today or of before.
void check_owner(std::string_view unit,
                 std::string_view person,
                 const World& world,
                 Decision& decision);

[[nodiscard]] std::span<const EventHandler> loan_handlers();
[[nodiscard]] std::span<const EventHandler> owner_info_handlers();
[[nodiscard]] std::span<const EventHandler> viewing_handlers();

}  // namespace juanzong::archives
