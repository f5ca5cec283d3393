// SPDX-License-Identifier: Apache-2.0
#include "events/log/log_verifier.h"

#include "events/log/flat_index.h"
#include "events/log/record.h"
#include "events/log/request.h"
#include "events/model/byte_io.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <unordered_map>

namespace juanzong {
namespace {

constexpr std::size_t block_records = 8'192;
constexpr std::size_t slice_records = 128;

// A record as the hashing threads leave it.
struct Examined {
  VerifiedRecord record;
  bool has_layout = false;
  bool under_root = false;  // the statement is under R of its header
};

bool statement_is_under_root(const RecordScan& scan) {
  std::array<crypto::Digest, 16> path;
  const std::size_t count = scan.path.size() / crypto::Digest::size_bytes;
  ByteReader in(scan.path);
  for (std::size_t i = 0; i < count; ++i) {
    path[i] = in.take_digest();
  }
  return crypto::verify_inclusion(scan.statement_number,
                                  scan.statement_count,
                                  crypto::leaf_hash(scan.statement),
                                  std::span(path).first(count),
                                  scan.statements_root);
}

void examine(ByteView bytes, Examined& examined) {
  examined.has_layout = scan_record(bytes, examined.record.scan);
  if (!examined.has_layout) {
    return;
  }
  examined.record.leaf = crypto::leaf_hash(bytes);
  examined.under_root = statement_is_under_root(examined.record.scan);
  if (examined.record.scan.statement_number == 0) {
    examined.record.request_hash = request_hash(examined.record.scan.header);
  }
}

// One block and the threads that hash it. Slices are taken by whoever is free.
class Block {
 public:
  explicit Block(RecordBlock records)
      : records_(std::move(records)), examined_(records_.records.size()) {}

  void start(unsigned helpers) {
    for (unsigned i = 0; i < helpers; ++i) {
      helpers_.emplace_back([this] { work(); });
    }
  }
  // Helps, then waits for the others.
  std::span<const Examined> finish() {
    work();
    for (std::thread& helper : helpers_) {
      helper.join();
    }
    helpers_.clear();
    return examined_;
  }
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;
  ~Block() {
    for (std::thread& helper : helpers_) {
      helper.join();
    }
  }

 private:
  void work() {
    while (true) {
      const std::size_t begin = next_.fetch_add(slice_records);
      if (begin >= examined_.size()) {
        return;
      }
      const std::size_t end = std::min(begin + slice_records, examined_.size());
      for (std::size_t i = begin; i < end; ++i) {
        examine(records_.records[i], examined_[i]);
      }
    }
  }

  RecordBlock records_;
  std::vector<Examined> examined_;
  std::atomic<std::size_t> next_ = 0;
  std::vector<std::thread> helpers_;
};

struct Words {
  LogFault fault;
  std::string zh;
  std::string en;
};
using Judgement = std::optional<Words>;

Words words(LogFault fault, std::string zh, std::string en) {
  return {fault, std::move(zh), std::move(en)};
}

// The ordered pass: everything that needs to remember earlier records.
class OrderedPass {
 public:
  explicit OrderedPass(LogVerification& result) : result_(result) {}

  // `next`: the record after, if it is known, to tell which of two neighbours was altered.
  bool accept(const Examined& examined, const Examined* next, const LogVerifierOptions& options) {
    const RecordScan& scan = examined.record.scan;
    if (auto finding = judge(examined)) {
      report(*std::move(finding), examined, next);
      return false;
    }
    tree_.append(examined.record.leaf);
    leaf_ = examined.record.leaf;
    recorded_at_ = scan.recorded_at;
    result_.size = tree_.size();
    if (std::ranges::binary_search(options.watched_sizes, tree_.size())) {
      result_.roots.emplace(tree_.size(), tree_.root());
    }
    return !options.visit || options.visit(examined.record);
  }
  // At the end of the log: no request may be open.
  void finish() {
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

 private:
  struct KeyChain {
    std::uint64_t seq = 0;
    crypto::Digest last;
  };
  struct KeyHash {
    std::size_t operator()(const KeyId& id) const {
      return std::hash<std::string_view>{}(juanzong::text_of(id.view()));
    }
  };

  Judgement judge(const Examined& examined) {
    const RecordScan& scan = examined.record.scan;
    if (!examined.has_layout) {
      return words(LogFault::layout, "记录的格式不合规定", "the record does not have its layout");
    }
    if (number(scan.index) != tree_.size()) {
      return words(LogFault::index,
                   "此处应为第 " + std::to_string(tree_.size()) + " 条,却是第 " +
                       std::to_string(number(scan.index)) + " 条:有记录被删除、插入或调换",
                   "expected record " + std::to_string(tree_.size()) + ", found record " +
                       std::to_string(number(scan.index)) + ": removed, inserted or reordered");
    }
    for (const auto check :
         {&OrderedPass::judge_envelope, &OrderedPass::judge_request, &OrderedPass::judge_streams}) {
      if (auto found = (this->*check)(examined)) {
        return found;
      }
    }
    return std::nullopt;
  }

  Judgement judge_envelope(const Examined& examined) {
    const RecordScan& scan = examined.record.scan;
    if (tree_.size() == 0) {
      result_.origin = scan.origin;
      leaf_ = genesis_link(scan.origin);
    }
    // First what the record says about itself, so that the altered one is named, not its neighbour.
    if (!examined.under_root) {
      return words(LogFault::statement_path,
                   "事项内容与其签署的请求不符",
                   "the statement is not the one that was signed (path to R)");
    }
    if (scan.origin != result_.origin) {
      return words(LogFault::origin, "来源标识与本卷宗不同", "the origin is another ledger's");
    }
    if (scan.prev != leaf_) {
      return words(LogFault::chain,
                   "所记的前一条指纹与前一条不符:哈希链断裂",
                   "prev is not the leaf hash of the record before: the chain is broken");
    }
    if (scan.recorded_at < recorded_at_) {
      return words(LogFault::time, "入卷时间早于前一条", "recorded_at is before the record before");
    }
    return std::nullopt;
  }

  Judgement judge_request(const Examined& examined) {
    const RecordScan& scan = examined.record.scan;
    if (scan.statement_number != expected_statement_) {
      return words(
          LogFault::request,
          "请求不完整:应为其第 " + std::to_string(expected_statement_ + 1) + " 项",
          "incomplete request: expected its statement " + std::to_string(expected_statement_));
    }
    if (scan.statement_number == 0) {
      if (auto found = begin_request(examined.record)) {
        return found;
      }
    } else if (!same(scan.header, header_) || !same(scan.signatures, signatures_) ||
               scan.recorded_at != recorded_at_) {
      return words(LogFault::request,
                   "同一请求的各条记录请求头、签名或时间不一致",
                   "records of one request differ in header, signatures or time");
    }
    const bool last = scan.statement_number + 1U == scan.statement_count;
    expected_statement_ = last ? 0U : scan.statement_number + 1U;
    return std::nullopt;
  }

  Judgement begin_request(const VerifiedRecord& record) {
    const RecordScan& scan = record.scan;
    header_.assign(scan.header.begin(), scan.header.end());
    signatures_.assign(scan.signatures.begin(), scan.signatures.end());
    ++result_.requests;
    if (!request_ids_.insert(scan.request_id)) {
      return words(LogFault::request_id, "请求编号重复使用", "the request id was used before");
    }
    KeyChain& chain = keys_[scan.key_id];
    if (scan.key_seq != chain.seq + 1 || scan.prev_request != chain.last) {
      return words(LogFault::key_chain,
                   "该密钥的请求链不连续:应为第 " + std::to_string(chain.seq + 1) +
                       " 个请求,有请求被删除、插入或改动",
                   "the chain of this key is broken: expected request " +
                       std::to_string(chain.seq + 1) + " of the key");
    }
    chain = {scan.key_seq, record.request_hash};
    return std::nullopt;
  }

  Judgement judge_streams(const Examined& examined) {
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
        return words(LogFault::stream,
                     "案卷 " + std::string(name) + " 的链接有误:应为第 " +
                         std::to_string(head.version + 1) + " 条",
                     "stream " + std::string(name) + ": expected version " +
                         std::to_string(head.version + 1) + " and the index before it");
      }
      head = {version, number(scan.index)};
    }
    return std::nullopt;
  }

  static bool same(ByteView a, ByteView b) { return std::ranges::equal(a, b); }

  // A broken link between two records accuses both. If the next record links to this one as it
  // stands, this one is whole and the one before was altered.
  void report(Words found, const Examined& examined, const Examined* next) {
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

  LogVerification& result_;
  crypto::CompactRange tree_;
  crypto::Digest leaf_;
  UnixMicros recorded_at_{INT64_MIN};
  std::uint32_t expected_statement_ = 0;
  Bytes header_;  // of the open request
  Bytes signatures_;
  RequestIdSet request_ids_;
  StreamTable streams_;
  std::unordered_map<KeyId, KeyChain, KeyHash> keys_;
};

// Reads ahead: while this block is judged, the next one is being hashed.
class Pipeline {
 public:
  Pipeline(RecordSource& source, const LogVerifierOptions& options, LogVerification& result)
      : source_(source), options_(options), result_(result), pass_(result) {}

  void run() {
    std::unique_ptr<Block> current = read();
    while (current) {
      std::unique_ptr<Block> following = failure_ ? nullptr : read();
      const std::span<const Examined> examined = current->finish();
      if (following) {
        following->start(helpers());
      }
      if (!judge(examined)) {
        break;
      }
      if (options_.progress) {
        options_.progress(result_.size);
      }
      current = std::move(following);
    }
    if (failure_ && !result_.finding) {
      result_.finding = LogFinding{RecordIndex{result_.size},
                                   LogFault::unreadable,
                                   "此处起记录无法读取:" + to_text(*failure_),
                                   "records cannot be read from here on: " + failure_->detail};
    }
    pass_.finish();
  }

 private:
  [[nodiscard]] unsigned helpers() const { return std::max(options_.threads, 1U) - 1; }

  std::unique_ptr<Block> read() {
    RecordBlock records;
    if (const Outcome got = source_.next(block_records, records); !got) {
      failure_ = got.error();
    }
    if (records.records.empty()) {
      return nullptr;
    }
    auto block = std::make_unique<Block>(std::move(records));
    if (!started_) {
      block->start(helpers());
      started_ = true;
    }
    return block;
  }

  bool judge(std::span<const Examined> examined) {
    for (std::size_t i = 0; i < examined.size(); ++i) {
      const Examined* next = i + 1 < examined.size() ? &examined[i + 1] : nullptr;
      if (!pass_.accept(examined[i], next, options_)) {
        return false;
      }
    }
    return true;
  }

  RecordSource& source_;
  const LogVerifierOptions& options_;
  LogVerification& result_;
  OrderedPass pass_;
  std::optional<Error> failure_;
  bool started_ = false;
};

}  // namespace

std::string_view name_of(LogFault fault) {
  constexpr std::array<std::string_view, 11> names = {"unreadable",
                                                      "layout",
                                                      "index",
                                                      "chain",
                                                      "time",
                                                      "origin",
                                                      "request",
                                                      "statement_path",
                                                      "request_id",
                                                      "key_chain",
                                                      "stream"};
  return names[static_cast<std::size_t>(fault)];
}

LogVerification verify_log(RecordSource& source, const LogVerifierOptions& options) {
  LogVerification result;
  LogVerifierOptions sorted = options;
  std::ranges::sort(sorted.watched_sizes);
  if (std::ranges::binary_search(sorted.watched_sizes, std::uint64_t{0})) {
    result.roots.emplace(0, crypto::empty_root());
  }
  Pipeline(source, sorted, result).run();
  return result;
}

}  // namespace juanzong
