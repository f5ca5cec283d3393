// SPDX-License-Identifier: Apache-2.0
// Inside the folder: the rules, who acts for whom, the limits of a class, and the parts of the
// handler table.
#pragma once

#include "events/procedures/complaint_cases.h"
#include "events/procedures/procedure.h"
#include "events/procedures/signatures.h"

#include <span>
#include <string>
#include <string_view>

namespace juanzong::complaints {

inline constexpr Rule classify_rule{"H-CMP-1",
                                    "S0§7.2(1)",
                                    "投诉性质由项目主管界定",
                                    "only the project supervisor judges a complaint"};
inline constexpr Rule reply_rule{"H-CMP-2",
                                 "S0§7.7",
                                 "客户经理同意处理结果前不得回复投诉结果",
                                 "no answer of the result before the customer manager agreed"};
inline constexpr Rule overtime_rule{"H-CMP-3",
                                    "S0§7.6(4)",
                                    "超时处理须经有权者批准",
                                    "overtime needs the approval of who may give it"};
inline constexpr Rule leader_rule{"H-CMP-4",
                                  "S3/003",
                                  "涉及赔偿或针对管理处主任的投诉由公司领导解决",
                                  "compensation, or against the manager: the company leader's"};
inline constexpr Rule opinion_rule{"H-CMP-5",
                                   "S0§7.6(1)-(2)",
                                   "主管签署处理意见后部门方可领取记录表",
                                   "the department collects the form after the opinion is signed"};
inline constexpr Rule closing_rule{"H-CMP-6",
                                   "S0§7.1(5), §7.8",
                                   "回复、客户意见、回访齐备后方可结案",
                                   "closed only after reply, customer's opinion and return visit"};
inline constexpr Rule accused_rule{"H-PRV-11",
                                   "S3/003",
                                   "被投诉人不得界定、批准或了结本人的投诉",
                                   "who is accused does not judge, approve or close the case"};

// Whose act it is: `role`, or one level up while that is whom the complaint is against
// (PS, CSM -> PM; PM, MDM -> CL).
[[nodiscard]] Role acting_role(const ComplaintState& complaint, Role role, const World& world);

// An act that one role may do: who it is done by, who must sign, which rule says so (nullptr: the
// form says so, SCHEMA).
struct Act {
  Role role;
  const Rule* rule = nullptr;
};
void check_act(const Act& act,
               const ComplaintState& complaint,
               const SignatureList* signatures,
               const EventContext& context,
               const World& world,
               Decision& decision);

// The limits of a class (D-CMP-2 to -5b, -9), begun anew when it is judged or judged again.
void begin_class_limits(WorldChange& world,
                        std::string_view complaint_id,
                        const EventContext& context,
                        bool judged_again);
// The obligation that is met by handling a complaint of that class; empty: none.
[[nodiscard]] std::string_view handling_limit_of(ComplaintSeverity severity);

// EXPLAIN or CLASSIFIED: where ComplaintClassified leads.
[[nodiscard]] std::uint8_t stage_after_classified(const std::uint8_t* body);

[[nodiscard]] std::string stream_of(std::string_view complaint_id);

[[nodiscard]] std::span<const EventHandler> intake_handlers();
[[nodiscard]] std::span<const EventHandler> judging_handlers();
[[nodiscard]] std::span<const EventHandler> handling_handlers();
[[nodiscard]] std::span<const EventHandler> closing_handlers();

}  // namespace juanzong::complaints
