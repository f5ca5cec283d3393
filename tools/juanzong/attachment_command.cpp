// SPDX-License-Identifier: Apache-2.0
#include "events/storage/durable_file.h"

#include "tools/juanzong/command.h"
#include "tools/juanzong/server_options.h"

#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct AttachmentArguments {
  ServerOptions server;
  std::uint64_t index = 0;
  std::string path;
  std::string view_id;
  std::string out;
};

void run_attachment(const AttachmentArguments& arguments, CommandContext& context) {
  const auto session = ServerSession::open(arguments.server);
  const auto fetched = session
                           ? (*session)->client().attachment(
                                 RecordIndex{arguments.index}, arguments.path, arguments.view_id)
                           : Result<Client::Attachment>(fail(session.error()));
  if (!fetched) {
    context.fail(fetched.error());
    return;
  }
  if (const Outcome written = write_file_durably(arguments.out, fetched->content); !written) {
    context.fail(written.error());
    return;
  }
  context.out << arguments.out << " " << fetched->media_type << " " << fetched->content.size()
              << "\n";
}

}  // namespace

void register_attachment(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<AttachmentArguments>();
  CLI::App* command =
      app.add_subcommand("attachment", "取回附件 / read an attachment of a record back");
  add_server_options(*command, arguments->server);
  command->add_option("--index", arguments->index, "记录序号 / index of the record")->required();
  command->add_option("--path", arguments->path, "栏目 / field, e.g. form")->required();
  command->add_option("--view-id",
                      arguments->view_id,
                      "查阅批准编号 / the archivist's approval, for copies of documents");
  command->add_option("--out", arguments->out, "保存为 / file to write")->required();
  command->footer(
      "示例 example:\n  juanzong attachment --server 127.0.0.1:7621 --cert tls.cert.pem "
      "--key S-ARC.key --index 61 --path form --out acceptance.pdf");
  command->callback([arguments, &context] { run_attachment(*arguments, context); });
}

}  // namespace juanzong::cli
