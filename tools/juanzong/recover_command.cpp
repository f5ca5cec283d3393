// SPDX-License-Identifier: Apache-2.0
// juanzong recover: puts on record that the newest records of a restored ledger are lost.
#include "server/pipeline/clock.h"

#include "tools/juanzong/command.h"
#include "tools/juanzong/recovery.h"

#include <boost/json.hpp>

#include <map>
#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct RecoverArguments {
  Recovery wanted;
  bool json = false;
};

void run_recover(const RecoverArguments& arguments, CommandContext& context) {
  Recovery wanted = arguments.wanted;
  wanted.now = make_system_clock()->now();
  const Result<DeclaredRecovery> declared = declare_recovery(wanted);
  if (!declared) {
    context.fail(declared.error());
    if (declared.error().code == ErrorCode::not_permitted) {
      context.exit_code = ExitCode::refused;
    }
    return;
  }
  if (arguments.json) {
    context.out << boost::json::serialize(boost::json::object{{"vkey", declared->verifier_key},
                                                              {"declared_at", declared->size},
                                                              {"first_lost", declared->size},
                                                              {"last_lost", declared->known - 1}})
                << "\n";
    return;
  }
  context.out << declared->verifier_key << "\n";
  context.err << "已声明恢复:丢失第 " << declared->size << " 至 " << declared->known - 1
              << " 条;新的验证公钥见上,请公布并告知见证人与持有收据的人。\n"
                 "declared: records "
              << declared->size << " to " << declared->known - 1
              << " are lost; publish the new verifier key above, tell witnesses and holders of "
                 "receipts.\n";
}

}  // namespace

void register_recover(CLI::App& app, CommandContext& context) {
  static const std::map<std::string, LossReason> reasons{
      {"STORAGE_LOST", LossReason::storage_lost},
      {"STORAGE_DAMAGED", LossReason::storage_damaged},
      {"OLD_COPY", LossReason::old_copy},
      {"OTHER", LossReason::other}};
  auto arguments = std::make_shared<RecoverArguments>();
  Recovery& wanted = arguments->wanted;
  CLI::App* command = app.add_subcommand(
      "recover",
      "声明记录丢失并以新的来源标识续卷,须先停服、两人签署 / declare the loss of a restored "
      "ledger, which goes on under another origin; two people sign, no server runs");
  command->add_option("--data", wanted.directory, "数据目录 / data directory")->required();
  command->add_option("--ledger", wanted.ledger, "卷宗名 / name of the ledger");
  command->add_option("--origin", wanted.origin, "新的来源标识 / the next origin")->required();
  command->add_option("--key", wanted.administrator, "系统管理员的私钥 / an administrator's key")
      ->required();
  command
      ->add_option(
          "--second-key", wanted.second, "第二人的私钥(ADM、CL、PM)/ the second signer's key")
      ->required();
  command->add_option("--reason", wanted.reason, "丢失原因 / why they are lost")
      ->required()
      ->transform(CLI::CheckedTransformer(reasons));
  command->add_flag("--json", arguments->json, "一个 JSON 对象 / one JSON object");
  command->footer(
      "示例 example:\n  juanzong recover --data /srv/juanzong.new --origin "
      "records.example.com/estate/2 \\\n      --key founder.key --second-key S-CL.key --reason "
      "STORAGE_LOST");
  command->callback([arguments, &context] { run_recover(*arguments, context); });
}

}  // namespace juanzong::cli
