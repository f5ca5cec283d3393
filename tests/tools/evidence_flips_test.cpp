// SPDX-License-Identifier: Apache-2.0
// Every single bit of every file of a package, and of the zip that carries it: changed, it is
// refused, by the program for all of them and by verify.sh for one of each file and region. Of long
// files a part of the bits suffices from day to day: JUANZONG_EVERY_BIT=1 takes them all.
#include "tools/evidence/package_io.h"

#include "tests/tools/evidence_case.h"
#include "tests/tools/evidence_script.h"

#include <cstdlib>

namespace juanzong::testing {
namespace {

using namespace evidence;  // NOLINT: the tests speak of nothing else

constexpr std::size_t bits_per_byte = 8;
constexpr std::size_t short_bytes = 1'024;

// From one bit to the next of a file of that size; odd, so that every bit of a byte has its turn.
std::size_t step_of(std::size_t size_bytes, std::size_t step_of_long) {
  const bool every = std::getenv("JUANZONG_EVERY_BIT") != nullptr;
  return every || size_bytes <= short_bytes ? 1 : step_of_long;
}

void flip(Bytes& content, std::size_t bit) {
  content[bit / bits_per_byte] ^= static_cast<std::uint8_t>(1U << (bit % bits_per_byte));
}

class EvidenceFlips : public ::testing::Test {
 protected:
  EvidenceFlips() : files_(site_.package(site_.documented_draft(site_.note()))) {}
  bool is_accepted(const PackageFiles& files) const {
    return verify_package(files, EvidenceCase::trust()).has_value();
  }
  EvidenceCase site_;
  PackageFiles files_;
};

// The check that the verifier makes of each listed file, for each of its bits.
TEST_F(EvidenceFlips, NoBitOfAListedFileCanChange) {
  const auto manifest = parse_manifest(text_of(ByteView(files_.at("MANIFEST"))));
  ASSERT_TRUE(manifest.has_value());
  std::size_t bits = 0;
  for (const ManifestLine& line : manifest->lines) {
    Bytes content = files_.at(line.path);
    ASSERT_TRUE(fits(line, content));
    const std::size_t step = step_of(content.size(), 97);
    for (std::size_t bit = 0; bit < content.size() * bits_per_byte; bit += step, ++bits) {
      flip(content, bit);
      ASSERT_FALSE(fits(line, content)) << line.path << " bit " << bit;
      flip(content, bit);
    }
  }
  EXPECT_GT(bits, 100'000U);
}

// The manifest and its signature, bit for bit, by the whole verifier; of each other file some.
TEST_F(EvidenceFlips, NoBitOfAPackageCanChange) {
  ASSERT_TRUE(is_accepted(files_));
  PackageFiles changed = files_;
  for (auto& [name, content] : changed) {
    const bool own = name.starts_with(manifest_name);
    const std::size_t step =
        own ? step_of(content.size(), 29) : std::max<std::size_t>(content.size(), 8) - 1;
    for (std::size_t bit = 0; bit < content.size() * bits_per_byte; bit += step) {
      flip(content, bit);
      ASSERT_FALSE(is_accepted(changed)) << name << " bit " << bit;
      flip(content, bit);
    }
  }
  EXPECT_EQ(changed, files_);
}

// Bytes of the zip that say nothing about the files may differ; what is read is then the same.
TEST_F(EvidenceFlips, NoBitOfTheZipChangesTheContent) {
  const auto zip = encode_zip(files_);
  ASSERT_TRUE(zip.has_value());
  EXPECT_EQ(*encode_zip(files_), *zip);
  ASSERT_EQ(*decode_zip(*zip), files_);
  Bytes changed = *zip;
  std::size_t refused = 0;
  for (std::size_t bit = 0; bit < zip->size() * bits_per_byte; bit += 1'009) {
    flip(changed, bit);
    const auto read = decode_zip(changed);
    ASSERT_TRUE(!read || *read == files_ || !is_accepted(*read)) << bit;
    refused += read ? 0 : 1;
    flip(changed, bit);
  }
  EXPECT_GT(refused, 100U);
}

TEST_F(EvidenceFlips, TheScriptFindsOneInEveryFile) {
  EvidenceScript script;
  const std::string folder = script.unpack(files_);
  const std::string key = TestLedger::log_key().verifier().text();
  for (const auto& [name, content] : files_) {
    if (name.starts_with("records/") && name != "records/40.bin" && name != "records/40.signed" &&
        name != "records/40.1.sig") {
      continue;
    }
    const std::size_t size = content.size() * bits_per_byte;
    const bool one_of_many = name.starts_with("keys/");
    for (const std::size_t bit : one_of_many ? std::vector{size / 2 + 1}
                                             : std::vector{std::size_t{0}, size / 2, size - 1}) {
      Bytes changed = content;
      flip(changed, bit);
      static_cast<void>(script.write(std::filesystem::path(folder).filename() / name, changed));
      const ScriptAnswer answer = EvidenceScript::run(folder, {"--vkey", key});
      EXPECT_EQ(answer.exit_code, 2) << name << " bit " << bit << ": " << answer.text;
    }
    static_cast<void>(script.write(std::filesystem::path(folder).filename() / name, content));
  }
  EXPECT_EQ(EvidenceScript::run(folder, {"--vkey", key}).exit_code, 0);
}

}  // namespace
}  // namespace juanzong::testing
