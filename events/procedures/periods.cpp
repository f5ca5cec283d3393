// SPDX-License-Identifier: Apache-2.0
#include "events/procedures/periods.h"

namespace juanzong {
namespace {

PeriodSpan months_from(CivilDate day, std::int32_t count) {
  const std::int32_t month = month_of(day).months;
  const std::int32_t first = month - month % count;
  return {first_day(CivilMonth{first}), last_day(CivilMonth{first + count - 1})};
}

}  // namespace

PeriodSpan period_of(Period period, CivilDate day) {
  switch (period) {
    case Period::week: {
      const CivilDate monday = add_days(day, -weekday_of(day));
      return {monday, add_days(monday, 6)};
    }
    case Period::month:
      return months_from(day, 1);
    case Period::two_months:
      return months_from(day, 2);
    case Period::quarter:
      return months_from(day, 3);
    case Period::half_year:
      return months_from(day, 6);
    case Period::year:
      return months_from(day, 12);
    default:
      return {day, day};
  }
}

}  // namespace juanzong
