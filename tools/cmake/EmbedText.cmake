# SPDX-License-Identifier: Apache-2.0
# Turns a text file into a C++ function; run at build time: -DINPUT -DOUTPUT -DNAME -DHEADER.
file(READ ${INPUT} hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," array "${hex}")
file(WRITE ${OUTPUT} "#include \"${HEADER}\"
namespace juanzong {
namespace {
constexpr unsigned char bytes[] = {${array}};
}
std::string_view ${NAME}() {
  return {reinterpret_cast<const char*>(bytes), sizeof bytes};
}
}
")
