// SPDX-License-Identifier: Apache-2.0
// Paid, convenience and special services (便民/有偿/特约服务, P30): planned, priced by a published
// tariff, ordered, delivered, asked about.
#pragma once

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <map>
#include <string>

namespace juanzong {

[[nodiscard]] const Procedure& paid_services_procedure();

struct ServiceTariff {
  CivilDate effective;
  RecordIndex published{};
  std::map<std::string, Fen> prices;  // code -> price of one measure
  template <class Ar>
  void visit(Ar& ar) {
    ar(effective, published, prices);
  }
};

// Key: "tariffs", or "service:" + id.
struct PaidServiceState {
  static constexpr StateKind kind = StateKind::paid_service;
  std::map<std::string, ServiceTariff> tariffs;  // of "tariffs" only, by version
  std::string item;                              // from here on of a service
  std::string customer;
  Fen price;  // for what was ordered
  bool agreement = false;
  template <class Ar>
  void visit(Ar& ar) {
    ar(tariffs, item, customer, price, agreement);
  }
};
inline constexpr std::string_view service_tariffs_key = "tariffs";

}  // namespace juanzong
