// SPDX-License-Identifier: Apache-2.0
#include "server/signer/signer_socket.h"

#include "events/model/limits.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace juanzong {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::local::stream_protocol;
using Stream = beast::basic_stream<stream_protocol>;

constexpr auto as_code = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds pause_after_failure{100};
constexpr std::size_t body_bytes_max = 16 * 1024;

// The user at the other end, as the kernel recorded it when it connected.
std::optional<uid_t> peer_of(stream_protocol::socket& socket) {
  ucred credentials{};
  socklen_t size = sizeof credentials;
  const bool known =
      ::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0;
  return known ? std::optional<uid_t>(credentials.uid) : std::nullopt;
}

http::response<http::string_body> answer_to(const http::request<http::string_body>& request,
                                            const HttpHandler& handler) {
  const auto method = request.method_string();
  const auto target = request.target();
  HttpResponse response = handler({std::string(method.data(), method.size()),
                                   std::string(target.data(), target.size()),
                                   request.body()});
  http::response<http::string_body> answer(static_cast<http::status>(response.status),
                                           request.version());
  answer.set(http::field::content_type, response.content_type);
  answer.keep_alive(false);
  const std::size_t size = response.body.size();
  if (request.method() != http::verb::head) {
    answer.body() = std::move(response.body);
  }
  answer.content_length(size);
  return answer;
}

}  // namespace

struct SignerSocket::State : std::enable_shared_from_this<SignerSocket::State> {
  State(asio::io_context& io_of, HttpHandler handler_of, Log& log_of)
      : io(io_of), handler(std::move(handler_of)), log(log_of), acceptor(asio::make_strand(io)) {}

  static asio::awaitable<void> accept(std::shared_ptr<State> self);
  static asio::awaitable<void> serve(std::shared_ptr<State> self, std::unique_ptr<Stream> stream);
  [[nodiscard]] bool admits(stream_protocol::socket& socket);

  asio::io_context& io;
  const HttpHandler handler;
  Log& log;
  SignerSocketOptions options;
  stream_protocol::acceptor acceptor;
  std::atomic<std::size_t> open{0};
};

bool SignerSocket::State::admits(stream_protocol::socket& socket) {
  const auto peer = peer_of(socket);
  if (peer != options.peer) {
    log.warning("peer_refused",
                {{"uid", peer ? static_cast<std::int64_t>(*peer) : std::int64_t{-1}}});
    return false;
  }
  return open < options.connections;
}

asio::awaitable<void> SignerSocket::State::accept(std::shared_ptr<State> self) {
  asio::steady_timer pause(self->acceptor.get_executor());
  while (self->acceptor.is_open()) {
    auto [error, accepted] =
        co_await self->acceptor.async_accept(asio::make_strand(self->io), as_code);
    if (error) {
      pause.expires_after(pause_after_failure);
      co_await pause.async_wait(as_code);
      continue;
    }
    stream_protocol::socket socket(std::move(accepted));
    if (!self->admits(socket)) {
      continue;
    }
    ++self->open;
    const auto executor = socket.get_executor();
    asio::co_spawn(
        executor, serve(self, std::make_unique<Stream>(std::move(socket))), asio::detached);
  }
}

asio::awaitable<void> SignerSocket::State::serve(std::shared_ptr<State> self,
                                                 std::unique_ptr<Stream> stream) {
  stream->expires_after(self->options.deadline);
  beast::flat_buffer buffer(limits::http_header_bytes_max + body_bytes_max);
  http::request_parser<http::string_body> parser;
  parser.header_limit(limits::http_header_bytes_max);
  parser.body_limit(body_bytes_max);
  const auto [unread, read] = co_await http::async_read(*stream, buffer, parser, as_code);
  if (!unread) {
    auto answer = answer_to(parser.get(), self->handler);
    http::response_serializer<http::string_body> serializer(answer);
    serializer.split(false);
    co_await http::async_write(*stream, serializer, as_code);
  }
  --self->open;
}

SignerSocket::SignerSocket(asio::io_context& io, HttpHandler handler, Log& log)
    : state_(std::make_shared<State>(io, std::move(handler), log)) {}

SignerSocket::~SignerSocket() {
  asio::post(state_->acceptor.get_executor(), [state = state_] {
    boost::system::error_code ignored;
    state->acceptor.close(ignored);
  });
}

Outcome SignerSocket::listen(const SignerSocketOptions& options) {
  state_->options = options;
  struct stat status {};
  if (::lstat(options.path.c_str(), &status) == 0 && S_ISSOCK(status.st_mode)) {
    ::unlink(options.path.c_str());
  }
  boost::system::error_code error;
  auto& acceptor = state_->acceptor;
  const mode_t before = ::umask(0177);  // never open to others, not even before chmod
  acceptor.open(stream_protocol(), error);
  if (!error && options.path.native().size() >= sizeof(sockaddr_un::sun_path)) {
    error = asio::error::name_too_long;
  }
  if (!error) {
    acceptor.bind(stream_protocol::endpoint(options.path.string()), error);
  }
  ::umask(before);
  if (!error) {
    acceptor.listen(asio::socket_base::max_listen_connections, error);
  }
  const mode_t mode = options.peer == ::geteuid() ? 0600 : 0660;
  if (error || ::chmod(options.path.c_str(), mode) != 0) {
    return fail(ErrorCode::environment,
                options.path.string() + ": " + (error ? error.message() : std::strerror(errno)));
  }
  asio::co_spawn(acceptor.get_executor(), State::accept(state_), asio::detached);
  return Done{};
}

}  // namespace juanzong
