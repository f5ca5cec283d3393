# SPDX-License-Identifier: Apache-2.0
# Compiler flags in one list. Generated and third-party headers are SYSTEM, so that the warnings
# judge our own code only.
add_library(juanzong_flags INTERFACE)
target_compile_options(juanzong_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Werror)
target_include_directories(juanzong_flags INTERFACE ${PROJECT_SOURCE_DIR})

set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1 -D_GLIBCXX_ASSERTIONS")

if(JUANZONG_SANITIZE STREQUAL "address")
  # The instrumented code makes GCC 12 see overreads in FlatBuffers and mismatched deletes in the
  # frames of Asio's coroutines: false alarms, which the builds without sanitizer do not have.
  add_compile_options(
    -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
    -Wno-stringop-overread -Wno-maybe-uninitialized -Wno-mismatched-new-delete)
  add_link_options(-fsanitize=address,undefined)
elseif(JUANZONG_SANITIZE STREQUAL "thread")
  # Asio's fences are not modelled by TSan: -Wno-tsan silences GCC's note about it.
  add_compile_options(-fsanitize=thread -Wno-tsan -Wno-stringop-overread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
endif()

# ccache with paths relative to the tree, so that clones of it share what was compiled; the two
# sloppiness values are what its manual asks for where headers are precompiled.
find_program(JUANZONG_CCACHE ccache)
if(JUANZONG_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
    env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 CCACHE_PCH_EXTSUM=1
        CCACHE_SLOPPINESS=pch_defines,time_macros ${JUANZONG_CCACHE})
endif()
find_program(JUANZONG_MOLD mold)
if(JUANZONG_MOLD AND NOT JUANZONG_SANITIZE)
  add_link_options(-fuse-ld=mold)
endif()
