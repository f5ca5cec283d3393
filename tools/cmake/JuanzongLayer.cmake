# SPDX-License-Identifier: Apache-2.0

# juanzong_layer(NAME sources... DEPENDS targets...): one static library with our flags.
function(juanzong_layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  add_library(juanzong_${name} STATIC ${ARG_SOURCES})
  add_library(juanzong::${name} ALIAS juanzong_${name})
  target_link_libraries(juanzong_${name}
    PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE_DEPENDS} juanzong_flags)
endfunction()

# juanzong_test(NAME sources... DEPENDS targets...): one GoogleTest program, every test in CTest.
function(juanzong_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS} GTest::gtest GTest::gtest_main juanzong_flags)
  target_compile_definitions(${name} PRIVATE JUANZONG_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600)
endfunction()
