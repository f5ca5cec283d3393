// SPDX-License-Identifier: Apache-2.0
#include "events/log/ordered_pass.h"

#include "events/log/record.h"
#include "events/model/byte_io.h"

#include <algorithm>
#include <utility>

namespace juanzong {
namespace {

constexpr std::size_t signature_bytes = sizeof(KeyId) + crypto::Signature::size_bytes;

bool same(ByteView a, ByteView b) {
  return std::ranges::equal(a, b);
}

// The stream that names the next origin (record.h); "" if there is none.
std::string named_origin(const RecordScan& scan) {
  constexpr std::string_view prefix = "origin:";
  ByteReader names(scan.streams);
  for (std::size_t i = 0; i < scan.stream_count; ++i) {
    const std::string_view name = text_of(names.take_sized<std::uint8_t>());
    static_cast<void>(names.take<std::uint64_t>());
    if (name.starts_with(prefix)) {
      return std::string(name);
    }
  }
  return {};
}

}  // namespace

bool OrderedPass::accept(const ExaminedRecord& examined,
                         const ExaminedRecord* next,
                         const LogVerifierOptions& options) {
  const RecordScan& scan = examined.record.scan;
  if (auto finding = judge(examined)) {
    report(*std::move(finding), examined, next);
    return false;
  }
  tree_.append(examined.record.leaf);
  leaf_ = examined.record.leaf;
  recorded_at_ = scan.recorded_at;
  const bool ends_request_of_two = scan.signatures.size() >= 2 * signature_bytes &&
                                   scan.statement_number + 1U == scan.statement_count;
  clock_corrected_ = scan.type == clock_corrected_type && ends_request_of_two;
  if (changes_origin(scan.type) && ends_request_of_two) {
    next_origin_stream_ = named_origin(scan);
  }
  result_.size = tree_.size();
  if (std::ranges::binary_search(options.watched_sizes, tree_.size())) {
    result_.roots.emplace(tree_.size(), tree_.root());
  }
  return !options.visit || options.visit(examined.record);
}

void OrderedPass::finish() {
  if (!result_.finding && expected_statement_ != 0) {
    result_.finding = LogFinding{RecordIndex{tree_.size()},
                                 LogFault::request,
                                 "日志在一个请求中间结束:该请求的后续记录缺失",
                                 "the log ends inside a request: its other records are missing"};
  }
  result_.root = tree_.root();
  result_.streams = streams_.size();
  result_.keys = keys_.size();
}

OrderedPass::Judgement OrderedPass::judge(const ExaminedRecord& examined) {
  const RecordScan& scan = examined.record.scan;
  if (!examined.has_layout) {
    return Words{LogFault::layout, "记录的格式不合规定", "the record does not have its layout"};
  }
  if (number(scan.index) != tree_.size()) {
    return Words{LogFault::index,
                 "此处应为第 " + std::to_string(tree_.size()) + " 条,却是第 " +
                     std::to_string(number(scan.index)) + " 条:有记录被删除、插入或调换",
                 "expected record " + std::to_string(tree_.size()) + ", found record " +
                     std::to_string(number(scan.index)) + ": removed, inserted or reordered"};
  }
  for (const auto check :
       {&OrderedPass::judge_envelope, &OrderedPass::judge_request, &OrderedPass::judge_streams}) {
    if (auto found = (this->*check)(examined)) {
      return found;
    }
  }
  return std::nullopt;
}

OrderedPass::Judgement OrderedPass::judge_envelope(const ExaminedRecord& examined) {
  const RecordScan& scan = examined.record.scan;
  if (tree_.size() == 0) {
    result_.origin = scan.origin;
    result_.origins = {{0, std::string(scan.origin)}};
    leaf_ = genesis_link(scan.origin);
  }
  // First what the record says about itself, so that the altered one is named, not its neighbour.
  if (!examined.under_root) {
    return Words{LogFault::statement_path,
                 "事项内容与其签署的请求不符",
                 "the statement is not the one that was signed (path to R)"};
  }
  if (auto found = judge_origin(scan)) {
    return found;
  }
  if (scan.prev != leaf_) {
    return Words{LogFault::chain,
                 "所记的前一条指纹与前一条不符:哈希链断裂",
                 "prev is not the leaf hash of the record before: the chain is broken"};
  }
  // Two people signed that the clock was ahead: once, right after it, time may fall.
  if (scan.recorded_at < recorded_at_ && !clock_corrected_) {
    return Words{LogFault::time, "入卷时间早于前一条", "recorded_at is before the record before"};
  }
  return std::nullopt;
}

// One origin, until a record of two signatures names the next; then the next and no other.
OrderedPass::Judgement OrderedPass::judge_origin(const RecordScan& scan) {
  if (next_origin_stream_.empty()) {
    return scan.origin == result_.origins.back().origin
               ? Judgement()
               : Words{LogFault::origin, "来源标识与本卷宗不同", "the origin is another ledger's"};
  }
  if (origin_stream(scan.origin) != next_origin_stream_) {
    return Words{LogFault::origin,
                 "来源标识不是前一条所声明的",
                 "the origin is not the one that the record before declares"};
  }
  result_.origins.push_back({number(scan.index), std::string(scan.origin)});
  next_origin_stream_.clear();
  return std::nullopt;
}

OrderedPass::Judgement OrderedPass::judge_request(const ExaminedRecord& examined) {
  const RecordScan& scan = examined.record.scan;
  if (scan.statement_number != expected_statement_) {
    return Words{
        LogFault::request,
        "请求不完整:应为其第 " + std::to_string(expected_statement_ + 1) + " 项",
        "incomplete request: expected its statement " + std::to_string(expected_statement_)};
  }
  if (scan.statement_number == 0) {
    if (auto found = begin_request(examined.record)) {
      return found;
    }
  } else if (!same(scan.header, header_) || !same(scan.signatures, signatures_) ||
             scan.recorded_at != recorded_at_) {
    return Words{LogFault::request,
                 "同一请求的各条记录请求头、签名或时间不一致",
                 "records of one request differ in header, signatures or time"};
  }
  const bool last = scan.statement_number + 1U == scan.statement_count;
  expected_statement_ = last ? 0U : scan.statement_number + 1U;
  return std::nullopt;
}

OrderedPass::Judgement OrderedPass::begin_request(const VerifiedRecord& record) {
  const RecordScan& scan = record.scan;
  header_.assign(scan.header.begin(), scan.header.end());
  signatures_.assign(scan.signatures.begin(), scan.signatures.end());
  ++result_.requests;
  if (!request_ids_.insert(scan.request_id)) {
    return Words{LogFault::request_id, "请求编号重复使用", "the request id was used before"};
  }
  KeyChain& chain = keys_[scan.key_id];
  if (scan.key_seq != chain.seq + 1 || scan.prev_request != chain.last) {
    return Words{LogFault::key_chain,
                 "该密钥的请求链不连续:应为第 " + std::to_string(chain.seq + 1) +
                     " 个请求,有请求被删除、插入或改动",
                 "the chain of this key is broken: expected request " +
                     std::to_string(chain.seq + 1) + " of the key"};
  }
  chain = {scan.key_seq, record.request_hash};
  return std::nullopt;
}

OrderedPass::Judgement OrderedPass::judge_streams(const ExaminedRecord& examined) {
  const RecordScan& scan = examined.record.scan;
  ByteReader names(scan.streams);
  ByteReader links(scan.links);
  for (std::size_t i = 0; i < scan.stream_count; ++i) {
    const std::string_view name = text_of(names.take_sized<std::uint8_t>());
    static_cast<void>(names.take<std::uint64_t>());
    StreamTable::Head& head = streams_.at(name);
    const auto version = links.take<std::uint64_t>();
    const auto previous = links.take<std::uint64_t>();
    if (version != head.version + 1 || previous != head.last) {
      return Words{LogFault::stream,
                   "案卷 " + std::string(name) + " 的链接有误:应为第 " +
                       std::to_string(head.version + 1) + " 条",
                   "stream " + std::string(name) + ": expected version " +
                       std::to_string(head.version + 1) + " and the index before it"};
    }
    head = {version, number(scan.index)};
  }
  return std::nullopt;
}

// A broken link between two records accuses both. If the next record links to this one as it
// stands, this one is whole and the one before was altered.
void OrderedPass::report(Words found, const ExaminedRecord& examined, const ExaminedRecord* next) {
  std::uint64_t index = tree_.size();
  const bool whole = next != nullptr && next->has_layout && examined.has_layout &&
                     next->record.scan.prev == examined.record.leaf;
  if (found.fault == LogFault::chain && whole && index > 0) {
    --index;
    found.zh = "记录被改动:其指纹与后一条所记不符";
    found.en = "the record was altered: the next record names another leaf hash";
  }
  result_.finding =
      LogFinding{RecordIndex{index}, found.fault, std::move(found.zh), std::move(found.en)};
}

}  // namespace juanzong
