// SPDX-License-Identifier: Apache-2.0
// Owner files (《业主档案表》): the same form at handover and at a transfer, so the same question.
// The owner is asked for a mobile number and the birthday; "declined" is an answer, silence is not.
#pragma once

#include "events/procedures/procedure.h"
#include "events/schema/common_generated.h"

#include <algorithm>

namespace juanzong {

inline constexpr Rule owner_file_rule{"H-HOV-2",
                                      "S0§1.3",
                                      "业主档案须填写完整,应急手机和生日须询问,并由业主签名",
                                      "the owner file must be complete, mobile and birthday asked "
                                      "for, and signed by the owner"};

// Given or declined, exactly one of both; a legal person has no birthday.
template <class Body>
void check_owner_file_asked(const Body& event, Decision& decision) {
  const auto declined = [&event](body::DeclinedItem item) {
    const auto* list = event.declined();
    return list != nullptr && std::find(list->begin(), list->end(), item) != list->end();
  };
  const bool mobile = event.emergency_mobile() != nullptr;
  if (mobile == declined(body::DeclinedItem::EMERGENCY_MOBILE)) {
    decision.refuse(owner_file_rule, {fact("field", "emergency_mobile")});
  }
  const bool birthday = event.birthday() != nullptr;
  const bool birthday_answered =
      event.legal_person() ? !birthday : birthday != declined(body::DeclinedItem::BIRTHDAY);
  if (!birthday_answered) {
    decision.refuse(owner_file_rule, {fact("field", "birthday")});
  }
}

}  // namespace juanzong
