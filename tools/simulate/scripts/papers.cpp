// SPDX-License-Identifier: Apache-2.0
// Meetings (P16), notices (P15) and activities (P19).
#include "tools/simulate/scripts/scripts.h"

namespace juanzong::simulate {
namespace {

void finish_meeting(Town& town, const std::string& meeting, const std::string& action) {
  town.office.must("CSM",
                   "MeetingMinutesIssued",
                   town.form()
                       .text("meeting_id", meeting)
                       .scan("minutes", "", "会议纪要")
                       .text("distributed_at", town.office.now_text())
                       .json());
  town.then(town.office_hours_in(town.random.between(1, 9)), [&town, action] {
    town.office.must("CSA",
                     "MeetingActionDone",
                     town.form()
                         .text("action_id", action)
                         .text("result", "已办")
                         .text("done_on", to_text(town.today()))
                         .json());
  });
}

// One in eight minutes is late (D-MTG-2).
void meet(Town& town) {
  const std::string meeting = town.next_id("HY");
  const std::string action = town.next_id("JY");
  const UnixMicros begun{town.office.now().value - 3'600 * micros_per_second};
  town.office.must("CSM",
                   "MeetingHeld",
                   town.form()
                       .text("meeting_id", meeting)
                       .text("kind", "DEPT_WEEKLY")
                       .text("convenor", "S-CSM")
                       .texts("attendees", {"S-CSA", "S-CAS"})
                       .text("begun", to_rfc3339(begun))
                       .text("ended", town.office.now_text())
                       .text("agenda", "上周总结")
                       .json());
  town.office.must("CSM",
                   "MeetingActionAssigned",
                   town.form()
                       .text("action_id", action)
                       .text("meeting_id", meeting)
                       .text("owner", "S-CSA")
                       .text("what", "更换公告栏")
                       .text("due", to_text(add_days(town.today(), 7)))
                       .json());
  town.then(town.office_hours_in(town.random.percent(88) ? 1 : 6),
            [&town, meeting, action] { finish_meeting(town, meeting, action); });
}

// What is approved word for word, by its digest; here of the notice's number.
std::string digest_of(const std::string& notice) {
  std::string digest;
  while (digest.size() < 64) {
    for (const char c : notice) {
      digest += "0123456789abcdef"[static_cast<unsigned char>(c) % 16U];
    }
  }
  return digest.substr(0, 64);
}

void withdraw(Town& town, const std::string& notice) {
  town.office.must("CSA",
                   "NoticeWithdrawn",
                   town.form()
                       .text("notice_id", notice)
                       .texts("places", {"大堂"})
                       .text("at", town.office.now_text())
                       .json());
}

// The number under which it was issued.
std::string announce(Town& town, const std::string& title) {
  const std::string notice = town.next_id("TZ");
  const std::string number = town.next_id("WH");
  const std::string digest = digest_of(notice);
  const auto of_notice = [&] { return town.form().text("notice_id", notice); };
  town.office.must("CSA",
                   "NoticeDrafted",
                   of_notice()
                       .text("title", title)
                       .scan("body", "", title)
                       .text("digest", digest)
                       .text("subject", "IMPORTANT_MATTER")
                       .text("expires_on", to_text(add_days(town.today(), 10)))
                       .json());
  const auto issued = [&] {
    return of_notice()
        .text("doc_no", number)
        .text("title", title)
        .text("issue_date", to_text(town.today()))
        .text("department", "CS")
        .text("content_digest", digest)
        .flag("sealed", true)
        .flag("in_centre_name", true)
        .scan("archive_copy", "", title)
        .json();
  };
  if (town.random.percent(8)) {
    town.office.refused("CSA", "NoticeIssued", issued(), "H-NOT-1");
  }
  town.office.must(
      "PM", "NoticeApproved", of_notice().text("digest", digest).by_staff("PM").json());
  town.office.must("CSA", "NoticeIssued", issued());
  town.office.must("CSA",
                   "NoticePosted",
                   of_notice().texts("places", {"大堂"}).text("at", town.office.now_text()).json());
  town.then(town.at(add_days(town.today(), town.random.percent(85) ? 9 : 13), 10),
            [&town, notice] { withdraw(town, notice); });
  return number;
}

void hold_activity(Town& town, const std::string& activity) {
  town.office.must("CSA",
                   "ActivityHeld",
                   town.form()
                       .text("activity_id", activity)
                       .text("held_on", to_text(town.today()))
                       .number("attendance", town.random.between(20, 200))
                       .scans("photos", "", "活动照片")
                       .number("spend", 150'000)
                       .json());
}

void plan_activity(Town& town) {
  const std::string activity = town.next_id("HD");
  const CivilDate day = add_days(town.today(), 14);
  town.office.must("PM",
                   "ActivityProposalApproved",
                   town.form()
                       .text("activity_id", activity)
                       .text("title", "邻里节")
                       .text("date", to_text(day))
                       .text("place", "中心广场")
                       .number("budget", 200'000)
                       .scan("proposal", "", "活动方案")
                       .by_staff("MDM")
                       .by_staff("FIN")
                       .by_staff("CL")
                       .json());
  const std::string number = announce(town, "邻里节");
  town.office.must("CSA",
                   "ActivityAnnounced",
                   town.form()
                       .text("activity_id", activity)
                       .text("doc_no", number)
                       .text("posted_on", to_text(town.today()))
                       .json());
  town.then(town.at(day, 18), [&town, activity] { hold_activity(town, activity); });
}

}  // namespace

void start_papers(Town& town) {
  town.every_week(0, 10, 0, [&town] { meet(town); });
  town.every_week(1, 14, 0, [&town] { static_cast<void>(announce(town, "停水通知")); });
  town.every_month(12, 9, 50, [&town] {
    if (month_of(town.today()).months % 2 == 0) {
      plan_activity(town);
    }
  });
}

}  // namespace juanzong::simulate
