// SPDX-License-Identifier: Apache-2.0
// Notices (通知发文, P15): a text is drafted, approved by the project manager, issued under a
// number of its own, then posted or delivered. The stage is computed from the facts (DOMAIN 4.10).
#pragma once

#include "crypto/digest.h"

#include "events/procedures/procedure.h"
#include "events/procedures/world.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong {

[[nodiscard]] const Procedure& notices_procedure();
[[nodiscard]] std::span<const DeadlineRule> notice_deadlines();

// Key: notice id.
struct NoticeState {
  static constexpr StateKind kind = StateKind::notice;
  std::string title;
  std::uint8_t subject = 0;  // body::NoticeSubject
  crypto::Digest digest;
  std::optional<CivilDate> expires_on;
  std::optional<RecordIndex> drafted;
  CivilDate drafted_on;
  std::optional<RecordIndex> approved;  // absent again after a new draft
  std::optional<CivilDate> approved_on;
  std::string doc_no;
  std::string department;
  std::optional<RecordIndex> issued;
  std::optional<CivilDate> issue_date;
  std::vector<std::string> places;  // where it hangs now
  std::optional<RecordIndex> posted;
  std::optional<CivilDate> posted_on;  // first
  std::optional<RecordIndex> withdrawn;
  std::optional<CivilDate> withdrawn_on;
  std::uint64_t deliveries = 0;
  template <class Ar>
  void visit(Ar& ar) {
    ar(title,
       subject,
       digest,
       expires_on,
       drafted,
       drafted_on,
       approved,
       approved_on,
       doc_no,
       department,
       issued,
       issue_date,
       places,
       posted,
       posted_on,
       withdrawn,
       withdrawn_on,
       deliveries);
  }
};

// Key: notice id ‖ ':' ‖ person. Not in the notice itself, which thousands of households may get.
struct NoticeDeliveryState {
  static constexpr StateKind kind = StateKind::notice_receipt;
  RecordIndex index{};
  UnixMicros at;
  std::string unit;
  template <class Ar>
  void visit(Ar& ar) {
    ar(index, at, unit);
  }
};

enum class NoticeStage : std::uint8_t { none, drafted, approved, issued, posted, withdrawn };
[[nodiscard]] std::string_view code_of(NoticeStage stage);
[[nodiscard]] NoticeStage stage_of(const NoticeState& notice);

}  // namespace juanzong
