// SPDX-License-Identifier: Apache-2.0
// A cashier of a load: key, connection, and the chain of requests that only this key signs. Signing
// costs the client's time, so loads sign ahead of the clock or while other requests are under way.
#pragma once

#include "tools/bench/bench_ledger.h"

#include <memory>
#include <string_view>

namespace juanzong::bench {

class Cashier {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Cashier>> hired(const Target& target,
                                                              const std::string& roles);
  Cashier(const Cashier&) = delete;
  Cashier& operator=(const Cashier&) = delete;

  [[nodiscard]] Client& client() { return *client_; }
  // The next request of the chain. They must be sent in this order, each one.
  [[nodiscard]] Result<DraftRequest> sign_next(std::string_view line);
  // The same without a signature, for which this connection vouches.
  [[nodiscard]] Result<DraftRequest> place_next(std::string_view line);

 private:
  Cashier(Key key, std::unique_ptr<Client> client)
      : key_(std::move(key)), client_(std::move(client)), builder_(make_builder(*client_)) {}

  const Key key_;
  const std::unique_ptr<Client> client_;
  RequestBuilder builder_;
  KeyChain chain_;
};

}  // namespace juanzong::bench
