// SPDX-License-Identifier: Apache-2.0
// Amounts in capital words: the examples of 《支付结算办法》, annex 1, and every rule about 零 and
// 整.
#include "tools/evidence/capital_amount.h"

#include <gtest/gtest.h>

namespace juanzong::evidence {
namespace {

struct Row {
  std::int64_t fen = 0;
  const char* words = "";
};

TEST(CapitalAmount, FollowsTheRulesOfTheCentralBank) {
  for (const Row& row : {
           Row{0, "人民币零元整"},
           Row{1, "人民币壹分"},
           Row{5, "人民币伍分"},
           Row{10, "人民币壹角整"},
           Row{50, "人民币伍角整"},
           Row{53, "人民币伍角叁分"},
           Row{100, "人民币壹元整"},
           Row{101, "人民币壹元零壹分"},
           Row{110, "人民币壹元壹角整"},
           Row{1'000, "人民币壹拾元整"},
           Row{1'100, "人民币壹拾壹元整"},
           Row{10'100, "人民币壹佰零壹元整"},
           Row{32'504, "人民币叁佰贰拾伍元零肆分"},
           Row{140'950, "人民币壹仟肆佰零玖元伍角整"},
           Row{161'360, "人民币壹仟陆佰壹拾叁元陆角整"},
           Row{168'032, "人民币壹仟陆佰捌拾元叁角贰分"},
           Row{200'000, "人民币贰仟元整"},
           Row{600'714, "人民币陆仟零柒元壹角肆分"},
           Row{1'000'000, "人民币壹万元整"},
           Row{1'000'100, "人民币壹万零壹元整"},
           Row{1'640'902, "人民币壹万陆仟肆佰零玖元零贰分"},
           Row{10'700'053, "人民币壹拾万零柒仟元伍角叁分"},
           Row{100'000'000, "人民币壹佰万元整"},
           Row{100'010'000, "人民币壹佰万零壹佰元整"},
           Row{123'456'789'01, "人民币壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分"},
           Row{10'000'000'000, "人民币壹亿元整"},
           Row{10'000'000'100, "人民币壹亿零壹元整"},
           Row{10'001'000'000, "人民币壹亿零壹万元整"},
           Row{10'010'001'000, "人民币壹亿零壹拾万零壹拾元整"},
           Row{100'000'000'000'000, "人民币壹万亿元整"},
           Row{1'000'000'000'000'000, "人民币壹拾万亿元整"},
           Row{-161'360, "人民币负壹仟陆佰壹拾叁元陆角整"},
       }) {
    EXPECT_EQ(capital_amount(Fen{row.fen}), row.words) << row.fen;
  }
}

}  // namespace
}  // namespace juanzong::evidence
