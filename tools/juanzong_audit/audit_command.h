// SPDX-License-Identifier: Apache-2.0
// juanzong-audit as a function, so that tests run it without a process.
#pragma once

#include <iosfwd>

namespace juanzong::audit {

// Exit code: 0 verified, 1 usage or environment, 2 verification failed.
[[nodiscard]] int run_audit(int count,
                            const char* const* arguments,
                            std::ostream& out,
                            std::ostream& err);

}  // namespace juanzong::audit
