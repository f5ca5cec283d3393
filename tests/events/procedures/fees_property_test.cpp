// SPDX-License-Identifier: Apache-2.0
// Random sequences of money events against a naive model that keeps whole histories and adds them
// up anew each time. What must hold after every accepted event:
//   Σ of all accounts = 0;  Σ of deposit accounts = −Σ held deposits;
//   receivable = Σ open charges;  advance = −Σ unallocated money;  receipt numbers without a gap.
#include "tests/events/procedures/fees_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace juanzong::testing::fees {
namespace {

constexpr unsigned seed = 20'250'509;

struct ModelCharge {
  std::int64_t amount = 0;
  std::int64_t applied = 0;
  bool reversed = false;
};
struct ModelPayment {
  std::int64_t amount = 0;
  std::map<std::string, std::int64_t> shares;
  bool reversed = false;
  RecordIndex index{};
};

class Model {
 public:
  std::map<std::string, ModelCharge> charges;
  std::map<std::string, ModelPayment> payments;

  [[nodiscard]] std::int64_t open(const std::string& id) const {
    const ModelCharge& charge = charges.at(id);
    return charge.reversed ? 0 : charge.amount - charge.applied - paid(id);
  }
  [[nodiscard]] std::int64_t paid(const std::string& id) const {
    std::int64_t total = 0;
    for (const auto& [key, payment] : payments) {
      const auto share = payment.shares.find(id);
      total += payment.reversed || share == payment.shares.end() ? 0 : share->second;
    }
    return total;
  }
  [[nodiscard]] std::int64_t receivable() const {
    std::int64_t total = 0;
    for (const auto& [id, charge] : charges) {
      total += open(id);
    }
    return total;
  }
  [[nodiscard]] std::int64_t advance() const {
    std::int64_t total = 0;
    for (const auto& [id, payment] : payments) {
      total += payment.reversed ? 0 : payment.amount - shared(payment);
    }
    return total;
  }
  [[nodiscard]] std::int64_t cash() const {
    std::int64_t total = 0;
    for (const auto& [id, payment] : payments) {
      total += payment.reversed ? 0 : payment.amount;
    }
    return total;
  }

 private:
  // Shares of reversed charges count no longer.
  [[nodiscard]] std::int64_t shared(const ModelPayment& payment) const {
    std::int64_t total = 0;
    for (const auto& [id, share] : payment.shares) {
      total += charges.at(id).reversed ? 0 : share;
    }
    return total;
  }
};

class FeesProperty : public ::testing::Test {
 protected:
  FeesProperty() {
    t.at("2025-05-09T10:03:00+08:00");
    register_unit(t);
  }

  std::int64_t below(std::int64_t bound) {
    return std::uniform_int_distribution<std::int64_t>(0, bound - 1)(random_);
  }
  template <class Map>
  std::string pick(const Map& map) {
    return std::next(map.begin(), below(static_cast<std::int64_t>(map.size())))->first;
  }
  Shares random_shares() {
    std::map<std::string, std::int64_t> chosen;
    for (std::int64_t i = below(4); i > 0 && !model.charges.empty(); --i) {
      chosen[pick(model.charges)] = 1 + below(120);
    }
    return {chosen.begin(), chosen.end()};
  }
  // Whether shares that replace `own` are allowed, by the model alone.
  bool allowed(const Shares& shares, std::int64_t amount, const ModelPayment& own) {
    std::int64_t total = 0;
    for (const auto& [id, share] : shares) {
      const auto present = own.shares.find(id);
      const bool counts = present != own.shares.end() && !model.charges.at(id).reversed;
      total += share;
      if (share > model.open(id) + (counts ? present->second : 0)) {
        return false;
      }
    }
    return total <= amount;
  }
  bool append(std::string_view event, const std::string& json) {
    return t.append(event, json).empty();
  }

  void assess() {
    const std::string id = "CH-" + std::to_string(model.charges.size());
    const std::int64_t amount = 1 + below(100);
    ASSERT_TRUE(append("ChargeAssessed", charge(id, amount)));
    ++records;
    model.charges[id].amount = amount;
  }
  void pay() {
    const std::string id = "P-" + std::to_string(model.payments.size());
    const Shares shares = random_shares();
    const std::int64_t amount = 1 + below(150);
    const bool expected = allowed(shares, amount, {});
    ASSERT_EQ(append("PaymentReceived", payment(id, shares, amount)), expected);
    if (expected) {
      model.payments[id] = {amount, {shares.begin(), shares.end()}, false, RecordIndex{records}};
      ++records;
      receipts.push_back(t.assigned().receipt_no);
    }
  }
  void reallocate() {
    const std::string id = pick(model.payments);
    ModelPayment& own = model.payments[id];
    const Shares shares = random_shares();
    const bool expected = !own.reversed && allowed(shares, own.amount, own);
    ASSERT_EQ(append("PaymentReallocated", reallocation(id, shares)), expected);
    if (expected) {
      ++records;
      own.shares = {shares.begin(), shares.end()};
    }
  }
  void reverse_one_charge() {
    const std::string id = pick(model.charges);
    ModelCharge& own = model.charges[id];
    const std::int64_t amount = below(8) == 0 ? own.amount + 1 : own.amount;
    const bool expected = !own.reversed && own.applied == 0 && amount == own.amount;
    ASSERT_EQ(append("ChargeReversed", charge_reversal(id, amount)), expected);
    if (expected) {
      ++records;
      own.reversed = true;
      for (auto& [key, payment] : model.payments) {
        payment.shares.erase(id);
      }
    }
  }
  void reverse_one_payment() {
    const std::string id = pick(model.payments);
    ModelPayment& own = model.payments[id];
    const std::string target = R"("kind":"PAYMENT","target_payment":)" + in_quotes(id);
    const auto json = money_reversal(target, own.index, own.amount);
    const bool expected = !own.reversed;
    ASSERT_EQ(append("PaymentReversed", json), expected);
    records += expected ? 1 : 0;
    own.reversed = true;
  }
  // As decoration does it: deduct what fits of one open charge, pay out the rest; later reversed.
  void refund_or_take_back() {
    const std::string id = "D-" + std::to_string(below(3));
    const auto* found = t.world().find<DepositState>(id);
    if (found == nullptr) {
      put_deposit(t, id);
    } else if (found->refund) {
      take_back(id);
    } else if (!model.charges.empty()) {
      refund(id, pick(model.charges));
    }
  }
  void refund(const std::string& id, const std::string& charge_id) {
    DepositState& deposit = t.world().edit<DepositState>(id);
    const std::int64_t applied = model.open(charge_id);
    calculate(deposit, {{charge_id, 1, Fen{applied}, Fen{applied}}, {"V-1", 11, Fen{7}, Fen{7}}});
    book_refund(t.world(), id, 1, Fen{1}, CivilDate{});
    t.world().edit<DepositState>(id).refund =
        RefundStep{RecordIndex{9}, "S-CAS", CivilDate{}, deposit.calculation->net, 1};
    model.charges[charge_id].applied += applied;
    deducted_[id] = {charge_id, applied};
  }
  void take_back(const std::string& id) {
    const auto deposit = t.world().get<DepositState>(id);
    const auto json =
        money_reversal(R"("kind":"DEPOSIT_REFUND","target_deposit":)" + in_quotes(id),
                       RecordIndex{9},
                       deposit.refund->amount.value,
                       R"(,"case_ref":"deco:2025-0031","proof":)" + attachment(owner));
    ASSERT_TRUE(append("PaymentReversed", json));
    ++records;
    model.charges[deducted_[id].first].applied -= deducted_[id].second;
  }

  void step() {
    switch (model.payments.empty() || model.charges.empty() ? below(2) : below(7)) {
      case 0:
        return assess();
      case 1:
        return pay();
      case 2:
      case 3:
        return reallocate();
      case 4:
        return reverse_one_charge();
      case 5:
        return reverse_one_payment();
      default:
        return refund_or_take_back();
    }
  }
  void compare() {
    const auto totals = accounts(t);
    std::int64_t held = 0;
    std::int64_t refunded_cash = 0;
    for (const std::string& id : t.world().get<UnitState>(unit).deposits) {
      const auto deposit = t.world().get<DepositState>(id);
      held += deposit.held() ? deposit.amount.value : 0;
      refunded_cash += deposit.refund ? deposit.refund->amount.value : 0;
    }
    const auto deposits =
        static_cast<std::int64_t>(t.world().get<UnitState>(unit).deposits.size() * 200'000);
    ASSERT_EQ(sum(totals), 0);
    ASSERT_EQ(sum(totals, "deposit:"), -held);
    ASSERT_EQ(sum(totals, "receivable:"), model.receivable());
    ASSERT_EQ(sum(totals, "advance:"), -model.advance());
    ASSERT_EQ(sum(totals, "cash:"), model.cash() + deposits - refunded_cash);
    std::vector<std::string> open;
    for (const OpenCharge& item : open_charges(t.world(), unit)) {
      ASSERT_EQ(item.charge.open().value, model.open(item.charge_id));
      open.push_back(item.charge_id);
    }
    ASSERT_EQ(open, open_by_model());
  }
  // In assessed order, which is the order of the numbers in the ids.
  std::vector<std::string> open_by_model() {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < model.charges.size(); ++i) {
      const std::string id = "CH-" + std::to_string(i);
      if (model.open(id) > 0) {
        ids.push_back(id);
      }
    }
    return ids;
  }

  RuleTester t;
  Model model;
  std::uint64_t records = 2;  // policy and unit
  std::vector<std::string> receipts;

 private:
  std::mt19937 random_{seed};
  std::map<std::string, std::pair<std::string, std::int64_t>> deducted_;
};

TEST_F(FeesProperty, AccountsAgreeWithANaiveModelAfterEveryEvent) {
  std::printf("seed %u\n", seed);
  for (int i = 0; i < 600; ++i) {
    ASSERT_NO_FATAL_FAILURE(step()) << "step " << i;
    ASSERT_NO_FATAL_FAILURE(compare()) << "step " << i;
  }
  ASSERT_GT(receipts.size(), 20U);
  for (std::size_t i = 0; i < receipts.size(); ++i) {
    const std::string digits = std::to_string(i + 1);
    EXPECT_EQ(receipts[i], "A-" + std::string(6 - digits.size(), '0') + digits);
  }
}

TEST_F(FeesProperty, EveryStateSurvivesItsRoundTrip) {
  for (int i = 0; i < 200; ++i) {
    ASSERT_NO_FATAL_FAILURE(step());
  }
  std::map<StateKind, int> seen;
  for (const auto& [key, bytes] : t.world().encoded_states()) {
    const StateType deposits = state_type<DepositState>("deposit");
    const StateType* type =
        key.first == StateKind::deposit ? &deposits : catalogue().find_state(key.first);
    ASSERT_NE(type, nullptr);
    const auto box = type->decode(bytes);
    ASSERT_NE(box, nullptr);
    EXPECT_EQ(encoded(*box), bytes);
    EXPECT_EQ(type->decode(ByteView(bytes).first(bytes.size() - 1)), nullptr);
    ++seen[key.first];
  }
  for (const StateKind kind : {StateKind::charge,
                               StateKind::payment,
                               StateKind::receipt_book,
                               StateKind::open_charges,
                               StateKind::deposit}) {
    EXPECT_GT(seen[kind], 0);
  }
}

}  // namespace
}  // namespace juanzong::testing::fees
