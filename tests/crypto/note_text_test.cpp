// SPDX-License-Identifier: Apache-2.0
#include "crypto/note_text.h"

#include <gtest/gtest.h>

#include <string>

namespace juanzong::crypto {
namespace {

using namespace std::string_view_literals;

TEST(NoteText, AcceptsUtf8ThatEndsWithANewline) {
  for (const std::string_view text :
       {"\n"sv, "a\n"sv, "a\n\nb\n"sv, "卷宗 \u00e9 \U0001F4DC\n"sv, "\x7F\n"sv, "\uFFFD\n"sv}) {
    EXPECT_TRUE(is_note_text(text)) << text;
  }
}

TEST(NoteText, RefusesAMissingLastNewline) {
  EXPECT_FALSE(is_note_text(""));
  EXPECT_FALSE(is_note_text("a"));
  EXPECT_FALSE(is_note_text("a\nb"));
}

TEST(NoteText, RefusesEveryControlCharacterButNewline) {
  for (char control = 0; control < 0x20; ++control) {
    EXPECT_EQ(is_note_text(std::string{'a', control, 'b', '\n'}), control == '\n') << +control;
  }
}

TEST(NoteText, RefusesBytesThatAreNotUtf8) {
  for (const std::string_view text : {
           "\x80\n"sv,              // continuation alone
           "\xC3\n"sv,              // sequence cut by the newline
           "\xE2\x80\n"sv,          //
           "\xC0\xAF\n"sv,          // overlong '/'
           "\xE0\x80\xAF\n"sv,      //
           "\xF0\x80\x80\xAF\n"sv,  //
           "\xED\xA0\x80\n"sv,      // surrogate
           "\xF4\x90\x80\x80\n"sv,  // above U+10FFFF
           "\xF8\x88\x80\x80\x80\n"sv,
           "\xFF\n"sv,
       }) {
    EXPECT_FALSE(is_note_text(text));
  }
}

TEST(KeyName, MayBeAUrlWithoutScheme) {
  for (const std::string_view name : {"a"sv, "example.com/foo"sv, "卷宗"sv, "a-b_c:80"sv}) {
    EXPECT_TRUE(is_key_name(name)) << name;
  }
}

TEST(KeyName, HoldsNoPlusAndNoUnicodeSpace) {
  for (const std::string_view name : {""sv,
                                      "a+b"sv,
                                      "a b"sv,
                                      "a\tb"sv,
                                      "a\nb"sv,
                                      "a\u0085"sv,
                                      "a\u00a0"sv,
                                      "\u1680"sv,
                                      "\u2000"sv,
                                      "\u200a"sv,
                                      "\u2028"sv,
                                      "\u2029"sv,
                                      "\u202f"sv,
                                      "\u205f"sv,
                                      "\u3000"sv,
                                      "\xFF"sv}) {
    EXPECT_FALSE(is_key_name(name)) << name;
  }
}

}  // namespace
}  // namespace juanzong::crypto
