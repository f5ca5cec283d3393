// SPDX-License-Identifier: Apache-2.0
// Customer move-in (P03): the owner himself, or a tenant whom he let in.
#include "tools/simulate/scripts/scripts.h"

namespace juanzong::simulate {
namespace {

void welcome(Town& town, const Unit& unit, const std::string& tenancy) {
  const Person& person = unit.resident();
  town.office.must("CSA",
                   "MoveInCongratulated",
                   town.form()
                       .text("unit", unit.code)
                       .text("person", person.id)
                       .flag("needs_asked", true)
                       .text("gift", "绿植")
                       .json());
  Form notice = town.form();
  notice.text("unit", unit.code).texts("departments", {"ENG", "SEC", "CAS"});
  if (!tenancy.empty()) {
    notice.text("tenancy_id", tenancy);
  }
  town.office.must("CSA", "MoveInNotified", notice.json());
  town.office.must("CAS",
                   "BillingStartAnnotated",
                   town.form().text("unit", unit.code).text("from", to_text(town.today())).json());
}

Form of_tenancy(const Town& town, const Unit& unit, const std::string& tenancy) {
  return town.form().text("unit", unit.code).text("tenancy_id", tenancy);
}

void register_tenant(Town& town, const Unit& unit, const std::string& tenancy) {
  const Person& tenant = unit.tenant;
  town.office.must("CSA",
                   "TenantRegistered",
                   of_tenancy(town, unit, tenancy)
                       .text("tenant", tenant.id)
                       .secret("tenant_name", tenant.id, tenant.name)
                       .text("use", "RESIDENTIAL")
                       .scans("householder_id_proofs", tenant.id, "身份证")
                       .by("TENANT", tenant.id)
                       .json());
  town.office.must("CSA",
                   "SafetyResponsibilitySigned",
                   of_tenancy(town, unit, tenancy)
                       .text("party", tenant.id)
                       .text("doc_kind", "TENANT")
                       .text("doc_version", "2025A")
                       .flag("explained", true)
                       .by("TENANT", tenant.id)
                       .json());
}

}  // namespace

void move_owner_in(Town& town, Unit& unit) {
  const std::string today = to_text(town.today());
  const auto moves = [&] {
    return town.form()
        .text("unit", unit.code)
        .text("who", "OWNER")
        .text("person", unit.owner.id)
        .text("moved_in_on", today);
  };
  town.office.must("CSA", "MoveInConfirmed", moves().flag("identity_verified", true).json());
  town.office.must("CSA", "MoveInRegistered", moves().text("use", "RESIDENTIAL").json());
  unit.owner_lives_here = true;
  unit.busy = false;
  welcome(town, unit, "");
}

void rent_out(Town& town, Unit& unit) {
  const std::string tenancy = town.next_id("T");
  unit.tenant = town.new_person();
  Form consent = of_tenancy(town, unit, tenancy);
  consent.text("owner", unit.owner.id)
      .flag("owner_verified", true)
      .scan("undertaking", unit.owner.id, "承诺书")
      .scan("lease", unit.owner.id, "租赁合同")
      .text("lease_from", to_text(town.today()));
  town.office.must("CSA", "OwnerLeaseConsentRecorded", consent.by("OWNER", unit.owner.id).json());
  register_tenant(town, unit, tenancy);
  town.office.must("CSA",
                   "MoveInRegistered",
                   of_tenancy(town, unit, tenancy)
                       .text("person", unit.tenant.id)
                       .text("who", "TENANT")
                       .text("use", "RESIDENTIAL")
                       .text("moved_in_on", to_text(town.today()))
                       .json());
  unit.tenancy = tenancy;
  unit.busy = false;
  welcome(town, unit, tenancy);
}

}  // namespace juanzong::simulate
