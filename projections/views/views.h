// SPDX-License-Identifier: Apache-2.0
// The views, for the table in query.cpp. Each is a pure function of its context; roles and names of
// arguments were checked before.
#pragma once

#include "projections/views/view_context.h"

namespace juanzong {

[[nodiscard]] Result<Report> view_case(const ViewContext& context);
[[nodiscard]] Result<Report> view_cases(const ViewContext& context);
[[nodiscard]] Result<Report> view_erasures(const ViewContext& context);
[[nodiscard]] Result<Report> view_archive(const ViewContext& context);
[[nodiscard]] Result<Report> view_badge(const ViewContext& context);
[[nodiscard]] Result<Report> view_conferences(const ViewContext& context);
[[nodiscard]] Result<Report> view_equipment(const ViewContext& context);
[[nodiscard]] Result<Report> view_owner_info(const ViewContext& context);
[[nodiscard]] Result<Report> view_patrols(const ViewContext& context);
[[nodiscard]] Result<Report> view_complaint_statistics(const ViewContext& context);
[[nodiscard]] Result<Report> view_contracts(const ViewContext& context);
[[nodiscard]] Result<Report> view_decorations(const ViewContext& context);
[[nodiscard]] Result<Report> view_department_report(const ViewContext& context);
[[nodiscard]] Result<Report> view_deposit(const ViewContext& context);
[[nodiscard]] Result<Report> view_deposits(const ViewContext& context);
[[nodiscard]] Result<Report> view_handovers(const ViewContext& context);
[[nodiscard]] Result<Report> view_inspections(const ViewContext& context);
[[nodiscard]] Result<Report> view_key(const ViewContext& context);
[[nodiscard]] Result<Report> view_keys(const ViewContext& context);
[[nodiscard]] Result<Report> view_owner_file(const ViewContext& context);
[[nodiscard]] Result<Report> view_occupancy(const ViewContext& context);
[[nodiscard]] Result<Report> view_arrears(const ViewContext& context);
[[nodiscard]] Result<Report> view_ledger(const ViewContext& context);
[[nodiscard]] Result<Report> view_receipts(const ViewContext& context);
[[nodiscard]] Result<Report> view_transfers(const ViewContext& context);
[[nodiscard]] Result<Report> view_parking(const ViewContext& context);
[[nodiscard]] Result<Report> view_parking_register(const ViewContext& context);
[[nodiscard]] Result<Report> view_parking_takings(const ViewContext& context);
[[nodiscard]] Result<Report> view_release(const ViewContext& context);
[[nodiscard]] Result<Report> view_releases(const ViewContext& context);
[[nodiscard]] Result<Report> view_notices(const ViewContext& context);
[[nodiscard]] Result<Report> view_office_clients(const ViewContext& context);
[[nodiscard]] Result<Report> view_repair_statistics(const ViewContext& context);
[[nodiscard]] Result<Report> view_rooms_to_let(const ViewContext& context);
[[nodiscard]] Result<Report> view_signatures(const ViewContext& context);
[[nodiscard]] Result<Report> view_stock(const ViewContext& context);
[[nodiscard]] Result<Report> view_suppliers(const ViewContext& context);
[[nodiscard]] Result<Report> view_survey_results(const ViewContext& context);
[[nodiscard]] Result<Report> view_tenancies(const ViewContext& context);
[[nodiscard]] Result<Report> view_deadlines(const ViewContext& context);
[[nodiscard]] Result<Report> view_units(const ViewContext& context);
[[nodiscard]] Result<Report> view_policy(const ViewContext& context);
[[nodiscard]] Result<Report> view_log_head(const ViewContext& context);
[[nodiscard]] Result<Report> view_visit_quotas(const ViewContext& context);

}  // namespace juanzong
