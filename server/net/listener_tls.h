// SPDX-License-Identifier: Apache-2.0
// Which listener speaks TLS. Every one does, except on a loopback address of a server that has
// neither certificate nor key and is allowed plain TCP. Half of the pair, or an unfit one, is an
// error and never a reason to go without. The files are read when the first listener needs them.
#pragma once

#include "server/net/tls.h"

#include <boost/asio/ip/tcp.hpp>

#include <utility>

namespace juanzong {

class ListenerTls {
 public:
  ListenerTls(TlsFiles files, bool allow_plain_tcp)
      : files_(std::move(files)), allow_plain_tcp_(allow_plain_tcp) {}

  // Null: plain TCP. Otherwise what make_server_tls() says.
  [[nodiscard]] Result<TlsContext> context_for(const boost::asio::ip::tcp::endpoint& endpoint);

 private:
  const TlsFiles files_;
  const bool allow_plain_tcp_;
  TlsContext loaded_;
};

}  // namespace juanzong
