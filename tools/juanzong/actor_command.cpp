// SPDX-License-Identifier: Apache-2.0
// `juanzong actor`: staff, roles and keys, which are records like everything else. A new key signs
// the request that registers it; its file exists before the server hears of the key, so that no
// registered key is ever without its file.
#include "crypto/hex.h"
#include "crypto/key_file.h"

#include "tools/client/registration.h"
#include "tools/juanzong/append_reply.h"
#include "tools/juanzong/command.h"
#include "tools/juanzong/server_ledger.h"
#include "tools/juanzong/server_options.h"

#include <filesystem>
#include <memory>
#include <ostream>

namespace juanzong::cli {
namespace {

struct ActorArguments {
  ServerOptions server;
  Registration registration;
  std::string key_out;
  std::string key_id;
  std::string compromised_since;
  bool json = false;
};

std::string key_id_text(const crypto::PublicKey& key) {
  return crypto::hex_encode(key_id_of(key).view());
}

std::string statement_line(std::string_view type, boost::json::object body) {
  return boost::json::serialize(boost::json::object{{"type", type}, {"body", std::move(body)}});
}

// What happened, for programs or people; `about` names staff and key.
void tell(const AppendReply& reply,
          boost::json::object about,
          const ActorArguments& arguments,
          CommandContext& context) {
  context.exit_code = exit_code_of(reply);
  const bool done = context.exit_code == ExitCode::done;
  if (arguments.json) {
    const boost::json::value answer = reply_json(reply, false);
    for (const auto& member : answer.get_object()) {
      about[member.key()] = member.value();
    }
    context.out << boost::json::serialize(about) << "\n";
    return;
  }
  std::ostream& out = done ? context.out : context.err;
  out << reply_text(reply) << "\n";
  for (const auto& member : about) {
    out << "  " << std::string(member.key()) << " " << std::string(member.value().as_string())
        << "\n";
  }
}

Result<std::shared_ptr<const crypto::PrivateKey>> new_key_file(const std::string& file) {
  auto key = std::make_shared<const crypto::PrivateKey>(crypto::PrivateKey::generate());
  if (const auto error = crypto::write_private_key(file, *key)) {
    return fail(ErrorCode::environment, file + ": " + crypto::name_of(*error));
  }
  return key;
}

// Sends the line that `line_of` makes for a session and a new key; takes the key file back when
// the key is surely not registered.
template <class LineOf>
void register_new_key(const ActorArguments& arguments, CommandContext& context, LineOf line_of) {
  const auto key = new_key_file(arguments.key_out);
  if (!key) {
    context.fail(key.error());
    return;
  }
  const auto session = ServerSession::open(arguments.server, {*key});
  AppendReply reply = session ? AppendReply(Error{}) : AppendReply(session.error());
  std::string staff = arguments.registration.staff;
  if (session) {
    staff = staff.empty() ? (*session)->client().facts().staff : staff;
    reply = (*session)->submitter().submit(line_of(**session, (*key)->public_key()));
  }
  const ExitCode code = exit_code_of(reply);
  if (code != ExitCode::done && code != ExitCode::outcome_unknown) {
    std::error_code ignored;
    std::filesystem::remove(arguments.key_out, ignored);
  }
  tell(reply,
       {{"staff", staff},
        {"key_id", key_id_text((*key)->public_key())},
        {"key_file", arguments.key_out}},
       arguments,
       context);
}

void run_add(const ActorArguments& arguments, CommandContext& context) {
  register_new_key(arguments, context, [&arguments](ServerSession&, const crypto::PublicKey& key) {
    return registration_line(arguments.registration, key);
  });
}

void run_rotate(const ActorArguments& arguments, CommandContext& context) {
  const auto old_key = load_key(arguments.server.key_file);
  if (!old_key) {
    context.fail(old_key.error());
    return;
  }
  register_new_key(
      arguments, context, [&old_key](ServerSession& session, const crypto::PublicKey& key) {
        return statement_line("ActorKeyRotated",
                              {{"staff", session.client().facts().staff},
                               {"old_key_id", key_id_text((*old_key)->public_key())},
                               {"public_key", crypto::hex_encode(key.view())},
                               {"key_id", key_id_text(key)},
                               {"custody", "FILE"}});
      });
}

void run_roles(const ActorArguments& arguments, CommandContext& context) {
  const auto session = ServerSession::open(arguments.server);
  if (!session) {
    context.fail(session.error());
    return;
  }
  const Registration& change = arguments.registration;
  tell((*session)->submitter().submit(
           statement_line("StaffRoleChanged", {{"staff", change.staff}, {"roles", change.roles}})),
       {{"staff", change.staff}, {"roles", change.roles}},
       arguments,
       context);
}

void run_revoke(const ActorArguments& arguments, CommandContext& context) {
  const auto session = ServerSession::open(arguments.server);
  const Result<std::string> staff =
      session ? staff_of_key((*session)->client(), arguments.key_id) : fail(session.error());
  if (!staff) {
    context.fail(staff.error());
    return;
  }
  if (staff->empty()) {
    context.fail({ErrorCode::not_found, "--key-id: 未登记 / not registered"});
    return;
  }
  boost::json::object body{{"key_id", arguments.key_id}, {"staff", *staff}};
  if (!arguments.compromised_since.empty()) {
    body["compromised_since"] = arguments.compromised_since;
  }
  tell((*session)->submitter().submit(statement_line("ActorKeyRevoked", std::move(body))),
       {{"staff", *staff}, {"key_id", arguments.key_id}},
       arguments,
       context);
}

using Run = void (*)(const ActorArguments& arguments, CommandContext& context);

struct Subcommand {
  const char* name;
  const char* help;
  const char* example;
  Run run;
};

CLI::App* add_subcommand(CLI::App& actor,
                         const Subcommand& what,
                         const std::shared_ptr<ActorArguments>& arguments,
                         CommandContext& context) {
  CLI::App* command = actor.add_subcommand(what.name, what.help);
  add_server_options(*command, arguments->server);
  command->add_flag("--json", arguments->json, "一个 JSON 对象 / one JSON object");
  command->footer(std::string("示例 example:\n  juanzong actor ") + what.name +
                  " --server 127.0.0.1:7621 --cert DIR/keys/tls.cert.pem "
                  "--key DIR/keys/founder.key " +
                  what.example);
  command->callback([arguments, &context, run = what.run] { run(*arguments, context); });
  return command;
}

constexpr Subcommand add_staff{"add",
                               "登记员工及新密钥 / register staff with a new key",
                               "--staff S-017 --roles \"CSA KEY\" --badge B-017 "
                               "--department PROJECT --key-out S-017.key",
                               run_add};
constexpr Subcommand change_roles{
    "roles", "变更岗位 / change roles", "--staff S-017 --roles CSM", run_roles};
constexpr Subcommand rotate_key{
    "rotate", "更换自己的密钥 / replace one's own key", "--key-out S-017-2.key", run_rotate};
constexpr Subcommand revoke_key{
    "revoke", "停用密钥 / revoke a key", "--key-id 0123…cdef", run_revoke};

}  // namespace

void register_actor(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<ActorArguments>();
  Registration& registration = arguments->registration;
  CLI::App* actor = app.add_subcommand("actor", "员工、岗位与密钥 / staff, roles and keys");
  actor->require_subcommand(1);
  CLI::App* add = add_subcommand(*actor, add_staff, arguments, context);
  add->add_option("--staff", registration.staff, "工号 / staff id")->required();
  add->add_option("--roles", registration.roles, "岗位代码,空格分隔 / role codes")->required();
  add->add_option("--badge", registration.badge_no, "工牌号 / badge")->required();
  add->add_option("--department", registration.department, "部门代码 / department")->required();
  add->add_option("--key-out", arguments->key_out, "新私钥文件 / file for the new key")->required();
  CLI::App* roles = add_subcommand(*actor, change_roles, arguments, context);
  roles->add_option("--staff", registration.staff, "工号 / staff id")->required();
  roles->add_option("--roles", registration.roles, "新的岗位代码 / new role codes")->required();
  CLI::App* rotate = add_subcommand(*actor, rotate_key, arguments, context);
  rotate->add_option("--key-out", arguments->key_out, "新私钥文件 / new key file")->required();
  CLI::App* revoke = add_subcommand(*actor, revoke_key, arguments, context);
  revoke->add_option("--key-id", arguments->key_id, "密钥标识(64 位十六进制) / id of the key")
      ->required();
  revoke->add_option("--compromised-since",
                     arguments->compromised_since,
                     "自何时起失窃(RFC 3339) / since when it is in other hands");
}

}  // namespace juanzong::cli
