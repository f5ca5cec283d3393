// SPDX-License-Identifier: Apache-2.0
// Evidence packages as they travel: a zip, or the folder that it was unpacked to.
#pragma once

#include "events/model/result.h"

#include "tools/evidence/manifest.h"

#include <cstddef>
#include <filesystem>

namespace juanzong::evidence {

inline constexpr std::size_t package_bytes_max = std::size_t{1} << 30U;
inline constexpr std::size_t package_files_max = 200'000;

// Stored, not compressed, ascending by name, dated 1980-01-01: the same files give the same bytes.
[[nodiscard]] Result<Bytes> encode_zip(const PackageFiles& files);
// proof_invalid for what is no sound zip, for names that no package has, files that stand there
// twice, and links.
[[nodiscard]] Result<PackageFiles> decode_zip(ByteView zip);
// A zip or a folder; environment if it cannot be read.
[[nodiscard]] Result<PackageFiles> read_package(const std::filesystem::path& path);

}  // namespace juanzong::evidence
