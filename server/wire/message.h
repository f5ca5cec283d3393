// SPDX-License-Identifier: Apache-2.0
// Messages of the wire as plain values; codec.h turns them into frames and back. What stands here
// has been checked: lengths of keys and hashes, UTF-8 of texts, presence of required parts. What
// it means has not: that is for admission and the rules.
#pragma once

#include "crypto/byte_view.h"
#include "crypto/digest.h"

#include "events/log/request.h"
#include "events/model/civil_time.h"
#include "events/model/error.h"
#include "events/model/ids.h"
#include "events/model/refusal.h"
#include "events/procedures/procedure.h"

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace juanzong::message {

inline constexpr std::uint16_t protocol_version = 1;

using Nonce = std::array<std::uint8_t, 32>;

// --- Requests ---------------------------------------------------------------------------------

struct Login {
  std::string ledger;
  crypto::PublicKey public_key;
  crypto::Signature signature;
  std::string client;
};
// keys[i] made request.signatures[i].
struct Append {
  SignedRequest request;
  std::vector<crypto::PublicKey> keys;
};
struct ReadRecords {
  std::uint64_t from = 0;
  std::uint32_t count = 0;
};
struct ReadStream {
  std::string stream;
  std::uint64_t from_version = 1;
  std::uint32_t count = 0;
};
struct Subscribe {
  std::uint64_t from = 0;
  std::uint32_t credits = 0;
};
struct Credit {
  std::uint32_t subscription = 0;
  std::uint32_t credits = 0;
};
struct Query {
  std::string view;
  std::string arguments;
};
struct Prove {
  std::uint64_t index = 0;
  std::uint64_t old_size = 0;  // not 0: consistency from this size instead
  std::string stream = {};     // not empty: completeness of this stream instead
};
struct GetCheckpoint {};
struct Attach {
  BlobId blob;
  PersonId subject;
  std::uint64_t offset = 0;
  std::uint64_t total = 0;
  Bytes bytes;
};
struct Ping {};
struct GetAttachment {
  std::uint64_t index = 0;
  std::string path;
  std::uint64_t offset = 0;
  std::string view_id;  // "": none
};

using RequestBody = std::variant<Login,
                                 Append,
                                 ReadRecords,
                                 ReadStream,
                                 Subscribe,
                                 Credit,
                                 Query,
                                 Prove,
                                 GetCheckpoint,
                                 Attach,
                                 Ping,
                                 GetAttachment>;

struct Request {
  std::uint32_t request_no = 0;
  RequestBody body;
};

// --- Replies ----------------------------------------------------------------------------------

struct Hello {
  std::uint16_t protocol = protocol_version;
  Nonce nonce{};
};
struct LoggedIn {
  std::string ledger;
  std::string origin;
  std::string verifier_key;
  std::string staff;
  std::string roles;
  std::uint64_t key_seq = 0;
  crypto::Digest last_request;
  std::uint64_t tree_size = 0;
  UnixMicros server_time;
};
struct Appended {
  RecordIndex first{};
  std::uint16_t count = 0;
  UnixMicros recorded_at;
  std::uint64_t tree_size = 0;
  std::vector<crypto::Digest> leaves;
  std::vector<AssignedValues> assigned;
  bool repeated = false;
};
struct Refused {
  std::uint16_t statement = 0;
  Refusals refusals;
};
struct Records {
  std::vector<Bytes> records;
  std::uint64_t next = 0;
  std::uint64_t tree_size = 0;
  std::uint64_t stream_version = 0;
};
struct Report {
  std::string json;
};
struct ProofText {
  std::string text;
};
struct CheckpointNote {
  std::string note;
};
struct Attached {
  bool stored = false;
};
struct Pong {
  UnixMicros server_time;
};

// Bytes from the asked offset on, of `total`.
struct AttachmentPart {
  Bytes bytes;
  std::uint64_t total = 0;
  std::string media_type;
};

// An Error travels as Failed: number, name and both texts, so that a client without our tables can
// still show it.
using ReplyBody = std::variant<Hello,
                               LoggedIn,
                               Appended,
                               Refused,
                               Error,
                               Records,
                               Report,
                               ProofText,
                               CheckpointNote,
                               Attached,
                               Pong,
                               AttachmentPart>;

struct Reply {
  std::uint32_t request_no = 0;
  ReplyBody body;
};

}  // namespace juanzong::message
