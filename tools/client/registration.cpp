// SPDX-License-Identifier: Apache-2.0
#include "tools/client/registration.h"

#include "crypto/hex.h"

#include "events/log/request.h"

#include <boost/json.hpp>

namespace juanzong {
namespace {

boost::json::object key_statement(std::string_view staff, const crypto::PublicKey& key) {
  return {{"type", "ActorKeyRegistered"},
          {"body",
           boost::json::object{{"staff", staff},
                               {"public_key", crypto::hex_encode(key.view())},
                               {"key_id", crypto::hex_encode(key_id_of(key).view())},
                               {"custody", "FILE"}}}};
}

}  // namespace

std::string registration_line(const Registration& registration, const crypto::PublicKey& key) {
  const boost::json::object staff{{"type", "StaffRegistered"},
                                  {"body",
                                   boost::json::object{{"staff", registration.staff},
                                                       {"department", registration.department},
                                                       {"badge_no", registration.badge_no},
                                                       {"roles", registration.roles}}}};
  return boost::json::serialize(boost::json::array{staff, key_statement(registration.staff, key)});
}

std::string key_registration_line(std::string_view staff, const crypto::PublicKey& key) {
  return boost::json::serialize(key_statement(staff, key));
}

}  // namespace juanzong
