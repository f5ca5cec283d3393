# SPDX-License-Identifier: Apache-2.0

# juanzong_layer(NAME sources... DEPENDS targets...): one static library with our flags.
function(juanzong_layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  add_library(juanzong_${name} STATIC ${ARG_SOURCES})
  add_library(juanzong::${name} ALIAS juanzong_${name})
  target_link_libraries(juanzong_${name}
    PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE_DEPENDS} juanzong_flags)
endfunction()

# juanzong_test(NAME SOURCES… DEPENDS targets… LABELS labels…): one GoogleTest program, one CTest
# test. Each label selects it by `ctest -L <label>` and by the build target `tests_<label>`.
function(juanzong_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name}
    PRIVATE ${ARG_DEPENDS} GTest::gtest GTest::gtest_main juanzong_flags)
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
