// SPDX-License-Identifier: Apache-2.0
// Routes: the static face of every ledger (C2SP tlog-tiles), and what machines ask of the server.
//
//   GET /<ledger>/checkpoint
//   GET /<ledger>/tile/<L>/<N>[.p/<W>]  and  /<ledger>/tile/entries/<N>[.p/<W>]
//   GET /healthz  /metrics
//
// HEAD like GET. A query string belongs to no route. Nothing here shows opened personal data.
#pragma once

#include "server/http/http_message.h"
#include "server/pipeline/service.h"
#include "server/telemetry/metrics.h"

namespace juanzong {

[[nodiscard]] HttpResponse route(const HttpRequest& request,
                                 const Service& service,
                                 const Metrics& metrics);

}  // namespace juanzong
