// SPDX-License-Identifier: Apache-2.0
// Files of a case, what an auditor's replay found, and evidence that left the house.
#include "events/model/limits.h"
#include "events/procedures/case_checks.h"
#include "events/procedures/parties.h"
#include "events/procedures/signature_disputes/signature_disputes.h"
#include "events/procedures/signature_disputes/signature_disputes_generated.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

// "application/pdf": lower case, one slash. No parameters, which could say more than the type.
bool is_media_type(std::string_view text) {
  const auto is_word = [](std::string_view word) {
    return !word.empty() && word.size() <= 64 && std::ranges::all_of(word, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+';
    });
  };
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos && is_word(text.substr(0, slash)) &&
         is_word(text.substr(slash + 1));
}

void decide_stored(const body::AttachmentStored& event,
                   const EventContext& context,
                   const World&,
                   Decision& decision) {
  if (event.bytes() > limits::blob_bytes_max) {
    decision.refuse_schema("bytes", "文件超过允许大小", "larger than a file may be");
  }
  if (!is_media_type(view_of(event.media()))) {
    decision.refuse_schema(
        "media", "文件类型须如 application/pdf", "a media type as application/pdf");
  }
  if (event.about() != nullptr) {
    check_earlier_record("about", *event.about(), context, decision);
  }
}

void decide_replay(const body::AuditReplayPerformed& event,
                   const EventContext& context,
                   const World& world,
                   Decision& decision) {
  check_digest("head", *event.head(), decision);
  if (!staff_has_role(world, view_of(event.auditor()), Role::aud)) {
    decision.refuse_schema("auditor", "不是审计员", "this is not an auditor");
  }
  if (event.from() > event.to() || event.to() >= number(context.index)) {
    decision.refuse_schema(
        "to", "重放区间须在本记录之前", "the records that were replayed lie before this one");
  }
  const bool differs = event.result() == body::ReplayResult::DIFFERS;
  const bool names_one = event.first_bad() >= event.from() && event.first_bad() <= event.to();
  if (differs ? !names_one : event.first_bad() != 0) {
    decision.refuse_schema("first_bad",
                           "不一致须指明首条不一致的记录,一致则无",
                           "what differs names its first record, what matches names none");
  }
}

void decide_exported(const body::EvidenceExported& event,
                     const EventContext& context,
                     const World&,
                     Decision& decision) {
  check_digest("manifest", *event.manifest(), decision);
  if (event.size() > number(context.index)) {
    decision.refuse_schema(
        "size", "所据检查点须在本记录之前", "the checkpoint that it rests on lies before this one");
  }
}

constexpr std::array handlers{
    event<body::AttachmentStored, decide_stored, apply_nothing<body::AttachmentStored>>(
        "AttachmentStored"),
    event<body::AuditReplayPerformed, decide_replay, apply_nothing<body::AuditReplayPerformed>>(
        "AuditReplayPerformed"),
    event<body::EvidenceExported, decide_exported, apply_nothing<body::EvidenceExported>>(
        "EvidenceExported"),
};

}  // namespace

std::span<const EventHandler> evidence_handlers() {
  return handlers;
}

}  // namespace juanzong
