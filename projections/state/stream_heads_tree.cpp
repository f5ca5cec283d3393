// SPDX-License-Identifier: Apache-2.0
#include "projections/state/stream_heads_tree.h"

#include "crypto/merkle_tree.h"

#include "events/log/stream_heads.h"

#include "projections/state/log_rows.h"

#include <algorithm>

namespace juanzong {
namespace {

constexpr std::size_t sample_width = 64;

}  // namespace

StreamHeadsTree::StreamHeadsTree(const DerivedRows& rows, LedgerOrdinal ledger, std::uint64_t size)
    : ledger_(ledger), log_size_(size) {
  std::string after;
  do {
    after = read(DerivedRows::Snapshot(rows), after);
  } while (!after.empty());
}

StreamHeadsTree::StreamHeadsTree(const RowReader& rows, LedgerOrdinal ledger, std::uint64_t size)
    : ledger_(ledger), log_size_(size) {
  std::string after;
  do {
    after = read(rows, after);
  } while (!after.empty());
}

std::string StreamHeadsTree::read(const RowReader& rows, std::string_view after) {
  return LogRows(rows, ledger_)
      .scan_heads(
          after, log_size_, heads_in_part, [this](std::string_view name, const StreamHead& head) {
            add(named_head_leaf({name, head.version, head.last}), name);
          });
}

void StreamHeadsTree::add(const crypto::Digest& leaf, std::string_view name) {
  if (streams() % sample_width == 0) {
    samples_.emplace_back(name);
  }
  levels_.front().push_back(leaf);
  for (std::size_t height = 0; levels_[height].size() % 2 == 0; ++height) {
    if (levels_.size() == height + 1) {
      levels_.emplace_back();
    }
    const std::vector<crypto::Digest>& below = levels_[height];
    levels_[height + 1].push_back(crypto::node_hash(below[below.size() - 2], below.back()));
  }
}

crypto::Digest StreamHeadsTree::root() const {
  return crypto::tree_root(streams(),
                           [this](unsigned level, std::uint64_t at) { return levels_[level][at]; });
}

std::vector<crypto::Digest> StreamHeadsTree::path(std::uint64_t position) const {
  return crypto::inclusion_proof(
      position, streams(), [this](unsigned level, std::uint64_t at) { return levels_[level][at]; });
}

// From the last sample that is not after the name: the stream or its neighbours lie within a block
// of it, or are the first of the next.
std::vector<StreamHeadsTree::Place> StreamHeadsTree::find(const RowReader& rows,
                                                          std::string_view name) const {
  const auto next_sample = std::ranges::upper_bound(samples_, name);
  const auto block =
      static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(next_sample - samples_.begin(), 1) - 1);
  std::uint64_t position = block * sample_width;
  std::optional<Place> before;
  std::optional<Place> reached;
  const LogRows log(rows, ledger_);
  std::string after;
  if (!samples_.empty()) {
    const StreamHead first = log.stream_head_at(samples_[block], log_size_);
    Place place{position++, samples_[block], first};
    (place.name < name ? before : reached) = place;
    after = samples_[block];
  }
  bool more = !samples_.empty();
  while (more && !reached) {
    after = log.scan_heads(
        after, log_size_, sample_width, [&](std::string_view each, const StreamHead& head) {
          if (!reached) {
            Place place{position++, std::string(each), head};
            (each < name ? before : reached) = std::move(place);
          }
        });
    more = !after.empty();
  }
  std::vector<Place> places;
  if (before && (!reached || reached->name != name)) {
    places.push_back(*std::move(before));
  }
  if (reached) {
    places.push_back(*std::move(reached));
  }
  return places;
}

}  // namespace juanzong
