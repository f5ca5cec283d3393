# SPDX-License-Identifier: Apache-2.0
# juanzong_schema(OUT_SOURCES path/to/name.fbs): accessors, and the binary schema as a function.
#   path/to/name_generated.h   flatc's accessors (SYSTEM include, not ours to warn about)
#   path/to/name_schema.h      std::span<const std::uint8_t> name_schema();
set(JUANZONG_GENERATED ${PROJECT_BINARY_DIR}/generated)
find_program(JUANZONG_FLATC flatc REQUIRED)

function(juanzong_schema out fbs)
  get_filename_component(name ${fbs} NAME_WE)
  get_filename_component(folder ${fbs} DIRECTORY)
  set(stem ${JUANZONG_GENERATED}/${folder}/${name})
  add_custom_command(
    OUTPUT ${stem}_generated.h ${stem}_schema.h ${stem}_schema.cpp
    COMMAND ${JUANZONG_FLATC} --cpp --cpp-std c++17 --scoped-enums --keep-prefix
            -I ${PROJECT_SOURCE_DIR} -o ${JUANZONG_GENERATED}/${folder} ${PROJECT_SOURCE_DIR}/${fbs}
    COMMAND ${JUANZONG_FLATC} --binary --schema -I ${PROJECT_SOURCE_DIR}
            -o ${JUANZONG_GENERATED}/${folder} ${PROJECT_SOURCE_DIR}/${fbs}
    COMMAND ${CMAKE_COMMAND} -DINPUT=${stem}.bfbs -DSTEM=${stem} -DNAME=${name} -DFOLDER=${folder}
            -P ${PROJECT_SOURCE_DIR}/tools/cmake/EmbedSchema.cmake
    DEPENDS ${PROJECT_SOURCE_DIR}/${fbs} ${PROJECT_SOURCE_DIR}/events/schema/common.fbs
            ${PROJECT_SOURCE_DIR}/tools/cmake/EmbedSchema.cmake
    VERBATIM)
  set(${out} ${${out}} ${stem}_generated.h ${stem}_schema.cpp PARENT_SCOPE)
endfunction()
