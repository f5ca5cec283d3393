// SPDX-License-Identifier: Apache-2.0
// Chinese labels of codes that only views show, and the words of a rule by its id.
#pragma once

#include "events/procedures/catalogue.h"
#include "events/procedures/contracts/contracts.h"
#include "events/procedures/decoration/stages.h"
#include "events/procedures/handovers.h"
#include "events/procedures/key_custody.h"
#include "events/procedures/notices/notices.h"
#include "events/procedures/office_lets.h"
#include "events/procedures/parking/stages.h"
#include "events/procedures/safety_papers.h"
#include "events/procedures/tenancies.h"
#include "events/procedures/transfers.h"
#include "events/procedures/units.h"

#include "projections/views/report.h"

#include <cstdint>
#include <string_view>

namespace juanzong {

[[nodiscard]] CellCode label_of(ContractStanding standing);
[[nodiscard]] CellCode label_of(DepositStage stage);
[[nodiscard]] CellCode label_of(DecorationStage stage);
[[nodiscard]] CellCode label_of(HandoverStage stage);
[[nodiscard]] CellCode label_of(TenancyStage stage);
[[nodiscard]] CellCode label_of(ParkingStage stage);
[[nodiscard]] CellCode label_of(CardDepositStage stage);
[[nodiscard]] CellCode label_of(TransferStage stage);
[[nodiscard]] CellCode label_of(KeyStage stage);
[[nodiscard]] CellCode label_of(KeyOrigin origin);
[[nodiscard]] CellCode label_of(NoticeStage stage);
[[nodiscard]] CellCode label_of(OfficeStage stage);
[[nodiscard]] CellCode label_of(OfficeKeyFate fate);
[[nodiscard]] CellCode label_of(SafetyPaper paper);
[[nodiscard]] CellCode label_of(UnitUsage use);
[[nodiscard]] CellCode label_of(UnitCategory category);
[[nodiscard]] CellCode purpose_label(std::uint8_t purpose);
[[nodiscard]] CellCode method_label(std::uint8_t method);   // body::PaymentMethod
[[nodiscard]] CellCode signing_label(std::uint8_t method);  // body::SignatureMethod
[[nodiscard]] CellCode id_check_label(std::uint8_t check);  // body::IdCheck
// body::Capacity; staff by the role in which they signed.
[[nodiscard]] CellCode capacity_label(std::uint8_t capacity, std::string_view staff_role);
[[nodiscard]] CellCode notice_subject_label(std::uint8_t subject);  // body::NoticeSubject
[[nodiscard]] CellCode event_label(const CatalogueEntry* entry);
// nullptr if no procedure has that rule.
[[nodiscard]] const Rule* find_rule(const Catalogue& catalogue, std::string_view id);

}  // namespace juanzong
