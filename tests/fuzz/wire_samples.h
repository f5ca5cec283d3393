// SPDX-License-Identifier: Apache-2.0
// One message of every kind, for round trips and as a corpus.
#pragma once

#include "server/wire/message.h"

#include <vector>

namespace juanzong::testing {

[[nodiscard]] inline std::vector<message::Request> sample_requests() {
  message::Append append;
  append.request.header = Bytes(160, 7);
  append.request.header[0] = suite_default;
  append.keys = {crypto::PublicKey{{1}}, crypto::PublicKey{{2}}};
  for (const crypto::PublicKey& key : append.keys) {
    append.request.signatures.push_back({key_id_of(key), crypto::Signature{{3}}});
  }
  append.request.statements = {Bytes(48, 1), Bytes(64, 2)};
  append.request.openings = {{0, "signatures[0].image", {9}, {1, 2, 3}}, {1, "name", {8}, {}}};
  message::Append by_session = append;
  by_session.keys.clear();
  by_session.request.signatures.clear();
  return {
      {1, message::Login{"garden", {{1}}, {{2}}, "juanzong 0.1"}},
      {2, append},
      {3, message::ReadRecords{5, 100}},
      {4, message::ReadStream{"unit:3-1-1202", 2, 50}},
      {5, message::Subscribe{7, 1'000}},
      {6, message::Credit{5, 10}},
      {7, message::Query{"deposit", R"({"unit":"3-1-1202","备注":"无"})"}},
      {8, message::Prove{9, 0}},
      {9, message::GetCheckpoint{}},
      {10, message::Attach{BlobId{{1}}, PersonId{{2}}, 0, 3, {1, 2, 3}}},
      {11, message::Ping{}},
      {12, message::GetAttachment{7, "form", 262'144, "Q-1"}},
      {13, by_session},
  };
}

[[nodiscard]] inline std::vector<message::Reply> sample_replies() {
  message::LoggedIn facts{
      "garden", "records.example/garden", "v+1", "S-7", "ARC", 12, {{4}}, 99, UnixMicros{5}};
  message::Appended appended{RecordIndex{4},
                             2,
                             UnixMicros{6},
                             6,
                             {crypto::Digest{{1}}, crypto::Digest{{2}}},
                             {{"R-2025-000001", CivilDate{20'000}}, {"", std::nullopt}},
                             true};
  message::Refused refused{
      1, {{"H-DEC-13", "不可", "no", "S0§2.18", {{"days", "3"}}, CivilDate{20'001}}}};
  return {
      {0, message::Hello{1, {7}}},
      {1, facts},
      {2, appended},
      {3, refused},
      {4, Error{ErrorCode::busy, "rate"}},
      {5, message::Records{{Bytes(40, 3), Bytes(80, 4)}, 7, 9, 2}},
      {6, message::Report{R"({"合计":1})"}},
      {7, message::ProofText{"c2sp.org/tlog-proof@v1\n"}},
      {8, message::CheckpointNote{"records.example/garden\n9\n"}},
      {9, message::Attached{true}},
      {10, message::Pong{UnixMicros{77}}},
  };
}

}  // namespace juanzong::testing
