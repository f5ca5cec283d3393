// SPDX-License-Identifier: Apache-2.0
// The procedure's row for the catalogue: machines of volumes, documents and loans, and the day on
// which a loan is due.
#include "events/procedures/archives/archives_rules.h"

#include "events/procedures/archives/archives_generated.h"
#include "events/procedures/archives/archives_schema.h"
#include "events/procedures/joined_handlers.h"

#include <array>
#include <vector>

namespace juanzong {
namespace {

enum class Volume : std::uint8_t { none, open };
constexpr std::array<CaseStage, 2> volume_stages{{{"NONE", "未建立"}, {"OPEN", "在用"}}};
constexpr std::array volume_steps{
    opens("ArchiveVolumeOpened", Volume::open),
    note("DocumentArchived", StageSet<Volume>(Volume::open)),
};

using Document = ArchivedDocument;
constexpr std::array<CaseStage, 4> document_stages{
    {{"NONE", "未归档"}, {"ARCHIVED", "在档"}, {"LENT", "借出"}, {"VOIDED", "已作废"}}};
constexpr std::array document_steps{
    opens("DocumentArchived", Document::archived),
    step("DocumentVoided", Document::archived, Document::voided),
    note("DocumentBorrowRequested", from_to(Document::archived, Document::lent)),
    step("DocumentBorrowed", Document::archived, Document::lent),
    step("DocumentReturned", Document::lent, Document::archived),
};

using Loan = DocumentLoan;
constexpr std::array<CaseStage, 5> loan_stages{{{"NONE", "未申请"},
                                                {"REQUESTED", "已申请"},
                                                {"APPROVED", "已同意"},
                                                {"BORROWED", "借出"},
                                                {"RETURNED", "已归还"}}};
constexpr CaseStep lending{.event = "DocumentBorrowed",
                           .accepted_in = StageSet<Loan>(Loan::approved).bits,
                           .to = static_cast<std::uint8_t>(Loan::borrowed),
                           .otherwise = &archives::borrow_rule};
constexpr std::array loan_steps{
    opens("DocumentBorrowRequested", Loan::requested),
    step("DocumentBorrowApproved", Loan::requested, Loan::approved),
    lending,
    step("DocumentReturned", Loan::borrowed, Loan::returned),
};

enum class FileView : std::uint8_t { none, approved };
constexpr std::array<CaseStage, 2> view_stages{{{"NONE", "未批准"}, {"APPROVED", "已批准"}}};
constexpr std::array view_steps{opens("OwnerFileViewApproved", FileView::approved)};

constexpr std::string_view archive_readers = "CSA CSM PS PM ARC CL MDM QD AUD";
constexpr std::string_view privacy_readers = "PM ARC CL AUD";
constexpr std::array machines{
    CaseMachine{"volume", "档案卷宗", "Volumes", archive_readers, volume_stages, volume_steps},
    CaseMachine{"doc", "档案文件", "Documents", archive_readers, document_stages, document_steps},
    CaseMachine{"borrow", "文件借阅", "Loans", archive_readers, loan_stages, loan_steps},
    CaseMachine{"file_view",
                "业主档案查阅",
                "Views of owner files",
                privacy_readers,
                view_stages,
                view_steps},
};

std::optional<CivilDate> due_day(const std::uint8_t* body,
                                 const EventContext& /*context*/,
                                 const World& world) {
  const auto& event = *flatbuffers::GetRoot<body::DocumentBorrowed>(body);
  return world.get<ArchiveEntry>(archive_key("borrow", view_of(event.borrow_id()))).due;
}

constexpr std::array deadlines{
    DeadlineRule{.id = "D-ARC-3",
                 .clause = "S0§12.3(4)",
                 .zh = "借阅文件按期归还",
                 .en = "a borrowed document is back on the day agreed",
                 .begins = "DocumentBorrowed",
                 .ends = {"DocumentReturned"},
                 .stream = "borrow",
                 .responsible = Role::arc,
                 .counts_from = due_day},
};

constexpr std::array rules{archives::disclosure_rule,
                           archives::viewing_rule,
                           archives::contact_list_rule,
                           archives::borrow_rule,
                           archives::confidential_rule,
                           archives::bulk_rule};

constexpr std::array states{state_type<ArchiveEntry>("archive"), state_type<ViewerState>("viewer")};

std::vector<EventHandler> all_handlers() {
  return joined_handlers(
      {archives::loan_handlers(), archives::owner_info_handlers(), archives::viewing_handlers()});
}

}  // namespace

const Procedure& archives_procedure() {
  static const std::vector<EventHandler> handlers = all_handlers();
  static const Procedure procedure{.code = "P12",
                                   .name = "archives",
                                   .zh = "资料档案",
                                   .en = "Records and archives",
                                   .schema = archives_schema,
                                   .handlers = handlers,
                                   .rules = rules,
                                   .states = states,
                                   .deadlines = deadlines,
                                   .cases = machines};
  return procedure;
}

}  // namespace juanzong
