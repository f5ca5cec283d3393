// SPDX-License-Identifier: Apache-2.0
#include "projections/state/day_close.h"

#include "crypto/merkle_tree.h"

#include "events/log/stream_heads.h"
#include "events/procedures/finished_body.h"
#include "events/procedures/operation/operation.h"
#include "events/procedures/operation/operation_generated.h"
#include "events/procedures/procedure.h"

#include "projections/state/log_rows.h"
#include "projections/state/snapshot_world.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr std::size_t accounts_in_part = 1'000;

bool add_streams(const DerivedRows& rows,
                 LedgerOrdinal ledger,
                 std::uint64_t most_streams,
                 DayFacts& facts) {
  crypto::CompactRange tree;
  std::string after;
  do {
    const DerivedRows::Snapshot snapshot(rows);
    after = LogRows(snapshot, ledger)
                .scan_heads(after,
                            facts.size,
                            heads_in_part,
                            [&tree](std::string_view name, const StreamHead& head) {
                              tree.append(named_head_leaf({name, head.version, head.last}));
                            });
    if (tree.size() > most_streams) {
      return false;
    }
  } while (!after.empty());
  facts.streams = tree.size();
  facts.streams_root = tree.root();
  return true;
}

// "receivable:3-1-1202:…" is of class "receivable".
std::string class_of(std::string_view account) {
  return std::string(account.substr(0, account.find(':')));
}

// Of one snapshot, a part of the accounts; returns where the next part begins, empty at the end.
std::string add_totals(const RowReader& rows,
                       LedgerOrdinal ledger,
                       std::uint64_t size,
                       std::string_view from,
                       std::map<std::string, Fen>& totals) {
  const RowKey prefix = account_key(ledger, PostingView::money, "");
  std::string next;
  std::size_t looked_at = 0;
  rows.scan(from.empty() ? prefix.view() : from,
            end_of_prefix(prefix),
            [&](std::string_view key, std::string_view) {
              const std::string_view account = key.substr(prefix.size());
              const auto total =
                  total_at(rows, ledger, PostingView::money, account, RecordIndex{size - 1});
              if (total) {
                totals[class_of(account)] += Fen{*total};
              }
              next.assign(key).push_back('\0');
              return ++looked_at < accounts_in_part;
            });
  return looked_at < accounts_in_part ? std::string() : next;
}

crypto::Digest digest_of(const flatbuffers::Vector<std::uint8_t>* bytes) {
  crypto::Digest digest;
  if (bytes != nullptr && bytes->size() == crypto::Digest::size_bytes) {
    std::copy(bytes->begin(), bytes->end(), digest.bytes.begin());
  }
  return digest;
}

}  // namespace

std::optional<DayFacts> day_facts(const DerivedRows& rows,
                                  LedgerOrdinal ledger,
                                  CivilDate day,
                                  const std::optional<DayFacts>& before,
                                  std::uint64_t most_streams) {
  DayFacts facts;
  {
    const DerivedRows::Snapshot snapshot(rows);
    const LogRows log(snapshot, ledger);
    const RecordIndex last = log.last_of_day(day);
    if (last == no_index) {
      return std::nullopt;
    }
    facts.size = number(last) + 1;
    if (before && before->size == facts.size) {
      facts = *before;
      facts.day = day;
      return facts;
    }
    facts.day = day;
    facts.root = log.root(facts.size);
  }
  if (!add_streams(rows, ledger, most_streams, facts)) {
    return std::nullopt;
  }
  std::string from;
  do {
    from = add_totals(DerivedRows::Snapshot(rows), ledger, facts.size, from, facts.totals);
  } while (!from.empty());
  return facts;
}

std::map<std::string, Fen> control_totals(const RowReader& rows,
                                          LedgerOrdinal ledger,
                                          std::uint64_t size) {
  std::map<std::string, Fen> totals;
  std::string from;
  do {
    from = add_totals(rows, ledger, size, from, totals);
  } while (!from.empty());
  return totals;
}

std::optional<CivilDate> first_open_day(const LedgerMachine& machine, const DerivedRows& rows) {
  const auto* operation = machine.world().find<OperationState>(operation_key);
  if (operation != nullptr && operation->closed_day) {
    return add_days(*operation->closed_day, 1);
  }
  return LogRows(DerivedRows::Snapshot(rows), machine.ordinal()).first_day();
}

OwnStatement day_statement(const DayFacts& facts) {
  flatbuffers::FlatBufferBuilder builder;
  std::vector<flatbuffers::Offset<body::ControlTotal>> totals;
  for (const auto& [name, sum] : facts.totals) {
    const auto text = builder.CreateString(name);
    totals.push_back(body::CreateControlTotal(builder, text, sum.value));
  }
  const auto day = builder.CreateString(to_text(facts.day));
  const auto root = builder.CreateVector(facts.root.bytes.data(), facts.root.bytes.size());
  const auto streams_root =
      builder.CreateVector(facts.streams_root.bytes.data(), facts.streams_root.bytes.size());
  const auto list = builder.CreateVector(totals);
  return {"DayClosed",
          finished_body(builder,
                        body::CreateDayClosed(
                            builder, day, facts.size, root, facts.streams, streams_root, list))};
}

DayFacts read_day(ByteView bytes) {
  const auto& closed = *flatbuffers::GetRoot<body::DayClosed>(bytes.data());
  DayFacts facts;
  facts.day = date_of(closed.day()).value_or(CivilDate{});
  facts.size = closed.size();
  facts.root = digest_of(closed.root());
  facts.streams = closed.streams();
  facts.streams_root = digest_of(closed.streams_root());
  if (closed.totals() != nullptr) {
    for (const auto* total : *closed.totals()) {
      facts.totals.emplace(text_of(total->account()), Fen{total->fen()});
    }
  }
  return facts;
}

}  // namespace juanzong
