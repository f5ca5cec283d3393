// SPDX-License-Identifier: Apache-2.0
// A town of three flats that lives at random: decorations take their next step or a step out of
// turn, fees are assessed, paid, reversed and allocated anew. About half of it is refused, as it
// should be.
#pragma once

#include "tests/support/fixed_random.h"
#include "tests/support/view_ledger.h"

#include <string>
#include <vector>

namespace juanzong::testing {

class RandomTown {
 public:
  explicit RandomTown(std::uint64_t seed);

  // One request; moves time on now and then.
  AppendResult step();

  [[nodiscard]] ViewLedger& town() { return town_; }
  [[nodiscard]] FixedRandom& random() { return random_; }
  [[nodiscard]] std::size_t units() const { return units_; }
  [[nodiscard]] std::vector<std::string> deposits() const;
  [[nodiscard]] std::size_t refunds() const { return refunds_; }

 private:
  struct Flat {
    std::string unit;
    std::string deco;
    std::string deposit;
    std::size_t step = 0;  // the next one in turn
    RecordIndex calculation{};
    RecordIndex approval{};
  };
  struct Command {
    std::string role;
    TestStatement statement;
  };
  struct Payment {
    std::string id;
    std::string unit;
    RecordIndex index{};
    std::int64_t fen = 0;
  };

  [[nodiscard]] AppendResult submit(const std::string& role,
                                    const std::vector<TestStatement>& statements);
  void move_time();
  void take_up(const Flat& flat);
  [[nodiscard]] Flat& any_flat() { return flats_[random_.below(flats_.size())]; }
  [[nodiscard]] std::string any_charge();

  AppendResult register_unit();
  AppendResult decorate();
  [[nodiscard]] Command decoration_step(const Flat& flat, std::size_t step);
  [[nodiscard]] Command refund_step(const Flat& flat, std::size_t step);
  [[nodiscard]] std::string calculation(const Flat& flat);
  AppendResult assess();
  AppendResult pay();
  AppendResult assess_and_pay();
  AppendResult reverse_charge();
  AppendResult reverse_payment();
  AppendResult reallocate();
  [[nodiscard]] TestStatement assessment(const std::string& id, const Flat& flat);
  [[nodiscard]] std::string reason() const;

  FixedRandom random_;
  ViewLedger town_;
  std::vector<Flat> flats_;
  std::vector<std::string> charges_;
  std::vector<Payment> payments_;
  CivilDate today_;
  std::size_t units_ = 0;
  std::size_t ids_ = 0;
  std::size_t refunds_ = 0;
};

}  // namespace juanzong::testing
