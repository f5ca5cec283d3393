// SPDX-License-Identifier: Apache-2.0
// Entry point of libFuzzer's kind. A build with -fsanitize=fuzzer links wire_fuzz.cpp alone; the
// test in wire_fuzz_test.cpp drives it over a corpus and mutations with a fixed seed.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
