// SPDX-License-Identifier: Apache-2.0
// `juanzong catalogue`: which events there are, and the reference of the procedures.
#include "events/procedures/catalogue.h"

#include "projections/views/query.h"

#include "tools/catalogue/procedures_document.h"
#include "tools/juanzong/command.h"
#include "tools/terminal/text_table.h"

#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct CatalogueArguments {
  bool markdown = false;
  std::string source = ".";  // root of the tree, for the rule tests
};

std::string list_of_events() {
  std::vector<std::vector<std::string>> rows;
  for (const CatalogueEntry* entry : catalogue().entries()) {
    const EventDescriptor& event = entry->descriptor;
    rows.push_back({std::to_string(number(event.type)),
                    event.name,
                    event.zh,
                    event.procedure,
                    to_text(event.append)});
  }
  return terminal::format_table({{"编号", terminal::Align::right},
                                 {"事件 event"},
                                 {"中文"},
                                 {"程序 procedure"},
                                 {"可录入 append"}},
                                rows);
}

void run_catalogue(const CatalogueArguments& arguments, CommandContext& context) {
  if (!arguments.markdown) {
    context.out << list_of_events();
    return;
  }
  const auto tests =
      QuotedNames::read(std::filesystem::path(arguments.source) / "tests/events/procedures");
  if (!tests) {
    context.fail(tests.error());
    return;
  }
  const std::vector<ViewInfo> all = views();
  context.out << procedures_document({catalogue(), all, *tests});
}

}  // namespace

void register_catalogue(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<CatalogueArguments>();
  CLI::App* command = app.add_subcommand(
      "catalogue", "事件目录与程序参考 / list of events, reference of the procedures");
  command->add_flag("--markdown", arguments->markdown, "全部程序的参考 / the whole reference");
  command->add_option("--source",
                      arguments->source,
                      "源码目录,用于列出每条规则的测试 / the source tree, whose tests are named");
  command->footer(
      "示例 example:\n"
      "  juanzong catalogue --markdown --source . > docs/PROCEDURES.md");
  command->callback([arguments, &context] { run_catalogue(*arguments, context); });
}

}  // namespace juanzong::cli
