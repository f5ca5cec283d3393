// SPDX-License-Identifier: Apache-2.0
#include "projections/views/complaint_labels.h"

#include "events/procedures/complaints/complaints_generated.h"
#include "events/procedures/return_visits/return_visits_generated.h"

#include <algorithm>
#include <array>

namespace juanzong {

CellCode class_label(const ComplaintState& complaint) {
  switch (complaint.severity) {
    case ComplaintSeverity::major:
      return {"MAJOR", "重大投诉"};
    case ComplaintSeverity::important:
      return {"IMPORTANT", "重要投诉"};
    case ComplaintSeverity::minor:
      return {"MINOR", "轻微投诉"};
    default:
      return complaint.validity == ComplaintValidity::invalid ? CellCode{"INVALID", "无效投诉"}
                                                              : CellCode{"UNJUDGED", "未界定"};
  }
}

CellCode complaint_ground_label(std::uint8_t ground) {
  constexpr std::array<std::string_view, 10> zh{"未注明",
                                                "承诺或合同服务未实施",
                                                "造成经济损失或伤害",
                                                "一周内未合理解决",
                                                "突然大面积停电停水或设备停运",
                                                "多名客户同一事件投诉",
                                                "其他重大",
                                                "合理需求未及时解决",
                                                "服务过失或态度恶劣",
                                                "其他重要"};
  return {body::EnumNameComplaintGround(static_cast<body::ComplaintGround>(ground)),
          std::string(zh[std::min<std::size_t>(ground, zh.size() - 1)])};
}

CellCode visit_level_label(std::uint8_t level) {
  constexpr std::array<std::string_view, 6> zh{
      "未注明", "初级(服务者)", "客户助理", "品质部每周抽样", "品质部每月", "特殊(返修后)"};
  return {body::EnumNameVisitLevel(static_cast<body::VisitLevel>(level)),
          std::string(zh[std::min<std::size_t>(level, zh.size() - 1)])};
}

}  // namespace juanzong
