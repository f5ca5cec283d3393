// SPDX-License-Identifier: Apache-2.0
// ConnectionBudget: how many connections there may be in all, before login and from one source,
// and which sources are locked out after failed logins. Safe from any thread.
//
// A source is an IPv4 address, or the first 64 bits of an IPv6 address: one subscriber's network.
#pragma once

#include "server/net/net_options.h"

#include <boost/asio/ip/address.hpp>

#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace juanzong {

class ConnectionBudget {
 public:
  explicit ConnectionBudget(const NetLimits& limits) : limits_(limits) {}

  // Place of one connection; gives it back when it is destroyed.
  class Ticket {
   public:
    Ticket(ConnectionBudget& budget, boost::asio::ip::address source)
        : budget_(&budget), source_(std::move(source)) {}
    Ticket(Ticket&& other) noexcept
        : budget_(std::exchange(other.budget_, nullptr)),
          source_(std::move(other.source_)),
          authenticated_(other.authenticated_) {}
    Ticket& operator=(Ticket&&) = delete;
    ~Ticket();

    void login_succeeded();
    void login_failed(SteadyTime now);

   private:
    ConnectionBudget* budget_;
    boost::asio::ip::address source_;
    bool authenticated_ = false;
  };

  // nullopt: a limit is reached or the source is locked out.
  [[nodiscard]] std::optional<Ticket> admit(const boost::asio::ip::address& address,
                                            SteadyTime now);

 private:
  struct Failures {
    std::size_t count = 0;
    SteadyTime last;
  };

  [[nodiscard]] bool is_counted(const boost::asio::ip::address& source) const;
  [[nodiscard]] bool is_locked_out(const boost::asio::ip::address& source, SteadyTime now) const;
  void forget_old_failures(SteadyTime now);

  const NetLimits limits_;
  std::mutex mutex_;
  std::size_t connections_ = 0;
  std::size_t unauthenticated_ = 0;
  std::map<boost::asio::ip::address, std::size_t> by_source_;
  std::map<boost::asio::ip::address, Failures> failures_;
};

}  // namespace juanzong
