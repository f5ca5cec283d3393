// SPDX-License-Identifier: Apache-2.0
#include "events/model/error.h"

#include <algorithm>
#include <array>

namespace juanzong {
namespace {

struct Row {
  ErrorCode code;
  std::string_view name;
  std::string_view zh;
  std::string_view en;
};

constexpr std::array rows{
    Row{ErrorCode::malformed_frame,
        "malformed_frame",
        "数据帧格式错误,连接将关闭",
        "the frame is malformed; the connection is closed"},
    Row{ErrorCode::frame_too_large,
        "frame_too_large",
        "数据帧超过上限,请拆分请求",
        "the frame exceeds the limit; split the request"},
    Row{ErrorCode::malformed_request,
        "malformed_request",
        "请求字节不符合格式",
        "the request bytes do not have the documented layout"},
    Row{ErrorCode::unknown_event_type,
        "unknown_event_type",
        "未知的事件类型,请核对名称或升级程序",
        "unknown event type; check the name or upgrade"},
    Row{ErrorCode::schema_violation,
        "schema_violation",
        "事件内容不符合规定的栏目",
        "the event body does not satisfy its schema"},
    Row{ErrorCode::unknown_ledger, "unknown_ledger", "没有这个卷宗(项目)", "no such ledger"},
    Row{ErrorCode::not_authenticated,
        "not_authenticated",
        "尚未登录或登录无效",
        "not logged in, or the login was refused"},
    Row{ErrorCode::not_permitted,
        "not_permitted",
        "该岗位无权进行此操作",
        "this role may not do that"},
    Row{ErrorCode::bad_signature,
        "bad_signature",
        "签名与内容不符",
        "the signature does not match the bytes"},
    Row{ErrorCode::unknown_key, "unknown_key", "密钥未登记", "the key is not registered"},
    Row{ErrorCode::key_not_valid,
        "key_not_valid",
        "密钥已停用或已更换",
        "the key was revoked or replaced"},
    Row{ErrorCode::actor_chain_conflict,
        "actor_chain_conflict",
        "本密钥的上一请求已变化,请按新序号重新签名",
        "the key's previous request changed; sign again with the next sequence"},
    Row{ErrorCode::request_expired,
        "request_expired",
        "请求已过有效时间,请重新签名",
        "the request is past its not_after; sign it again"},
    Row{ErrorCode::request_id_reused,
        "request_id_reused",
        "请求编号已用于不同内容",
        "this request id was accepted with other bytes"},
    Row{ErrorCode::request_id_not_acceptable,
        "request_id_not_acceptable",
        "请求编号不是 UUIDv7 或其时间超前一天以上",
        "the request id is not a UUIDv7 or lies more than a day ahead"},
    Row{ErrorCode::opening_mismatch,
        "opening_mismatch",
        "个人信息与承诺值不符或缺少",
        "an opening is missing, superfluous or does not match its commitment"},
    Row{ErrorCode::attachment_missing,
        "attachment_missing",
        "附件尚未上传完成",
        "an attachment named by the event is not stored yet; upload it first"},
    Row{ErrorCode::busy, "busy", "服务器繁忙,请稍后重试", "the server is busy; retry later"},
    Row{ErrorCode::storage_full,
        "storage_full",
        "存储空间不足,已停止写入",
        "storage is full; writing has stopped"},
    Row{ErrorCode::outcome_unknown,
        "outcome_unknown",
        "结果未知:请用同一请求编号重试",
        "outcome unknown: retry with the same request id"},
    Row{ErrorCode::shutting_down, "shutting_down", "服务器正在关闭", "the server is shutting down"},
    Row{ErrorCode::not_found, "not_found", "未找到", "not found"},
    Row{ErrorCode::query_invalid, "query_invalid", "查询条件有误", "the query is invalid"},
    Row{ErrorCode::limit_exceeded, "limit_exceeded", "超过规定的上限", "a limit is exceeded"},
    Row{ErrorCode::writes_stopped,
        "writes_stopped",
        "时钟异常或存储故障,写入已停止",
        "writing has stopped (clock jump or storage failure)"},
    Row{ErrorCode::streams_mismatch,
        "streams_mismatch",
        "声明的案卷与事件内容不一致",
        "the named streams are not those of the event"},
    Row{ErrorCode::origin_mismatch,
        "origin_mismatch",
        "请求不属于本卷宗",
        "the request was signed for another origin"},
    Row{ErrorCode::corruption, "corruption", "数据损坏", "data are damaged"},
    Row{ErrorCode::io_failure, "io_failure", "读写失败", "reading or writing failed"},
    Row{ErrorCode::environment,
        "environment",
        "运行环境不满足要求",
        "the environment does not allow it"},
    Row{ErrorCode::ledger_behind_anchor,
        "ledger_behind_anchor",
        "数据库落后于锚定文件或签名进程的记录:可能被旧备份覆盖,拒绝使用",
        "the database is behind its anchor or signer (an old copy?); refused"},
    Row{ErrorCode::already_running,
        "already_running",
        "该目录已有服务器在运行",
        "another server runs on this directory"},
    Row{ErrorCode::key_file_permissions,
        "key_file_permissions",
        "密钥文件权限过宽,应为 0600",
        "the key file is readable by others; it must be 0600"},
    Row{ErrorCode::ledger_not_named,
        "ledger_not_named",
        "此处有多个卷宗,请用 --ledger 指明",
        "there are several ledgers here; name one with --ledger"},
    Row{ErrorCode::ledger_name_taken,
        "ledger_name_taken",
        "已有同名卷宗,请另取名称",
        "a ledger of this name is there already; choose another"},
    Row{ErrorCode::ledger_origin_taken,
        "ledger_origin_taken",
        "已有卷宗使用此来源标识,请另取",
        "a ledger of this origin is there already; choose another"},
    Row{ErrorCode::signature_required,
        "signature_required",
        "该请求须由经办人签名,登录会话不能代替",
        "this request needs its actor's signature; a login does not stand in for it"},
    Row{ErrorCode::ledger_stopped,
        "ledger_stopped",
        "该卷宗因程序故障已停止写入,请查看服务器日志并联系供应商;其他卷宗不受影响",
        "a fault of the program stopped writing to this ledger; see the server's log"},
    Row{ErrorCode::program_too_old,
        "program_too_old",
        "该卷宗已启用更新版本的规则,请升级程序",
        "this ledger was judged by newer rules than this program has; upgrade"},
    Row{ErrorCode::proof_invalid,
        "proof_invalid",
        "证明不成立,不要据此采信",
        "the proof does not hold; do not rely on it"},
};

const Row& row_of(ErrorCode code) {
  const auto* found = std::ranges::find(rows, code, &Row::code);
  return found == rows.end() ? rows[2] : *found;
}

}  // namespace

std::string_view name_of(ErrorCode code) {
  return row_of(code).name;
}

std::string_view zh_of(ErrorCode code) {
  return row_of(code).zh;
}

std::string_view en_of(ErrorCode code) {
  return row_of(code).en;
}

std::string to_text(const Error& error) {
  const Row& row = row_of(error.code);
  std::string text(row.name);
  text.append(": ").append(row.zh).append(" / ").append(row.en);
  if (!error.detail.empty()) {
    text.append(" (").append(error.detail).append(")");
  }
  return text;
}

}  // namespace juanzong
