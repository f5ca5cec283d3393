// SPDX-License-Identifier: Apache-2.0
#include "server/http/router.h"

#include "server/http/tile_path.h"

#include <algorithm>
#include <string_view>

namespace juanzong {
namespace {

// Tiles never change. A checkpoint may be some seconds old before a monitor must ask again.
constexpr std::string_view immutable = "public, max-age=31536000, immutable";
constexpr std::string_view fresh = "public, max-age=2";

HttpResponse plain(int status, std::string_view body) {
  HttpResponse response;
  response.status = status;
  response.body = std::string(body) + "\n";
  return response;
}

HttpResponse from_error(const Error& error) {
  switch (error.code) {
    case ErrorCode::not_found:
    case ErrorCode::unknown_ledger:
      return plain(404, "not found");
    case ErrorCode::busy:
    case ErrorCode::shutting_down:
      return plain(503, name_of(error.code));
    default:
      return plain(500, name_of(error.code));
  }
}

bool is_ledger_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

HttpResponse checkpoint(const Service& service, std::string_view ledger) {
  Result<std::string> note = service.checkpoint(ledger);
  if (!note) {
    return from_error(note.error());
  }
  return {200, "text/plain; charset=utf-8", std::string(fresh), std::move(*note)};
}

HttpResponse tile(const Service& service, std::string_view ledger, std::string_view path) {
  const auto parsed = parse_tile_path(path);
  if (!parsed) {
    return plain(404, "not found");
  }
  Result<std::string> bytes = service.tile(ledger, parsed->level, parsed->number, parsed->width);
  if (!bytes) {
    return from_error(bytes.error());
  }
  return {200, "application/octet-stream", std::string(immutable), std::move(*bytes)};
}

}  // namespace

HttpResponse route(const HttpRequest& request, const Service& service, const Metrics& metrics) {
  if (request.method != "GET" && request.method != "HEAD") {
    return plain(405, "GET and HEAD only");
  }
  const std::string_view target = request.target;
  if (target == "/healthz") {
    return service.healthy() ? plain(200, "ok") : plain(503, "not healthy");
  }
  if (target == "/metrics") {
    return {200, "text/plain; version=0.0.4; charset=utf-8", "no-store", prometheus_text(metrics)};
  }
  const std::size_t slash = target.find('/', 1);
  if (!target.starts_with('/') || slash == std::string_view::npos) {
    return plain(404, "not found");
  }
  const std::string_view ledger = target.substr(1, slash - 1);
  const std::string_view rest = target.substr(slash + 1);
  if (!is_ledger_name(ledger)) {
    return plain(404, "not found");
  }
  return rest == "checkpoint" ? checkpoint(service, ledger) : tile(service, ledger, rest);
}

}  // namespace juanzong
