// SPDX-License-Identifier: Apache-2.0
// Which row of the derived rows a key names, for people: table and kind of state, posting view or
// list; never what is in the key besides, which may be a unit or a person.
#pragma once

#include <string>
#include <string_view>

namespace juanzong::audit {

struct RowName {
  std::string zh;
  std::string en;
};

[[nodiscard]] RowName name_of_row(std::string_view key);

}  // namespace juanzong::audit
