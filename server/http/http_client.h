// SPDX-License-Identifier: Apache-2.0
// One HTTP request to somebody else's server (a witness, a time-stamping authority): a connection
// of its own, bounded in time and size. https checks the host's name against the machine's
// certificate authorities; http is for machines that are reached by other means (loopback, a
// tunnel).
#pragma once

#include "events/model/result.h"

#include "server/http/http_message.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace juanzong {

struct HttpUrl {
  bool tls = false;
  std::string host;
  std::string port;
  std::string path;  // "/…", without a query
  bool operator==(const HttpUrl&) const = default;
};
// "https://host[:port][/path]" or "http://…"; nullopt for anything else.
[[nodiscard]] std::optional<HttpUrl> parse_http_url(std::string_view text);

// POSTs `body` to the URL's path followed by `path`. environment: nobody answered, or not HTTP, in
// the time given.
[[nodiscard]] Result<HttpResponse> http_post(const HttpUrl& url,
                                             std::string_view path,
                                             const std::string& body,
                                             std::chrono::milliseconds patience);

// The same over a Unix socket of this machine.
[[nodiscard]] Result<HttpResponse> http_post_to_socket(const std::filesystem::path& socket,
                                                       const std::string& target,
                                                       const std::string& body,
                                                       std::chrono::milliseconds patience);

}  // namespace juanzong
