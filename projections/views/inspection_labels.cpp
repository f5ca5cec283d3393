// SPDX-License-Identifier: Apache-2.0
#include "projections/views/inspection_labels.h"

#include <array>

namespace juanzong {

CellCode label_of(InspectionKind kind) {
  constexpr std::array<std::string_view, inspection_kind_count> zh{"全面日检",
                                                                   "专业日检",
                                                                   "工作巡查",
                                                                   "周检",
                                                                   "月检",
                                                                   "物业状态季检",
                                                                   "抽检",
                                                                   "夜间查岗",
                                                                   "设备巡查",
                                                                   "资源监测",
                                                                   "年度评比",
                                                                   "机关检查",
                                                                   "书面考评"};
  return {std::string(name_of(kind)), std::string(zh.at(static_cast<std::size_t>(kind)))};
}

}  // namespace juanzong
