// SPDX-License-Identifier: Apache-2.0
// The fuzz entry as a test: every kind of message, truncated at every byte and mutated.
#include "tests/fuzz/wire_fuzz.h"

#include "server/wire/codec.h"

#include "tests/fuzz/wire_samples.h"

#include <gtest/gtest.h>

#include <random>

namespace juanzong::testing {
namespace {

constexpr unsigned seed = 20'250'616;
constexpr int mutations_per_message = 5'000;

std::vector<Bytes> corpus() {
  std::vector<Bytes> payloads;
  const auto add = [&payloads](const Bytes& frame) {
    payloads.emplace_back(frame.begin() + frame_header_bytes, frame.end());
  };
  for (const message::Request& request : sample_requests()) {
    add(encode_frame(request));
  }
  for (const message::Reply& reply : sample_replies()) {
    add(encode_frame(reply));
  }
  return payloads;
}

TEST(WireFuzz, TruncationsAtEveryByte) {
  for (const Bytes& payload : corpus()) {
    for (std::size_t size = 0; size <= payload.size(); ++size) {
      LLVMFuzzerTestOneInput(payload.data(), size);
    }
  }
}

TEST(WireFuzz, MutatedMessages) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (const Bytes& payload : corpus()) {
    for (int i = 0; i < mutations_per_message; ++i) {
      Bytes mutated = payload;
      const unsigned changes = 1 + random() % 4;
      for (unsigned change = 0; change < changes; ++change) {
        auto& byte = mutated[random() % mutated.size()];
        byte = random() % 2 == 0 ? static_cast<std::uint8_t>(random())
                                 : static_cast<std::uint8_t>(byte ^ (1U << random() % 8));
      }
      LLVMFuzzerTestOneInput(mutated.data(), mutated.size());
    }
  }
}

}  // namespace
}  // namespace juanzong::testing
