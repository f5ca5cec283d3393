// SPDX-License-Identifier: Apache-2.0
// juanzong handover: offer, seal, import.
#include "server/pipeline/clock.h"

#include "tools/demo/child_process.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/handover_import.h"

#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct OfferArguments {
  std::string folder;
  std::string company;
  std::string origin;
  std::string founder = "S-ADM";
};

struct SealArguments {
  HandoverSeal wanted;
  std::string offer;
  std::string clock;
};

struct ImportArguments {
  HandoverImport wanted;
  std::string clock;
};

Result<UnixMicros> now_of(const std::string& clock_file) {
  if (clock_file.empty()) {
    return make_system_clock()->now();
  }
  return make_file_clock(clock_file)->now();
}

void run_offer(const OfferArguments& arguments, CommandContext& context) {
  const Result<HandoverOffer> offer =
      make_offer(arguments.folder, arguments.company, arguments.origin, arguments.founder);
  if (!offer) {
    context.fail(offer.error());
    return;
  }
  context.out << "把 " << OfferFiles(arguments.folder).offer.string()
              << " 交给移交方;其余文件是私钥,请妥善保管\n"
              << "give the offer to the company that hands over; the other files are private\n"
              << offer->next.verifier_key << "\n";
}

void run_seal(const SealArguments& arguments, CommandContext& context) {
  HandoverSeal wanted = arguments.wanted;
  Result<HandoverOffer> offer = read_offer(arguments.offer);
  const Result<UnixMicros> now = now_of(arguments.clock);
  if (!offer || !now) {
    context.fail(offer ? now.error() : offer.error());
    return;
  }
  wanted.offer = *std::move(offer);
  wanted.now = *now;
  const Result<SealedHandover> sealed = seal_handover(wanted);
  if (!sealed) {
    context.fail(sealed.error());
    return;
  }
  context.out << "已移交:共 " << sealed->records << " 条记录," << sealed->people << " 人,附件 "
              << sealed->blobs << " 份;移交包 " << wanted.package.string() << "\n"
              << "本单位的密钥自此对该卷宗无效;原目录只可读\n"
              << "handed over: " << sealed->records << " records, " << sealed->people << " people, "
              << sealed->blobs << " attachments. No key of this company is valid in "
              << "the ledger any more; the directory can be read\n";
}

// The auditor's program, as anybody would call it.
Outcome audit(const std::filesystem::path& directory) {
  const Result<std::filesystem::path> program = find_program("juanzong-audit");
  if (!program) {
    return fail(program.error());
  }
  return run_program(*program, {directory.string(), "--deep"}) == 0
             ? Outcome(Done{})
             : fail(ErrorCode::corruption, "juanzong-audit --deep: 核对未通过 / it found a fault");
}

void run_import(const ImportArguments& arguments, CommandContext& context) {
  HandoverImport wanted = arguments.wanted;
  const Result<UnixMicros> now = now_of(arguments.clock);
  if (!now) {
    context.fail(now.error());
    return;
  }
  wanted.now = *now;
  wanted.judge = audit;
  const Result<ImportedLedger> imported = import_handover(wanted);
  if (!imported) {
    context.fail(imported.error());
    return;
  }
  context.out << "已接管卷宗 " << imported->ledger << ":" << imported->records << " 条记录,"
              << "自下一条起来源标识为 " << imported->origin << "\n"
              << "took over ledger " << imported->ledger << ": " << imported->records
              << " records; from the next on its origin is " << imported->origin << "\n"
              << imported->verifier_key << "\n"
              << "请删除移交包中的 ledger.backup.keys 与 vault.kek.sealed\n"
              << "delete ledger.backup.keys and vault.kek.sealed of the package\n";
}

void add_clock(CLI::App& command, std::string& clock) {
  command.add_option(
      "--test-clock", clock, "仅供测试:从文件读取时间 / for tests: read the time from this file");
}

void register_offer(CLI::App& handover, CommandContext& context) {
  auto offering = std::make_shared<OfferArguments>();
  CLI::App* offer = handover.add_subcommand(
      "offer", "接管方:备妥新密钥与申请 / the successor: make keys and an offer");
  offer->add_option("--out", offering->folder, "新文件夹 / folder, must not exist")->required();
  offer->add_option("--company", offering->company, "接管单位名称 / name")->required();
  offer->add_option("--origin", offering->origin, "新的来源标识 / the next origin")->required();
  offer->add_option("--founder", offering->founder, "管理员工号 / id of the administrator");
  offer->footer(
      "示例 example:\n  juanzong handover offer --out offer --company 云和物业 --origin "
      "records.yunhe.cn/estate --founder Y-ADM");
  offer->callback([offering, &context] { run_offer(*offering, context); });
}

void register_seal(CLI::App& handover, CommandContext& context) {
  auto sealing = std::make_shared<SealArguments>();
  CLI::App* seal = handover.add_subcommand(
      "seal", "移交方:封卷并出移交包,须停服 / the former company: seal it, with no server running");
  seal->add_option("--data", sealing->wanted.directory, "数据目录 / data directory")->required();
  seal->add_option("--ledger", sealing->wanted.ledger, "卷宗名 / name of the ledger");
  seal->add_option("--offer", sealing->offer, "接管申请 / offer.json")->required();
  seal->add_option("--key", sealing->wanted.leader, "公司领导的私钥 / key of a leader (CL)")
      ->required();
  seal->add_option("--second-key",
                   sealing->wanted.administrator,
                   "系统管理员的私钥 / key of an administrator (ADM)")
      ->required();
  seal->add_option("--out", sealing->wanted.package, "移交包 / folder, must not exist")->required();
  add_clock(*seal, sealing->clock);
  seal->footer(
      "示例 example:\n  juanzong handover seal --data /srv/juanzong --offer offer.json --key "
      "CL.key "
      "--second-key ADM.key --out package");
  seal->callback([sealing, &context] { run_seal(*sealing, context); });
}

void register_take_over(CLI::App& handover, CommandContext& context) {
  auto importing = std::make_shared<ImportArguments>();
  CLI::App* import = handover.add_subcommand(
      "import", "接管方:核对并接管 / the successor: verify the package and take over");
  import->add_option("package", importing->wanted.package, "移交包 / the package")->required();
  import->add_option("--offer", importing->wanted.offer, "申请所在文件夹 / folder of the offer")
      ->required();
  import->add_option("--data", importing->wanted.directory, "新数据目录 / must not exist")
      ->required();
  add_clock(*import, importing->clock);
  import->footer(
      "示例 example:\n  juanzong handover import package --offer offer --data /srv/estate");
  import->callback([importing, &context] { run_import(*importing, context);
});
}  // namespace

}  // namespace juanzong::cli

void register_handover(CLI::App& app, CommandContext& context) {
  CLI::App* command = app.add_subcommand(
      "handover", "档案交接:更换管理单位 / hand a ledger over to another company");
  command->require_subcommand(1);

  register_offer(*command, context);
  register_seal(*command, context);
  register_take_over(*command, context);
}

}  // namespace juanzong::cli
