// SPDX-License-Identifier: Apache-2.0
#include "events/log/record.h"

#include "events/model/limits.h"

#include "tests/events/log/samples.h"
#include "tests/support/golden.h"
#include "tests/support/mutations.h"
#include "tests/support/record_drafts.h"

#include <gtest/gtest.h>

namespace juanzong {
namespace {

using testing::draft_of;
using testing::golden;
using testing::sample_record;
using testing::sample_record_of_session;

std::optional<Bytes> write_back(const Bytes& bytes) {
  const auto view = parse_record(bytes);
  return view ? std::optional<Bytes>(encode_record(draft_of(*view))) : std::nullopt;
}

TEST(Record, HasTheGoldenBytes) {
  EXPECT_EQ(sample_record(), golden("record"));
  EXPECT_EQ(sample_record_of_session(), golden("record_of_session"));
}

TEST(Record, ComesBackAsItWas) {
  const Bytes bytes = sample_record();
  const auto view = parse_record(bytes);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->index, RecordIndex{5});
  EXPECT_EQ(view->header, testing::sample_header());
  EXPECT_EQ(view->signatures.size(), 2U);
  EXPECT_EQ(view->links[1].previous, no_index);
  EXPECT_EQ(view->statement.streams[0].name, "deposit:0194b2c3");
  EXPECT_EQ(bytes.size() % 8, 0U);
  EXPECT_EQ((view->statement.body.data() - bytes.data()) % 8, 0);
}

TEST(Record, ComesBackWithoutASignature) {
  const Bytes bytes = sample_record_of_session();
  const auto view = parse_record(bytes);
  ASSERT_TRUE(view);
  EXPECT_TRUE(view->signatures.empty());
  EXPECT_EQ(view->header, testing::sample_header());
  EXPECT_EQ(encode_record(draft_of(*view)), bytes);
}

TEST(Record, HasOneSpellingOnly) {
  for (const Bytes& record : {sample_record(), sample_record_of_session()}) {
    const auto count = testing::count_mutations(record, write_back);
    EXPECT_EQ(count.other, 0U) << "at byte " << count.first_other_at;
    EXPECT_GE(count.refused, record.size());
  }
}

TEST(Record, LeafChangesWithEveryBit) {
  const Bytes bytes = sample_record();
  const crypto::Digest leaf = crypto::leaf_hash(bytes);
  testing::for_each_mutation(bytes, [&](const Bytes& mutated, std::size_t at) {
    ASSERT_NE(crypto::leaf_hash(mutated), leaf) << at;
  });
}

TEST(Record, RefusesPartsThatContradictEachOther) {
  const Bytes bytes = sample_record();
  const auto view = parse_record(bytes);
  ASSERT_TRUE(view);
  RecordDraft draft = draft_of(*view);
  draft.statement_number = 2;  // the header says two statements
  EXPECT_FALSE(parse_record(encode_record(draft)));
  draft = draft_of(*view);
  const std::vector<StreamLink> later{{StreamVersion{5}, RecordIndex{5}},
                                      {StreamVersion{1}, no_index}};
  draft.links = later;  // a link to itself
  EXPECT_FALSE(parse_record(encode_record(draft)));
  draft.links = std::span(later).last(1);  // one link for two streams
  EXPECT_FALSE(parse_record(encode_record(draft)));
  draft = draft_of(*view);
  draft.signatures = std::span(view->signatures).last(1);  // not the header's key
  EXPECT_FALSE(parse_record(encode_record(draft)));
}

TEST(Record, TheLargestStatementFitsWithTheLargestEnvelope) {
  Statement statement = testing::sample_statement(8);
  statement.streams.clear();
  for (char c = 'a'; c <= 'p'; ++c) {
    statement.streams.push_back({"s:" + std::string(94, c), any_version});
  }
  statement.body.resize(limits::statement_bytes_max - (encode_statement(statement)->size() - 8));
  const Bytes text = *encode_statement(statement);
  ASSERT_EQ(text.size(), limits::statement_bytes_max);
  RequestHeader header = testing::sample_header();
  header.origin.assign(limits::origin_bytes_max, 'o');
  header.statement_count = limits::statements_per_request_max;
  const Bytes header_bytes = encode_header(header);
  const std::vector<RequestSignature> signatures(4, {header.key_id, {}});
  const std::vector<crypto::Digest> path(limits::statement_path_hashes_max);
  const std::vector<StreamLink> links(16);
  const Bytes assigned(limits::assigned_bytes_max);
  RecordDraft draft;
  draft.header = header_bytes;
  draft.signatures = signatures;
  draft.path = path;
  draft.links = links;
  draft.assigned = assigned;
  draft.statement = text;
  const Bytes record = encode_record(draft);
  EXPECT_LE(record.size(), limits::record_bytes_max);
  EXPECT_TRUE(parse_record(record));
}

TEST(Record, GenesisLinkAndLedgerIdHaveTheGoldenBytes) {
  const crypto::Digest genesis = genesis_link(testing::sample_origin);
  EXPECT_EQ(Bytes(genesis.bytes.begin(), genesis.bytes.end()), golden("genesis_link"));
  const LedgerId id = ledger_id_of(testing::sample_origin);
  EXPECT_EQ(Bytes(id.bytes.begin(), id.bytes.end()), golden("ledger_id"));
}

}  // namespace
}  // namespace juanzong
