// SPDX-License-Identifier: Apache-2.0
// Client: what programs ask of a Juanzong server. Calls wait for their answer, from any thread but
// the loop's; append_async() and subscribe() answer by callback on the loop's thread.
//
// An append whose answer is lost is outcome_unknown: it may stand in the ledger. The same bytes can
// be sent again, any number of times, and will be recorded at most once: append_with_retry() does
// that over new connections.
#pragma once

#include "events/log/request.h"
#include "events/model/result.h"

#include "server/wire/message.h"

#include "tools/client/client_options.h"

#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace juanzong {

class Connection;

using AppendReply = std::variant<message::Appended, message::Refused, Error>;

class Client {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Client>> connect(ClientOptions options);
  ~Client();  // whoever waits is told that the connection is gone
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // What the server said at the last login: ledger, origin, staff, roles, the key's chain, size.
  [[nodiscard]] message::LoggedIn facts() const;
  [[nodiscard]] bool is_connected() const;
  // A new connection and login, so also the newest facts. Whoever waits on the old one is told.
  [[nodiscard]] Outcome reconnect();

  using AppendDone = std::function<void(AppendReply)>;
  // keys[i] made request.signatures[i].
  [[nodiscard]] AppendReply append(const SignedRequest& request,
                                   std::span<const crypto::PublicKey> keys);
  // Many may be under way; the answers come in any order.
  void append_async(const SignedRequest& request,
                    std::span<const crypto::PublicKey> keys,
                    AppendDone done);
  // Sends the same bytes again while the answer is lost or the server is busy or restarting;
  // after `patience`: outcome_unknown, or the last error if nothing was ever sent.
  [[nodiscard]] AppendReply append_with_retry(const SignedRequest& request,
                                              std::span<const crypto::PublicKey> keys,
                                              std::chrono::milliseconds patience);

  [[nodiscard]] Result<message::Records> read_records(RecordIndex from, std::uint32_t count);
  [[nodiscard]] Result<message::Records> read_stream(std::string_view stream,
                                                     StreamVersion from,
                                                     std::uint32_t count);
  [[nodiscard]] Result<std::string> query(std::string_view view, std::string_view arguments);
  // A tlog-proof file.
  [[nodiscard]] Result<std::string> prove(RecordIndex index);
  [[nodiscard]] Result<std::string> prove_consistency(std::uint64_t old_size);
  [[nodiscard]] Result<std::string> prove_stream(std::string_view stream);
  [[nodiscard]] Result<std::string> checkpoint();
  // The whole content, in chunks; stored and durable when it returns.
  [[nodiscard]] Outcome attach(const BlobId& blob, const PersonId& subject, ByteView content);
  struct Attachment {
    Bytes content;
    std::string media_type;
  };
  // The whole content of an attachment of a record, fetched part by part.
  [[nodiscard]] Result<Attachment> attachment(RecordIndex index,
                                              std::string_view path,
                                              std::string_view view_id = {});
  [[nodiscard]] Result<UnixMicros> ping();

  // Pages of durable records from `from` on, at most `credits` records until add_credits(). After
  // an Error nothing more comes: subscribe again from the `next` of the last page.
  using RecordsArrived = std::function<void(Result<message::Records>)>;
  [[nodiscard]] std::uint32_t subscribe(RecordIndex from,
                                        std::uint32_t credits,
                                        RecordsArrived arrived);
  void add_credits(std::uint32_t subscription, std::uint32_t credits);

 private:
  Client(ClientOptions options, std::shared_ptr<ClientLoop> loop)
      : options_(std::move(options)), loop_(std::move(loop)) {}

  [[nodiscard]] std::shared_ptr<Connection> connection() const;
  [[nodiscard]] Result<message::ReplyBody> call(message::RequestBody body);
  template <class Reply>
  [[nodiscard]] Result<Reply> ask(message::RequestBody body);
  // Whether the bytes may have reached the server.
  struct Attempt {
    AppendReply reply;
    bool may_be_recorded = false;
  };
  [[nodiscard]] Attempt try_append(const SignedRequest& request,
                                   std::span<const crypto::PublicKey> keys,
                                   std::chrono::milliseconds timeout);

  const ClientOptions options_;
  const std::shared_ptr<ClientLoop> loop_;
  mutable std::mutex mutex_;  // of connection_
  std::mutex reconnecting_;
  std::shared_ptr<Connection> connection_;
};

}  // namespace juanzong
