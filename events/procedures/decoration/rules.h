// SPDX-License-Identifier: Apache-2.0
// The rules of decoration, with the clause they come from. One list: the refusals at the desk, the
// rule catalogue and the folder's README speak of the same.
#pragma once

#include "events/procedures/procedure.h"

#include <array>

namespace juanzong::decoration_rules {

inline constexpr Rule owner_signature{"H-DEC-1",
                                      "S0§2.2(1)",
                                      "申请表、承诺书必须业主签字,他人代办须出示委托书",
                                      "application and undertaking need the owner's signature, or "
                                      "a power of attorney"};
inline constexpr Rule documents{"H-DEC-2",
                                "S0§2.3",
                                "装修资料不齐、未盖章或未核验有效",
                                "drawings or contractor's papers are missing, not stamped or not "
                                "verified as valid"};
inline constexpr Rule two_reviews{"H-DEC-3",
                                  "S0§2.4(2)",
                                  "须客户部、工程部负责人(或授权人)双方签字审批",
                                  "approval needs the head, or a delegate, of the customer side "
                                  "and of the engineering side"};
inline constexpr Rule government{"H-DEC-4",
                                 "S0§2.5",
                                 "涉及消防、结构、煤气的,须先取得政府部门批复",
                                 "works on fire protection, structure or gas need the authority's "
                                 "approval first"};
inline constexpr Rule acknowledgement{"H-DEC-5",
                                      "S0§2.6",
                                      "签订协议前须由业主在审批表上签字确认",
                                      "the owner signs the approval sheet before the agreement"};
inline constexpr Rule agreement{"H-DEC-6",
                                "S0§2.7",
                                "装修协议由业主签订;承诺书授权的方可由装修公司签订",
                                "the owner signs the agreement; the contractor only if the "
                                "undertaking delegates it"};
inline constexpr Rule permitted{"H-DEC-7",
                                "S0§2.9(1)",
                                "当地规定不允许收取,或尚未设定是否允许",
                                "local rules forbid to collect it, or the project has not set "
                                "whether they do"};
inline constexpr Rule tariff{"H-DEC-8",
                             "S0§2.9",
                             "金额与公布的收费标准不符,须项目经理签字",
                             "the amount differs from the public tariff; the project manager must "
                             "sign"};
inline constexpr Rule entry_order{"H-DEC-9",
                                  "S0§2.7-2.11",
                                  "先签协议、交清费用,再发施工进场证;双方签字确认后方可施工",
                                  "agreement and fees come before the permit; both sides sign the "
                                  "entry inspection before work"};
inline constexpr Rule hot_work{"H-DEC-10",
                               "S0§2.13(4)",
                               "受限材料须书面同意,动火须《动火审批》并由审批人签字",
                               "restricted material needs written consent, hot work the approval "
                               "signed by all approvers"};
inline constexpr Rule owner_first{"H-DEC-11",
                                  "S0§2.13(2)",
                                  "先电话通报业主,再通报装修公司;双方在违章记录上签收",
                                  "the owner is called before the contractor; both sign for the "
                                  "violation record"};
inline constexpr Rule penalty{"H-DEC-12",
                              "S0§2.13(3)",
                              "违约金须有违章记录、协议依据和项目经理签字",
                              "a penalty needs the record, the agreement and the project manager's "
                              "signature"};
inline constexpr Rule waiting{"H-DEC-13",
                              "S0§2.18",
                              "自竣工验收之日起满三个月后方可退还押金;验收日期以当日为准",
                              "no refund before three months after completion acceptance; its date "
                              "is the day it is recorded"};
inline constexpr Rule three_parties{"H-DEC-14",
                                    "S0§2.18",
                                    "退款验收须业主、装修公司、项目中心负责人三方签字",
                                    "owner, contractor and project manager sign the refund "
                                    "inspection"};
inline constexpr Rule harm{"H-DEC-15",
                           "S0§2.18(1)",
                           "存在损害公共或邻里利益的情况,未解决前不得批准退还",
                           "harm to public or neighbours' interests stands; no approval until it "
                           "is resolved or deducted"};
inline constexpr Rule owner_consent{"H-DEC-16",
                                    "S0§2.18(2)",
                                    "装修公司申请退还的,须通知业主并征得业主同意",
                                    "the contractor asked: the owner must consent to that request, "
                                    "and not object later"};
inline constexpr Rule calculation{"H-DEC-17",
                                  "S0§2.18(3)",
                                  "应退金额须扣除全部已确认违约金和应付费用,并按最新情况计算",
                                  "the calculation must list every confirmed penalty and every fee "
                                  "due, as they stand now"};
inline constexpr Rule approval{"H-DEC-18",
                               "S0§2.18(4)",
                               "须项目经理签字的退还同意表;批准、计算、支付金额须一致",
                               "the project manager signs the consent; amounts calculated, "
                               "approved and paid are equal"};
inline constexpr Rule one_refund{"H-DEC-19",
                                 "S0§2.18(5)",
                                 "押金由收银员退还并登记,每笔押金只退一次",
                                 "the cashier records the refund, once for each deposit"};
inline constexpr Rule acceptance{"H-DEC-20",
                                 "S0§2.16",
                                 "竣工验收须工程部、保安部签字,合格的由业主签字",
                                 "engineering and security sign the completion acceptance, and the "
                                 "owner a pass"};
inline constexpr Rule refund_duties{"H-SOD-1",
                                    "S0§2.18(3)-(5)",
                                    "计算、批准、退还须由不同的人办理",
                                    "calculation, approval and refund are three persons' acts"};
inline constexpr Rule penalty_duties{"H-SOD-2",
                                     "S0§2.13(3)",
                                     "违章记录人不得自行确认违约金",
                                     "who recorded the violation does not confirm its penalty"};

inline constexpr std::array all{
    owner_signature, documents,     two_reviews,   government,    acknowledgement, agreement,
    permitted,       tariff,        entry_order,   hot_work,      owner_first,     penalty,
    waiting,         three_parties, harm,          owner_consent, calculation,     approval,
    one_refund,      acceptance,    refund_duties, penalty_duties};

}  // namespace juanzong::decoration_rules
