// SPDX-License-Identifier: Apache-2.0
// What became of a request: as JSON for programs, as lines for people, as an exit code.
#pragma once

#include "tools/client/client.h"
#include "tools/juanzong/command.h"

#include <boost/json.hpp>

#include <string>

namespace juanzong::cli {

// {"index","leaf","recorded_at","receipt_no"?,"not_before"?,"repeated"?}, for `as_list` one such
// object a statement; {"refused":[…],"statement":N}; {"error":{"code","zh","en","detail"}}.
[[nodiscard]] boost::json::value reply_json(const AppendReply& reply, bool as_list);
[[nodiscard]] std::string reply_text(const AppendReply& reply);
[[nodiscard]] ExitCode exit_code_of(const AppendReply& reply);

// The exit code of many replies: unknown outcome, then error, then refusal, then done.
[[nodiscard]] ExitCode worse_of(ExitCode a, ExitCode b);

}  // namespace juanzong::cli
