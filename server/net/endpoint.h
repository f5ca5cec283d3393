// SPDX-License-Identifier: Apache-2.0
// Addresses in configuration: "127.0.0.1:7621", "[::1]:7621". Numbers only: a name could resolve
// to an address that nobody meant to listen on.
#pragma once

#include "events/model/result.h"

#include <boost/asio/ip/tcp.hpp>

#include <string>
#include <string_view>

namespace juanzong {

[[nodiscard]] Result<boost::asio::ip::tcp::endpoint> parse_endpoint(std::string_view text);
[[nodiscard]] std::string to_text(const boost::asio::ip::tcp::endpoint& endpoint);

}  // namespace juanzong
