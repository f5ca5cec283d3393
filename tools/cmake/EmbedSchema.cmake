# SPDX-License-Identifier: Apache-2.0
# Turns a binary schema into a C++ array; run by juanzong_schema() at build time.
file(READ ${INPUT} hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," array "${hex}")
file(WRITE ${STEM}_schema.h "#pragma once
#include <cstdint>
#include <span>
namespace juanzong {
std::span<const std::uint8_t> ${NAME}_schema();
}
")
file(WRITE ${STEM}_schema.cpp "#include \"${FOLDER}/${NAME}_schema.h\"
namespace juanzong {
namespace {
alignas(16) constexpr std::uint8_t bytes[] = {${array}};
}
std::span<const std::uint8_t> ${NAME}_schema() { return bytes; }
}
")
