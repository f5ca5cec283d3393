// SPDX-License-Identifier: Apache-2.0
// Records verified per second: audit_bench [records] [statements per request] [threads].
// A ledger in memory of 300-byte statements over 1,000 streams; signatures are not real, since
// verify_log does not judge them.
#include "crypto/merkle_tree.h"

#include "events/log/log_verifier.h"
#include "events/log/record.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <span>
#include <string>
#include <vector>

namespace juanzong {
namespace {

constexpr std::size_t statement_bytes = 300;
constexpr std::size_t stream_count = 1'000;

struct Log {
  std::vector<Bytes> records;
  std::vector<StreamLink> heads =
      std::vector<StreamLink>(stream_count, {StreamVersion{0}, no_index});
  crypto::Digest leaf = genesis_link("bench.example/log");
  crypto::Digest last_request;
  std::uint64_t requests = 0;
};

Bytes make_statement(std::size_t stream) {
  Statement statement;
  statement.type = EventType{0x0203};
  statement.streams = {{"unit:" + std::to_string(stream), any_version}};
  statement.body.resize(statement_bytes - 48, 7);
  return *encode_statement(statement);
}

void append_request(Log& log, std::size_t count) {
  std::vector<Bytes> statements;
  std::vector<crypto::Digest> leaves;
  for (std::size_t i = 0; i < count; ++i) {
    statements.push_back(make_statement((log.records.size() + i) * 7919 % stream_count));
    leaves.push_back(crypto::leaf_hash(statements.back()));
  }
  RequestHeader header;
  header.origin = "bench.example/log";
  for (std::size_t i = 0; i < 8; ++i) {
    header.request_id.bytes[8 + i] = static_cast<std::uint8_t>(log.requests >> (8 * i));
  }
  header.key_seq = ++log.requests;
  header.prev_request = log.last_request;
  header.statement_count = static_cast<std::uint16_t>(count);
  header.statements_root = crypto::root_of(leaves);
  const Bytes header_bytes = encode_header(header);
  log.last_request = request_hash(header_bytes);
  const std::vector<RequestSignature> signatures(1);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t index = log.records.size();
    StreamLink& head = log.heads[index * 7919 % stream_count];
    const std::vector<StreamLink> links{{StreamVersion{number(head.version) + 1}, head.previous}};
    head = {links.front().version, RecordIndex{index}};
    const auto path = crypto::inclusion_path(leaves, i);
    RecordDraft draft;
    draft.index = RecordIndex{index};
    draft.prev = log.leaf;
    draft.header = header_bytes;
    draft.signatures = signatures;
    draft.statement_number = static_cast<std::uint16_t>(i);
    draft.path = path;
    draft.links = links;
    draft.statement = statements[i];
    log.records.push_back(encode_record(draft));
    log.leaf = crypto::leaf_hash(log.records.back());
  }
}

class ListSource final : public RecordSource {
 public:
  explicit ListSource(const std::vector<Bytes>& records) : records_(records) {}
  [[nodiscard]] Outcome next(std::size_t wanted, RecordBlock& block) override {
    for (; wanted > 0 && at_ < records_.size(); --wanted) {
      block.records.emplace_back(records_[at_++]);
    }
    return Done{};
  }

 private:
  const std::vector<Bytes>& records_;
  std::size_t at_ = 0;
};

int run(std::size_t records, std::size_t per_request, unsigned threads) {
  Log log;
  while (log.records.size() < records) {
    append_request(log, std::min(per_request, records - log.records.size()));
  }
  std::vector<double> rates;
  const std::clock_t cpu_begin = std::clock();
  for (int round = 0; round < 5; ++round) {
    ListSource source(log.records);
    LogVerifierOptions options;
    options.threads = threads;
    const auto begin = std::chrono::steady_clock::now();
    const LogVerification result = verify_log(source, options);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (result.finding || result.size != records) {
      std::fprintf(stderr, "%s\n", result.finding ? result.finding->en.c_str() : "size");
      return 2;
    }
    rates.push_back(static_cast<double>(records) / took.count());
  }
  const double cpu_us = 1e6 * static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC /
                        static_cast<double>(5 * records);
  std::ranges::sort(rates);
  std::printf(
      "%zu records of %zu bytes, %zu a request, %u threads: median %.0f records/s, best %.0f, "
      "%.2f us CPU a record\n",
      records,
      log.records.back().size(),
      per_request,
      threads,
      rates[2],
      rates[4],
      cpu_us);
  return 0;
}

}  // namespace
}  // namespace juanzong

int main(int count, char** values) {
  const std::span<char*> arguments(values, static_cast<std::size_t>(count));
  const auto number_at = [&](std::size_t i, std::size_t otherwise) {
    return arguments.size() > i ? std::strtoul(arguments[i], nullptr, 10) : otherwise;
  };
  return juanzong::run(
      number_at(1, 1'000'000), number_at(2, 1), static_cast<unsigned>(number_at(3, 2)));
}
