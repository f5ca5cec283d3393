# SPDX-License-Identifier: Apache-2.0

# What most files include; parsed once. Our own headers stay out: they change.
set(JUANZONG_COMMON_HEADERS
  <algorithm> <array> <chrono> <cstdint> <filesystem> <functional> <map> <memory> <optional> <set>
  <span> <string> <string_view> <unordered_map> <utility> <variant> <vector>)

# juanzong_layer(NAME sources... DEPENDS targets...): one static library with our flags.
function(juanzong_layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  add_library(juanzong_${name} STATIC ${ARG_SOURCES})
  add_library(juanzong::${name} ALIAS juanzong_${name})
  target_link_libraries(juanzong_${name}
    PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE_DEPENDS} juanzong_flags)
  juanzong_precompile(juanzong_${name} juanzong_crypto ${JUANZONG_COMMON_HEADERS})
endfunction()

# juanzong_precompile(TARGET OWNER headers…): the first of a family compiles the headers, the
# others use what it made. A build without them (asan, tsan) finds a missing #include.
function(juanzong_precompile target owner)
  if(NOT JUANZONG_PRECOMPILED_HEADERS)
    return()
  endif()
  if(target STREQUAL owner)
    target_precompile_headers(${target} PRIVATE ${ARGN})
    juanzong_name_precompiled(${target} "${ARGN}")
  else()
    target_precompile_headers(${target} REUSE_FROM ${owner})
  endif()
endfunction()

# What ccache takes for the content of a precompiled header, whose bytes differ from clone to clone:
# the compiler and the headers, all of installed packages. Flags are in its key anyway.
function(juanzong_name_precompiled target headers)
  string(SHA256 name "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION} ${headers}")
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir)
  file(CONFIGURE OUTPUT ${folder}/cmake_pch.hxx.gch.sum CONTENT "${name}\n")
endfunction()

# juanzong_test_build(TARGET): how the code of tests is compiled. Half of its time would go into
# optimising statements that run once; at -O1 GCC 12 sees overreads in std::string that are none.
function(juanzong_test_build target)
  if(NOT JUANZONG_SANITIZE)
    target_compile_options(${target} PRIVATE -O1
      -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
  endif()
  juanzong_precompile(${target} juanzong_test_support
    <gmock/gmock.h> <gtest/gtest.h> ${JUANZONG_COMMON_HEADERS})
endfunction()

# juanzong_test(NAME SOURCES… DEPENDS targets… LABELS labels…): one GoogleTest program, one CTest
# test. Each label selects it by `ctest -L <label>` and by the build target `tests_<label>`.
function(juanzong_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name}
    PRIVATE ${ARG_DEPENDS} GTest::gmock GTest::gtest_main Boost::json juanzong_flags)
  juanzong_test_build(${name})
  target_compile_definitions(${name} PRIVATE JUANZONG_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600)
  foreach(label IN LISTS ARG_LABELS)
    if(NOT TARGET tests_${label})
      add_custom_target(tests_${label})
    endif()
    add_dependencies(tests_${label} ${name})
    set_property(TEST ${name} APPEND PROPERTY LABELS ${label})
  endforeach()
endfunction()
