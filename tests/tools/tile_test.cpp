// SPDX-License-Identifier: Apache-2.0
// Examples of C2SP tlog-tiles.
#include "tools/export/tile_builder.h"
#include "tools/export/tile_path.h"

#include <gtest/gtest.h>

#include <map>
#include <utility>

namespace juanzong {
namespace {

TEST(TilePath, FollowsTheSpecification) {
  EXPECT_EQ(tile_number_text(0), "000");
  EXPECT_EQ(tile_number_text(1'234'067), "x001/x234/067");
  EXPECT_EQ(tile_path(0, 273, 112), "tile/0/273.p/112");
  EXPECT_EQ(entries_path(1'000, 256), "tile/entries/x001/000");
}

TEST(TileBuilder, GivesTheTilesOfTheSpecificationsExample) {
  std::map<unsigned, std::vector<std::pair<std::uint64_t, std::size_t>>> tiles;
  TileBuilder builder([&tiles](const Tile& tile) {
    tiles[tile.level].emplace_back(tile.number, tile.hashes.size());
    return true;
  });
  for (int i = 0; i < 70'000; ++i) {
    ASSERT_TRUE(builder.append(crypto::Digest{}));
  }
  ASSERT_TRUE(builder.finish());
  EXPECT_EQ(tiles[0].size(), 274U);
  EXPECT_EQ(tiles[0].back(), (std::pair<std::uint64_t, std::size_t>{273, 112}));
  EXPECT_EQ(tiles[1].size(), 2U);
  EXPECT_EQ(tiles[1].back(), (std::pair<std::uint64_t, std::size_t>{1, 17}));
  ASSERT_EQ(tiles[2].size(), 1U);
  EXPECT_EQ(tiles[2].back(), (std::pair<std::uint64_t, std::size_t>{0, 1}));
}

}  // namespace
}  // namespace juanzong
