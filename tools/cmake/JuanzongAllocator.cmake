# SPDX-License-Identifier: Apache-2.0
# The programs allocate with jemalloc: the writer makes and forgets small states without end, and
# glibc's heap grew and slowed down with the ledger (docs/PERFORMANCE.md). Sanitizers bring their
# own.
add_library(juanzong_allocator INTERFACE)
if(NOT JUANZONG_SANITIZE)
  find_library(JUANZONG_JEMALLOC jemalloc REQUIRED)
  target_link_libraries(juanzong_allocator INTERFACE ${JUANZONG_JEMALLOC})
endif()
