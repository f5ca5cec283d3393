// SPDX-License-Identifier: Apache-2.0
#include "events/log/log_finding.h"

#include <array>

namespace juanzong {

std::string_view name_of(LogFault fault) {
  constexpr std::array<std::string_view, 11> names = {"unreadable",
                                                      "layout",
                                                      "index",
                                                      "chain",
                                                      "time",
                                                      "origin",
                                                      "request",
                                                      "statement_path",
                                                      "request_id",
                                                      "key_chain",
                                                      "stream"};
  return names[static_cast<std::size_t>(fault)];
}

}  // namespace juanzong
