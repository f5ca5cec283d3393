// SPDX-License-Identifier: Apache-2.0
// A page of records as a message: no more of them than one frame carries.
#pragma once

#include "server/pipeline/service.h"
#include "server/wire/message.h"

#include <cstdint>

namespace juanzong {

enum class PageOf : std::uint8_t { ledger, stream };

[[nodiscard]] message::Records to_message(RecordPage page, PageOf kind);

}  // namespace juanzong
