// SPDX-License-Identifier: Apache-2.0
// Names the calling thread for `top -H`, debuggers and profilers. At most 15 bytes.
#pragma once

#include <pthread.h>

namespace juanzong {

inline void name_this_thread(const char* name) {
  static_cast<void>(::pthread_setname_np(::pthread_self(), name));
}

}  // namespace juanzong
