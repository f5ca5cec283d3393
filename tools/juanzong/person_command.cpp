// SPDX-License-Identifier: Apache-2.0
// `juanzong person`: a person's own copy of what the ledger holds about him. Works on files, with
// the vault's key: for the archivist together with the operator.
#include "events/storage/durable_file.h"

#include "tools/juanzong/command.h"
#include "tools/juanzong/person_trail.h"

#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct PersonArguments {
  std::string directory;
  std::string ledger;
  std::string person;
  std::string out;
};

Outcome write_trail(const PersonArguments& arguments) {
  const auto person = hex16(arguments.person);
  if (!person) {
    return fail(ErrorCode::query_invalid, "--person: 32 位十六进制 / 32 hexadecimal digits");
  }
  const auto ledger = OfflineLedger::open(arguments.directory, arguments.ledger);
  if (!ledger) {
    return fail(ledger.error());
  }
  const Result<OpenField> open_field = offline_open_field(**ledger);
  if (!open_field) {
    return fail(open_field.error());
  }
  const Result<PersonTrail> trail = read_trail(**ledger, PersonId{*person}, *open_field);
  if (!trail) {
    return fail(trail.error());
  }
  const std::string text = trail_text(*trail, (*ledger)->head().zone);
  if (const Outcome written = write_file_durably(arguments.out, bytes_of(text)); !written) {
    return written;
  }
  const std::string json = boost::json::serialize(trail_json(*trail)) + "\n";
  return write_file_durably(arguments.out + ".json", bytes_of(json));
}

}  // namespace

void register_person(CLI::App& app, CommandContext& context) {
  CLI::App* person = app.add_subcommand("person", "个人信息 / personal data");
  person->require_subcommand(1);
  auto arguments = std::make_shared<PersonArguments>();
  CLI::App* command = person->add_subcommand(
      "export", "个人信息副本:谁登记了什么,谁查阅过 / who stated what about a person, who looked");
  command->add_option("--data", arguments->directory, "数据目录 / data directory")->required();
  command->add_option("--ledger", arguments->ledger, "卷宗名 / name of the ledger");
  command->add_option("--person", arguments->person, "个人编号 / person id")->required();
  command->add_option("--out", arguments->out, "文件;另写 .json / file; .json is written beside it")
      ->required();
  command->footer(
      "示例 example:\n  juanzong person export --data /srv/juanzong --person "
      "0123456789abcdef0123456789abcdef --out copy.txt");
  command->callback([arguments, &context] {
    if (const Outcome written = write_trail(*arguments); !written) {
      context.fail(written.error());
      return;
    }
    context.out << arguments->out << "\n" << arguments->out << ".json\n";
  });
}

}  // namespace juanzong::cli
