// SPDX-License-Identifier: Apache-2.0
#include "tools/catalogue/view_subjects.h"

#include <array>

namespace juanzong {
namespace {

// Ascending by view, but for those that came later.
constexpr std::array subjects{
    ViewSubjects{"archive", "P12"},
    ViewSubjects{"arrears", "P31"},
    ViewSubjects{"case", ""},
    ViewSubjects{"cases", ""},
    ViewSubjects{"complaint_statistics", "P07 P08"},
    ViewSubjects{"conferences", "P40"},
    ViewSubjects{"contracts", "P46"},
    ViewSubjects{"deadlines", ""},
    ViewSubjects{"deposit", "P02 P31"},
    ViewSubjects{"deposits", "P02 P31"},
    ViewSubjects{"equipment", "P35"},
    ViewSubjects{"erasures", "PX"},
    ViewSubjects{"inspections", "P27 P28"},
    ViewSubjects{"key", "P23"},
    ViewSubjects{"keys", "P23"},
    ViewSubjects{"ledger", "P31"},
    ViewSubjects{"log_head", "PX"},
    ViewSubjects{"notices", "P15"},
    ViewSubjects{"occupancy", "P03 P20 P22"},
    ViewSubjects{"office_clients", "P41 P42"},
    ViewSubjects{"owner_file", "P01 P12 P21"},
    ViewSubjects{"owner_info", "P12"},
    ViewSubjects{"parking", "P17"},
    ViewSubjects{"parking_register", "P17"},
    ViewSubjects{"parking_takings", "P17"},
    ViewSubjects{"patrols", "P10"},
    ViewSubjects{"policy", "PX"},
    ViewSubjects{"receipts", "P31"},
    ViewSubjects{"release", "P04"},
    ViewSubjects{"releases", "P04"},
    ViewSubjects{"repair_statistics", "P08 P13"},
    ViewSubjects{"rooms_to_let", "P41 P42"},
    ViewSubjects{"stock", "P26"},
    ViewSubjects{"suppliers", "P36"},
    ViewSubjects{"survey_results", "P11"},
    ViewSubjects{"tenancies", "P03 P20"},
    ViewSubjects{"transfers", "P21"},
    ViewSubjects{"units", "PX"},
    ViewSubjects{"visit_quotas", "P09"},
    ViewSubjects{"badge", "P25"},
    ViewSubjects{"decorations", "P02"},
    ViewSubjects{"department_report", "P06 P07 P08 P09 P10 P13 P22 P47"},
    ViewSubjects{"handovers", "P01"},
    ViewSubjects{"signatures", "PX"},
};

}  // namespace

std::span<const ViewSubjects> view_subjects() {
  return subjects;
}

}  // namespace juanzong
