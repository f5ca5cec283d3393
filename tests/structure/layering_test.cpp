// SPDX-License-Identifier: Apache-2.0
#include "tests/structure/layering.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace juanzong::structure {
namespace {

std::string judged(std::string path, std::string_view include) {
  const std::string text = "// SPDX\n#include " + std::string(include) + "\n";
  return describe(check_layering(juanzong_policy(), make_source(std::move(path), text)));
}

TEST(Layering, HoldsInTheTree) {
  Findings findings;
  for (const SourceFile& file : project_tree()) {
    append(findings, check_layering(juanzong_policy(), file));
  }
  EXPECT_TRUE(findings.empty()) << describe(findings);
}

TEST(Layering, TableHasNoCycle) {
  EXPECT_EQ(policy_cycle(juanzong_policy()).value_or("none"), "none");
}

TEST(Layering, FindsACycleInATable) {
  const LayerPolicy policy{{{"a", "", {"b"}, ""}, {"b", "", {"c"}, ""}, {"c", "", {"a"}, ""}}, {}};
  EXPECT_EQ(policy_cycle(policy).value_or("none"), "a -> b -> c -> a");
}

TEST(Layering, FindsACycleThroughAWildcardAndAFile) {
  const LayerPolicy policy{{{"a", "", {"b/*"}, ""}, {"b/*", "", {"a/x.h"}, ""}}, {}};
  EXPECT_EQ(policy_cycle(policy).value_or("none"), "a -> b/* -> a");
}

TEST(Layering, AllowsRowsOfOneUnitToIncludeEachOther) {
  const LayerPolicy policy{{{"s/a", "s", {"s/b"}, ""}, {"s/b", "s", {"s/a"}, ""}}, {}};
  EXPECT_EQ(policy_cycle(policy).value_or("none"), "none");
}

TEST(Layering, RefusesAnUpwardInclude) {
  EXPECT_EQ(judged("crypto/sha256.cpp", "\"projections/query.h\""),
            "crypto/sha256.cpp:2: crypto may not include projections (\"projections/query.h\"); "
            "allowed: nothing; crypto knows nothing of Juanzong\n");
  EXPECT_NE(judged("events/log/record.cpp", "\"events/procedures/world.h\""), "");
  EXPECT_NE(judged("projections/state/x.cpp", "\"server/config.h\""), "");
  EXPECT_NE(judged("server/wire/codec.cpp", "\"server/net/frame.h\""), "");
  EXPECT_NE(judged("server/wire/codec.cpp", "\"projections/query.h\""), "");
  EXPECT_NE(judged("server/wire/codec.cpp", "\"events/storage/store.h\""), "");
}

TEST(Layering, RefusesAnUpwardIncludeInAngleBrackets) {
  EXPECT_NE(judged("crypto/sha256.cpp", "<events/model/ids.h>"), "");
}

TEST(Layering, KeepsProceduresApart) {
  const std::string path = "events/procedures/keys/keys.cpp";
  EXPECT_EQ(judged(path, "\"events/procedures/keys/keys_generated.h\""), "");
  EXPECT_EQ(judged(path, "\"events/procedures/world.h\""), "");
  EXPECT_EQ(judged(path, "\"crypto/digest.h\""), "");
  const std::string other = judged(path, "\"events/procedures/handover/handover.h\"");
  EXPECT_NE(other.find("through events/procedures/world.h"), std::string::npos) << other;
  EXPECT_NE(judged(path, "\"crypto/signature.h\""), "");
  EXPECT_NE(judged(path, "\"events/storage/store.h\""), "");
  EXPECT_NE(judged(path, "\"events/vault/openings.h\""), "");
}

TEST(Layering, LetsOnlyTheCatalogueNameTheProcedures) {
  const std::string_view slice = "\"events/procedures/keys/keys.h\"";
  EXPECT_EQ(judged("events/procedures/catalogue.cpp", slice), "");
  EXPECT_NE(judged("events/procedures/invariants.cpp", slice), "");
}

TEST(Layering, HidesRocksdbFilesFromProjections) {
  EXPECT_EQ(judged("projections/engine/overlay.cpp", "\"events/storage/store.h\""), "");
  EXPECT_NE(judged("projections/engine/overlay.cpp", "\"events/storage/rocksdb_store.h\""), "");
}

TEST(Layering, KeepsTheServerOutOfTheAuditor) {
  EXPECT_NE(judged("tools/juanzong_audit/main.cpp", "\"server/config.h\""), "");
  EXPECT_EQ(judged("tools/juanzong/main.cpp", "\"server/config.h\""), "");
}

TEST(Layering, FencesThirdParties) {
  EXPECT_EQ(judged("crypto/sha256.cpp", "<openssl/evp.h>"), "");
  EXPECT_EQ(judged("events/log/chain.cpp", "<openssl/evp.h>"),
            "events/log/chain.cpp:2: events/log may not include <openssl/evp.h>; only crypto "
            "server/net may: use their interface\n");
  EXPECT_NE(judged("events/vault/keys.cpp", "<sodium.h>"), "");
  EXPECT_NE(judged("projections/engine/overlay.cpp", "<rocksdb/db.h>"), "");
  EXPECT_EQ(judged("events/storage/rocksdb_store.cpp", "<rocksdb/db.h>"), "");
  EXPECT_NE(judged("events/log/chain.cpp", "<boost/asio.hpp>"), "");
  EXPECT_NE(judged("projections/views/x.cpp", "<boost/beast/http.hpp>"), "");
  EXPECT_EQ(judged("server/net/session.cpp", "<boost/asio/awaitable.hpp>"), "");
}

TEST(Layering, WantsARowForEveryFolder) {
  const std::string message = judged("events/surprise/a.cpp", "<vector>");
  EXPECT_NE(message.find("events/surprise has no row"), std::string::npos) << message;
}

TEST(Layering, WantsPathsFromTheRoot) {
  EXPECT_NE(judged("crypto/a.cpp", "\"digest.h\""), "");
}

TEST(Layering, RefusesToIncludeTests) {
  EXPECT_NE(judged("server/main.cpp", "\"tests/support/manual_clock.h\""), "");
}

TEST(Layering, ReadsSchemaIncludes) {
  const SourceFile file = make_source("events/schema/a.fbs", "include \"server/wire/wire.fbs\";\n");
  EXPECT_EQ(check_layering(juanzong_policy(), file).size(), 1U);
}

TEST(Layering, IgnoresIncludesInCommentsAndStrings) {
  const SourceFile file = make_source(
      "crypto/a.cpp", "// #include \"server/a.h\"\nauto s = R\"(\n#include \"server/a.h\"\n)\";\n");
  EXPECT_TRUE(check_layering(juanzong_policy(), file).empty());
}

}  // namespace
}  // namespace juanzong::structure
