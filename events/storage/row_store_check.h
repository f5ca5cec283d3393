// SPDX-License-Identifier: Apache-2.0
// Whether a row store can be read to its end: for those who must not stop at the first damaged
// block, as a cursor does.
#pragma once

#include <filesystem>

namespace juanzong {

// Reads every block; false also if there is no store. Writes nothing.
[[nodiscard]] bool row_store_is_whole(const std::filesystem::path& directory);

}  // namespace juanzong
