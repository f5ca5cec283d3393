// SPDX-License-Identifier: Apache-2.0
// One coroutine accepts, one serves each connection, each on a strand of its own. Beast is included
// here and in http_client.cpp only.
#include "server/http/http_listener.h"

#include "events/model/limits.h"

#include "server/net/endpoint.h"
#include "server/net/gate.h"
#include "server/net/listener.h"
#include "server/net/transport.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <atomic>
#include <map>
#include <mutex>
#include <utility>

namespace juanzong {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using PlainStream = beast::tcp_stream;
using TlsStream = asio::ssl::stream<beast::tcp_stream>;
using Answer = http::response<http::string_body>;

constexpr auto as_code = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds pause_after_failure{100};

Answer to_beast(HttpResponse response, const http::request<http::string_body>& request) {
  Answer answer(static_cast<http::status>(response.status), request.version());
  answer.set(http::field::content_type, response.content_type);
  answer.set(http::field::cache_control, response.cache_control);
  answer.set("X-Content-Type-Options", "nosniff");
  answer.keep_alive(request.keep_alive());
  const std::size_t size = response.body.size();
  if (request.method() != http::verb::head) {
    answer.body() = std::move(response.body);
  }
  answer.content_length(size);
  return answer;
}

Answer answer_to(const http::request<http::string_body>& request, const HttpHandler& handler) {
  const std::string_view method(request.method_string().data(), request.method_string().size());
  const std::string_view target(request.target().data(), request.target().size());
  return to_beast(handler({std::string(method), std::string(target), request.body()}), request);
}

}  // namespace

struct HttpListener::State : std::enable_shared_from_this<HttpListener::State> {
  State(asio::io_context& io_of, HttpHandler handler_of, Log& log_of, HttpOptions options_of)
      : io(io_of),
        handler(std::move(handler_of)),
        log(log_of),
        options(options_of),
        acceptor(asio::make_strand(io)) {}

  static asio::awaitable<void> accept(std::shared_ptr<State> self, TlsContext tls);
  static asio::awaitable<void> serve_plain(std::shared_ptr<State> self,
                                           std::unique_ptr<PlainStream> stream,
                                           Gate::Pass pass);
  static asio::awaitable<void> serve_tls(std::shared_ptr<State> self,
                                         TlsContext tls,
                                         std::unique_ptr<TlsStream> stream,
                                         Gate::Pass pass);
  template <class Stream>
  asio::awaitable<void> serve(Stream* stream);
  void admit(tcp::socket socket, TlsContext tls);

  // Open streams, so that stop() can cut them.
  void enter(beast::tcp_stream* stream) {
    const std::lock_guard lock(mutex);
    open.emplace(stream, stream->get_executor());
  }
  // On the stack of the coroutine that serves the stream: gone before the stream is.
  struct Leave {
    State* state;
    beast::tcp_stream* stream;
    ~Leave() {
      const std::lock_guard lock(state->mutex);
      state->open.erase(stream);
    }
  };
  void cut_all();
  // Part of a pipelined request is there already, or the peer may be quiet for a while.
  [[nodiscard]] std::chrono::milliseconds deadline_of_next(std::size_t buffered) const {
    return buffered > 0 ? options.request_deadline : options.idle_deadline;
  }

  asio::io_context& io;
  const HttpHandler handler;
  Log& log;
  const HttpOptions options;
  tcp::acceptor acceptor;
  Gate gate;
  std::atomic<bool> stopping{false};
  std::mutex mutex;
  std::map<beast::tcp_stream*, beast::tcp_stream::executor_type> open;
};

asio::awaitable<void> HttpListener::State::accept(std::shared_ptr<State> self, TlsContext tls) {
  asio::steady_timer pause(self->acceptor.get_executor());
  while (self->acceptor.is_open()) {
    auto [error, socket] =
        co_await self->acceptor.async_accept(asio::make_strand(self->io), as_code);
    if (!error) {
      self->admit(std::move(socket), tls);
      continue;
    }
    if (error != asio::error::operation_aborted) {
      self->log.warning("http_accept_failed", {{"what", error.message()}});
      pause.expires_after(pause_after_failure);
      co_await pause.async_wait(as_code);
    }
  }
}

void HttpListener::State::admit(tcp::socket socket, TlsContext tls) {
  {
    const std::lock_guard lock(mutex);
    if (open.size() >= options.connections) {
      return;
    }
  }
  auto pass = gate.enter();
  if (!pass) {
    return;
  }
  set_socket_options(socket);
  const auto executor = socket.get_executor();
  if (tls) {
    auto stream = std::make_unique<TlsStream>(std::move(socket), *tls);
    enter(&stream->next_layer());
    asio::co_spawn(
        executor,
        serve_tls(shared_from_this(), std::move(tls), std::move(stream), std::move(*pass)),
        asio::detached);
  } else {
    auto stream = std::make_unique<PlainStream>(std::move(socket));
    enter(stream.get());
    asio::co_spawn(executor,
                   serve_plain(shared_from_this(), std::move(stream), std::move(*pass)),
                   asio::detached);
  }
}

template <class Stream>
asio::awaitable<void> HttpListener::State::serve(Stream* stream) {
  beast::flat_buffer buffer(2 * limits::http_header_bytes_max);
  bool again = true;
  while (again && !stopping) {
    http::request_parser<http::string_body> parser;
    parser.header_limit(limits::http_header_bytes_max);
    parser.body_limit(options.body_bytes);
    // The total for a request: Beast does not reset it with the bytes that arrive.
    beast::get_lowest_layer(*stream).expires_after(deadline_of_next(buffer.size()));
    const auto [unread, read] = co_await http::async_read(*stream, buffer, parser, as_code);
    if (unread) {
      co_return;
    }
    Answer answer = answer_to(parser.get(), handler);
    again = answer.keep_alive();
    beast::get_lowest_layer(*stream).expires_after(options.request_deadline);
    http::response_serializer<http::string_body> serializer(answer);
    serializer.split(false);
    const auto [unsent, sent] = co_await http::async_write(*stream, serializer, as_code);
    if (unsent) {
      co_return;
    }
  }
}

asio::awaitable<void> HttpListener::State::serve_plain(std::shared_ptr<State> self,
                                                       std::unique_ptr<PlainStream> stream,
                                                       [[maybe_unused]] Gate::Pass pass) {
  const Leave leave{self.get(), stream.get()};
  co_await self->serve(stream.get());
  ErrorCodeOfSystem ignored;
  stream->socket().shutdown(tcp::socket::shutdown_send, ignored);
}

asio::awaitable<void> HttpListener::State::serve_tls(std::shared_ptr<State> self,
                                                     [[maybe_unused]] TlsContext tls,
                                                     std::unique_ptr<TlsStream> stream,
                                                     [[maybe_unused]] Gate::Pass pass) {
  beast::tcp_stream& lowest = stream->next_layer();
  const Leave leave{self.get(), &lowest};
  lowest.expires_after(std::chrono::milliseconds(limits::handshake_ms_max));
  const auto [error] = co_await stream->async_handshake(asio::ssl::stream_base::server, as_code);
  if (!error) {
    co_await self->serve(stream.get());
    lowest.expires_after(std::chrono::milliseconds(1'000));
    // Says goodbye; waiting for the answer is bounded by the deadline.
    co_await stream->async_shutdown(as_code);
  }
}

void HttpListener::State::cut_all() {
  const std::lock_guard lock(mutex);
  for (const auto& [stream, executor] : open) {
    asio::post(executor, [self = shared_from_this(), cut = stream] {
      const std::lock_guard inside(self->mutex);
      if (self->open.contains(cut)) {
        cut->cancel();
      }
    });
  }
}

HttpListener::HttpListener(asio::io_context& io, HttpHandler handler, Log& log, HttpOptions options)
    : state_(std::make_shared<State>(io, std::move(handler), log, options)) {}

HttpListener::~HttpListener() {
  stop(std::chrono::milliseconds(1'000));
}

Result<tcp::endpoint> HttpListener::listen(const tcp::endpoint& endpoint, TlsContext tls) {
  const Outcome allowed =
      check_listen_address(endpoint, tls != nullptr, state_->options.allow_plain_tcp);
  if (!allowed) {
    return fail(allowed.error());
  }
  if (const ErrorCodeOfSystem error = open_acceptor(state_->acceptor, endpoint); error) {
    return fail(ErrorCode::environment, to_text(endpoint) + ": " + error.message());
  }
  ErrorCodeOfSystem ignored;
  const tcp::endpoint bound = state_->acceptor.local_endpoint(ignored);
  asio::co_spawn(
      state_->acceptor.get_executor(), State::accept(state_, std::move(tls)), asio::detached);
  return bound;
}

bool HttpListener::stop(std::chrono::milliseconds patience) {
  state_->stopping = true;
  state_->gate.close();
  asio::post(state_->acceptor.get_executor(), [state = state_] {
    ErrorCodeOfSystem ignored;
    state->acceptor.close(ignored);
  });
  state_->cut_all();
  return state_->gate.wait_until(std::chrono::steady_clock::now() + patience);
}

}  // namespace juanzong
