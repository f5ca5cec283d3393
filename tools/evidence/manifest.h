// SPDX-License-Identifier: Apache-2.0
// MANIFEST of an evidence package: what files it has, and who made it. MANIFEST.sig is the Ed25519
// signature of that actor key over the bytes of MANIFEST; the first line keeps it apart from all
// else that the key signs.
//
//   "juanzong/evidence@v1\n"
//   "signer " staff " " key id (64 hex) "\n"
//   sha256 (64 hex) "  " size "  " path "\n"      one a file, paths ascend as bytes
#pragma once

#include "crypto/byte_view.h"
#include "crypto/digest.h"

#include "events/model/ids.h"
#include "events/model/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::evidence {

// Path → content, of a whole package or of a part.
using PackageFiles = std::map<std::string, Bytes>;

inline constexpr std::string_view manifest_name = "MANIFEST";
inline constexpr std::string_view manifest_signature_name = "MANIFEST.sig";

struct ManifestLine {
  crypto::Digest digest;
  std::uint64_t size = 0;
  std::string path;
  bool operator==(const ManifestLine&) const = default;
};

struct Manifest {
  std::string staff;
  KeyId key;
  std::vector<ManifestLine> lines;
  bool operator==(const Manifest&) const = default;
};

// Of all files but the manifest's own two.
[[nodiscard]] Manifest manifest_of(std::string staff, const KeyId& key, const PackageFiles& files);
[[nodiscard]] std::string to_text(const Manifest& manifest);
// malformed_request names the line. Accepts exactly what to_text() writes.
[[nodiscard]] Result<Manifest> parse_manifest(std::string_view text);

// Letters, digits and ". _ - /"; no empty part, none that begins with a dot.
[[nodiscard]] bool is_package_path(std::string_view path);
[[nodiscard]] bool fits(const ManifestLine& line, ByteView content);
// proof_invalid names the first file that is missing, not listed, or other than listed.
[[nodiscard]] Outcome check_files(const Manifest& manifest, const PackageFiles& files);

}  // namespace juanzong::evidence
