// SPDX-License-Identifier: Apache-2.0
// A request and its response as plain values, so that routes are pure functions and the HTTP
// library stays in one file.
#pragma once

#include <functional>
#include <string>

namespace juanzong {

struct HttpRequest {
  std::string method;  // "GET", "HEAD" …
  std::string target;  // path and query as they came
  std::string body = {};
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string cache_control = "no-store";
  std::string body;
};

// Called on an I/O thread, possibly on several at once.
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

}  // namespace juanzong
