// SPDX-License-Identifier: Apache-2.0
// Attacks with actors' keys: keys that verify anything, and a key in other hands.
#include "crypto/hex.h"

#include "tests/tools/audit_ledger.h"

#include <gmock/gmock.h>

namespace juanzong::testing {
namespace {

using ::testing::HasSubstr;

// The neutral element as a key: with it (R = neutral element, S = 0) signs every message.
crypto::PublicKey small_order_key() {
  crypto::PublicKey key;
  key.bytes[0] = 1;
  return key;
}

crypto::Signature signature_of_anything() {
  crypto::Signature signature;
  signature.bytes[0] = 1;
  return signature;
}

TEST(SmallOrderKey, IsNotAdmitted) {
  TestLedger ledger;
  SignedRequest request =
      ledger.make_request(ledger.actor("ADM"), {{"UnitRegistered", unit_body(1), {}}});
  const crypto::PublicKey key = small_order_key();
  request.signatures.push_back({key_id_of(key), signature_of_anything()});
  const auto admitted = ledger.admit(request, {ledger.actor("ADM").key.public_key(), key});
  ASSERT_FALSE(admitted.has_value());
  EXPECT_EQ(admitted.error().code, ErrorCode::bad_signature);
}

// Registered past the rules by somebody who has the disk and an administrator's key.
TEST(SmallOrderKey, InALogIsNamedByTheAudit) {
  TestLedger ledger;
  TestActor& founder = ledger.actor("ADM");
  ledger.actor("ARC");
  const crypto::PublicKey key = small_order_key();
  const KeyId id = key_id_of(key);
  const std::string hex = crypto::hex_encode(id.view());
  const SignedRequest registered =
      ledger.make_request(founder,
                          {{"ActorKeyRegistered",
                            R"({"staff":"S-ARC","public_key":")" + crypto::hex_encode(key.view()) +
                                R"(","key_id":")" + hex + R"(","custody":"FILE"})",
                            {}}});
  std::vector<Bytes> records = records_of(ledger);
  const StreamLink links[] = {{StreamVersion{1}, no_index},
                              {StreamVersion{3}, RecordIndex{records.size() - 1}}};
  records.push_back(next_record(ledger, records, registered, links));
  TestActor nobody;
  SignedRequest forged = ledger.make_request(nobody, {{"UnitRegistered", unit_body(1), {}}});
  RequestHeader header = *parse_header(forged.header);
  header.key_id = id;
  forged.header = encode_header(header);
  forged.signatures = {{id, signature_of_anything()}};
  records.push_back(next_record(ledger, records, forged, {StreamVersion{1}, no_index}));
  const TemporaryFolder folder;
  export_records(records, folder.path() / "export");
  const Audited audited = audit(folder.path() / "export");
  EXPECT_EQ(audited.kind(), "bad_signature");
  EXPECT_EQ(audited.index(), static_cast<std::int64_t>(records.size()) - 1);
}

// A claim about the past never works backwards; the report says how much rests on the key.
TEST(StolenActorKey, TheReportCountsWhatItSignedSinceItMayHaveBeenStolen) {
  TestLedger ledger;
  TestActor& arc = ledger.actor("ARC");
  ledger.at("2025-03-01T10:00:00+08:00").must_append("ARC", "UnitRegistered", unit_body(1));
  ledger.at("2025-03-02T10:00:00+08:00").must_append("ARC", "UnitRegistered", unit_body(2));
  ledger.at("2025-03-03T10:00:00+08:00").must_append("ARC", "UnitRegistered", unit_body(3));
  ledger.must_append("CSM",
                     "MeetingHeld",
                     R"({"meeting_id":"M-1","kind":"DEPT_WEEKLY","convenor":"S-CSM",)"
                     R"("attendees":["S-CSM"],"begun":"2025-03-03T09:00:00+08:00",)"
                     R"("ended":"2025-03-03T09:30:00+08:00","agenda":"x"})");
  const std::string key = crypto::hex_encode(key_id_of(arc.key.public_key()).view());
  const RecordIndex revoked =
      ledger
          .must_append("HR",
                       "ActorKeyRevoked",
                       R"({"key_id":")" + key +
                           R"(","staff":"S-ARC","compromised_since":"2025-03-02T00:00:00+08:00"})")
          .first;
  const TemporaryFolder folder;
  export_records(records_of(ledger), folder.path() / "export");
  const Audited audited = audit(folder.path() / "export");
  EXPECT_EQ(audited.exit_code, 0) << "nothing is wrong with the log";
  const auto& claims = audited.json.at("compromised_since").as_array();
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].at("records").to_number<int>(), 2) << "not the first, not another's";
  EXPECT_EQ(claims[0].at("staff").as_string(), "S-ARC");
  EXPECT_EQ(claims[0].at("index").to_number<std::uint64_t>(), number(revoked));
  const std::string notes = boost::json::serialize(audited.json.at("notes"));
  EXPECT_THAT(notes, HasSubstr("signed 2 records"));
}

}  // namespace
}  // namespace juanzong::testing
