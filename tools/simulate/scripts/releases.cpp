// SPDX-License-Identifier: Apache-2.0
// Goods release (P04): what people carry out for a while, with the slip, the call to the owner, and
// now and then an owner who cannot be reached.
#include "tools/simulate/scripts/scripts.h"

#include <memory>

namespace juanzong::simulate {
namespace {

struct Slip {
  const Unit& unit;
  std::string id;
  std::string slip_no;
  std::string carrier;
  std::string owner;
  bool by_owner = true;
};

constexpr std::string_view goods =
    R"([{"name":"沙发","qty_milli":1000,"qty_unit":"件","category":"FURNITURE"}])";

Form of_slip(const Town& town, const Slip& slip) {
  return town.form().text("slip_id", slip.id).text("unit", slip.unit.code);
}

void request(Town& town, const Slip& slip) {
  town.office.must("CSA",
                   "GoodsReleaseRequested",
                   of_slip(town, slip)
                       .text("carrier", slip.carrier)
                       .text("relation", slip.by_owner ? "OWNER" : "NANNY")
                       .text("id_checked", "ID_CARD")
                       .raw("items", goods)
                       .text("nature", "TEMPORARY")
                       .secret("reason", slip.owner, "送修")
                       .text("party", slip.owner)
                       .json());
}

std::string slip_json(const Town& town, const Slip& slip) {
  Form form = of_slip(town, slip);
  form.text("slip_no", slip.slip_no).raw("items", goods).flag("blanks_struck", true);
  form.by_staff("CSA");
  return (slip.by_owner ? form.by("OWNER", slip.owner) : form.by("CARRIER", slip.carrier)).json();
}

void refuse(Town& town, const Slip& slip) {
  town.office.must(
      "CSA",
      "OwnerContactFailed",
      of_slip(town, slip).text("called_at", town.office.now_text()).number("attempts", 2).json());
  town.office.refused("CSA", "GoodsReleaseSlipIssued", slip_json(town, slip), "H-REL-3");
  town.office.must(
      "CSA", "GoodsReleaseRefused", of_slip(town, slip).text("reason", "UNREACHABLE").json());
}

void call_owner(Town& town, const Slip& slip) {
  town.office.must("CSA",
                   "OwnerReleaseConsentRecorded",
                   of_slip(town, slip)
                       .secret("phone_no", slip.owner, "13800000000")
                       .text("called_at", town.office.now_text())
                       .secret("opinion", slip.owner, "同意")
                       .flag("consented", true)
                       .by_phone("OWNER", slip.owner)
                       .json());
}

void leave(Town& town, const Slip& slip) {
  const auto gate = [&] {
    return of_slip(town, slip)
        .text("slip_no", slip.slip_no)
        .text("gate", "G-1")
        .raw("checked_items", goods)
        .text("at", town.office.now_text())
        .json();
  };
  town.office.must("SEC", "GoodsReleasedAtGate", gate());
  if (town.random.percent(5)) {  // the copy shown a second time
    town.office.refused("SEC", "GoodsReleasedAtGate", gate(), "H-REL-6");
  }
}

void file(Town& town, const Slip& slip) {
  town.office.must(
      "ARC",
      "GoodsReleaseSlipFiled",
      of_slip(town, slip).text("slip_no", slip.slip_no).scan("dig", slip.owner, "放行条").json());
}

void carry_out(Town& town) {
  const Unit* unit = town.any_unit([](const Unit& each) { return each.owner_lives_here; });
  if (unit == nullptr || unit->busy) {
    return;
  }
  const bool by_owner = town.random.percent(55);
  const auto slip = std::make_shared<Slip>(Slip{*unit,
                                                town.next_id("FXS"),
                                                town.next_id("FX"),
                                                by_owner ? unit->owner.id : town.new_person().id,
                                                unit->owner.id,
                                                by_owner});
  request(town, *slip);
  if (!by_owner && town.random.percent(15)) {
    refuse(town, *slip);
    return;
  }
  if (!by_owner) {
    call_owner(town, *slip);
  }
  town.office.must("CSA", "GoodsReleaseSlipIssued", slip_json(town, *slip));
  town.in_minutes(town.random.between(10, 60), [&town, slip] { leave(town, *slip); });
  town.then(town.office_hours_in(1), [&town, slip] { file(town, *slip); });
}

}  // namespace

void start_releases(Town& town) {
  town.every_working_day(8, 34, [&town] {
    for (std::size_t i = 0; i < 1 + town.units.size() / 500; ++i) {
      town.then(town.office_hours_in(0), [&town] { carry_out(town); });
    }
  });
}

}  // namespace juanzong::simulate
