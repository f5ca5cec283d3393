// SPDX-License-Identifier: Apache-2.0
// What people read in a package: every field, money in words, and no value that is not disclosed.
#include "tools/evidence/package_io.h"
#include "tools/evidence/package_names.h"

#include "tests/tools/evidence_case.h"

#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

using namespace evidence;  // NOLINT: the tests speak of nothing else
using ::testing::HasSubstr;
using ::testing::Not;

TEST(EvidenceRendering, SaysEveryFieldAndDisclosesOnlyWhatItWasTold) {
  EvidenceCase site;
  PackageDraft draft = site.documented_draft(site.note());
  const std::string text = draft.documents.at(std::string(names::rendering_text));
  const std::string html = draft.documents.at(std::string(names::rendering_html));
  EXPECT_THAT(text, HasSubstr("记录 record 42 · 装修押金收取 DecorationDepositPaid"));
  EXPECT_THAT(text, HasSubstr("金额 amount_fen: 2,000.00 元(人民币贰仟元整)"));
  EXPECT_THAT(text, HasSubstr("经办人 actor: S-CAS"));
  EXPECT_THAT(text, HasSubstr("入卷时间 recorded at: 2025-01-08 10:00:00 +08:00"));
  EXPECT_THAT(text, HasSubstr("事实 facts: 外墙安装护栏(已披露 disclosed)"));
  EXPECT_THAT(text, HasSubstr("未披露 not disclosed,承诺值 commitment "));
  EXPECT_THAT(html, HasSubstr("人民币贰仟元整"));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("http")));
  draft.disclosed.clear();
  RenderingFacts facts;
  facts.exporter = "<S-ARC>";
  const Rendering closed = render(draft.file, {}, facts);
  EXPECT_THAT(closed.text, Not(HasSubstr("外墙安装护栏")));
  EXPECT_THAT(closed.html, HasSubstr("&lt;S-ARC&gt;"));
}

TEST(EvidenceZip, CarriesTheFilesAndNoOthers) {
  const PackageFiles files{{"MANIFEST", {1}}, {"records/7.bin", {}}, {"verify.sh", {2, 3}}};
  const auto zip = encode_zip(files);
  ASSERT_TRUE(zip.has_value());
  EXPECT_EQ(*decode_zip(*zip), files);
  EXPECT_EQ(*encode_zip(files), *zip) << "the same files, the same bytes";
  for (const char* name : {"../out", "/etc/passwd", "a//b", ".hidden", "a b"}) {
    const auto bad = encode_zip({{name, {1}}});
    ASSERT_TRUE(bad.has_value());
    EXPECT_FALSE(decode_zip(*bad).has_value()) << name;
  }
  EXPECT_FALSE(decode_zip(bytes_of("PK")).has_value());
}

}  // namespace
}  // namespace juanzong::testing
