// SPDX-License-Identifier: Apache-2.0
#include "tools/evidence/manifest.h"

#include "crypto/hex.h"
#include "crypto/sha256.h"

#include "tools/evidence/plain_number.h"

#include <algorithm>
#include <optional>

namespace juanzong::evidence {
namespace {

constexpr std::string_view title = "juanzong/evidence@v1";
constexpr std::string_view signer_word = "signer ";
constexpr std::string_view gap = "  ";
constexpr std::size_t digest_digits = 64;
constexpr std::size_t staff_characters_max = 64;

bool is_path_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

bool is_staff(std::string_view text) {
  return !text.empty() && text.size() <= staff_characters_max &&
         std::ranges::all_of(text, is_path_character);
}

bool read_signer(std::string_view line, Manifest& manifest) {
  const std::size_t blank = line.rfind(' ');
  if (!line.starts_with(signer_word) || blank < signer_word.size()) {
    return false;
  }
  manifest.staff = line.substr(signer_word.size(), blank - signer_word.size());
  const auto key = crypto::digest_from_hex(line.substr(blank + 1));
  manifest.key = key ? KeyId{key->bytes} : KeyId{};
  return key && is_staff(manifest.staff);
}

std::optional<ManifestLine> read_line(std::string_view line) {
  const std::size_t size_at = digest_digits + gap.size();
  const std::size_t size_end = line.find(' ', std::min(size_at, line.size()));
  if (size_end == std::string_view::npos) {
    return std::nullopt;
  }
  const auto digest = crypto::digest_from_hex(line.substr(0, digest_digits));
  const auto size = plain_number(line.substr(size_at, size_end - size_at));
  const std::string_view path = line.substr(std::min(size_end + gap.size(), line.size()));
  return digest && size && is_package_path(path)
             ? std::optional<ManifestLine>({*digest, *size, std::string(path)})
             : std::nullopt;
}

Failure wrong_file(const std::string& path, std::string_view zh, std::string_view en) {
  return fail(ErrorCode::proof_invalid,
              path + ": " + std::string(zh) + " / " + path + ": " + std::string(en));
}

}  // namespace

bool is_package_path(std::string_view path) {
  bool part_begins = true;
  for (const char c : path) {
    if (part_begins ? c == '.' || !is_path_character(c) : c != '/' && !is_path_character(c)) {
      return false;
    }
    part_begins = c == '/';
  }
  return !part_begins;
}

Manifest manifest_of(std::string staff, const KeyId& key, const PackageFiles& files) {
  Manifest manifest{std::move(staff), key, {}};
  for (const auto& [path, content] : files) {
    if (path != manifest_name && path != manifest_signature_name) {
      manifest.lines.push_back({crypto::sha256(content), content.size(), path});
    }
  }
  return manifest;
}

std::string to_text(const Manifest& manifest) {
  std::string text(title);
  text.append("\n").append(signer_word).append(manifest.staff).append(" ");
  text.append(crypto::hex_encode(manifest.key.view())).append("\n");
  for (const ManifestLine& line : manifest.lines) {
    text.append(crypto::to_hex(line.digest)).append(gap);
    text.append(std::to_string(line.size)).append(gap).append(line.path).append("\n");
  }
  return text;
}

Result<Manifest> parse_manifest(std::string_view text) {
  Manifest manifest;
  std::string_view rest = text;
  std::size_t number = 1;
  const auto wrong = [&number] {
    return fail(ErrorCode::malformed_request, "MANIFEST:" + std::to_string(number));
  };
  for (; !rest.empty(); ++number) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    const auto listed = number > 2 ? read_line(line) : std::nullopt;
    const bool good = number == 1   ? line == title
                      : number == 2 ? read_signer(line, manifest)
                                    : listed && (manifest.lines.empty() ||
                                                 manifest.lines.back().path < listed->path);
    if (!good || end == std::string_view::npos) {
      return wrong();
    }
    if (listed) {
      manifest.lines.push_back(*listed);
    }
    rest.remove_prefix(end + 1);
  }
  return to_text(manifest) == text ? Result<Manifest>(std::move(manifest)) : wrong();
}

bool fits(const ManifestLine& line, ByteView content) {
  return content.size() == line.size && crypto::sha256(content) == line.digest;
}

Outcome check_files(const Manifest& manifest, const PackageFiles& files) {
  for (const auto& [path, content] : files) {
    const bool listed = path == manifest_name || path == manifest_signature_name ||
                        std::ranges::binary_search(manifest.lines, path, {}, &ManifestLine::path);
    if (!listed) {
      return wrong_file(path, "不在清单中", "not in the manifest");
    }
  }
  for (const ManifestLine& line : manifest.lines) {
    const auto found = files.find(line.path);
    if (found == files.end()) {
      return wrong_file(line.path, "缺少该文件", "the file is missing");
    }
    if (line.path == manifest_name || line.path == manifest_signature_name ||
        !fits(line, found->second)) {
      return wrong_file(line.path, "与清单不符", "not what the manifest says");
    }
  }
  return Done{};
}

}  // namespace juanzong::evidence
