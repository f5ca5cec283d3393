// SPDX-License-Identifier: Apache-2.0
#include "server/net/endpoint.h"

#include <charconv>

namespace juanzong {

Result<boost::asio::ip::tcp::endpoint> parse_endpoint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const Failure wrong = fail(ErrorCode::environment, "address:port expected: " + std::string(text));
  if (colon == std::string_view::npos) {
    return wrong;
  }
  std::string_view host = text.substr(0, colon);
  const std::string_view port_text = text.substr(colon + 1);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) {
    host = host.substr(1, host.size() - 2);
  }
  std::uint16_t port = 0;
  const char* end = port_text.data() + port_text.size();
  const auto parsed = std::from_chars(port_text.data(), end, port);
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(std::string(host), error);
  const bool good =
      !error && parsed.ec == std::errc() && parsed.ptr == end && address.is_v6() == bracketed;
  if (!good) {
    return wrong;
  }
  return boost::asio::ip::tcp::endpoint(address, port);
}

std::string to_text(const boost::asio::ip::tcp::endpoint& endpoint) {
  const std::string host = endpoint.address().to_string();
  const std::string port = std::to_string(endpoint.port());
  return endpoint.address().is_v6() ? "[" + host + "]:" + port : host + ":" + port;
}

}  // namespace juanzong
