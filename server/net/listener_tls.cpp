// SPDX-License-Identifier: Apache-2.0
#include "server/net/listener_tls.h"

#include <system_error>

namespace juanzong {
namespace {

// A dangling link or a folder that may not be read is no absence: it must not switch TLS off.
bool is_absent(const std::filesystem::path& file) {
  std::error_code error;
  return std::filesystem::symlink_status(file, error).type() ==
         std::filesystem::file_type::not_found;
}

}  // namespace

Result<TlsContext> ListenerTls::context_for(const boost::asio::ip::tcp::endpoint& endpoint) {
  const bool plain = allow_plain_tcp_ && endpoint.address().is_loopback() &&
                     is_absent(files_.certificate) && is_absent(files_.key);
  if (plain) {
    return TlsContext();
  }
  if (!loaded_) {
    Result<TlsContext> made = make_server_tls(files_);
    if (!made) {
      return made;
    }
    loaded_ = std::move(*made);
  }
  return loaded_;
}

}  // namespace juanzong
