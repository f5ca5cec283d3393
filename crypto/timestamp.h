// SPDX-License-Identifier: Apache-2.0
// Time stamps (RFC 3161): a time stamping authority (TSA) signs that it saw a SHA-256 digest at a
// time. What we have stamped is the text of a checkpoint note, without its signature lines, so that
// a stamp stays good whoever cosigns the checkpoint later.
//
//   query    DER TimeStampReq   version 1, imprint, nonce, certReq true
//   reply    DER TimeStampResp  granted with a token, or a refusal
//   token    DER ContentInfo    CMS SignedData over a TSTInfo, with the TSA's certificate
//
// A token is bytes that anybody may hold and check, for years: against the certificates of the
// reader's own roots, as they were valid at the time that the token states. Revocation is not
// looked up, because nothing here uses a network.
#pragma once

#include "crypto/byte_view.h"
#include "crypto/digest.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace juanzong::crypto {

// The body of the POST to a TSA (application/timestamp-query).
[[nodiscard]] Bytes timestamp_query(const Digest& imprint, std::uint64_t nonce);

struct TimestampReply {
  Bytes token;          // not verified; empty: refused
  std::string refusal;  // the authority's status and text, if it refused
};
// nullopt unless the bytes are one TimeStampResp and nothing behind it, with a token exactly where
// it is granted. The token is DER, also if the authority sent another encoding of it.
[[nodiscard]] std::optional<TimestampReply> read_timestamp_reply(ByteView reply);

// What a token states.
struct Timestamp {
  Digest imprint;                     // SHA-256
  std::int64_t time_unix_micros = 0;  // a fraction of a microsecond is rounded up
  std::int64_t accuracy_micros = 0;   // the true time may differ by so much; 0: not stated
  std::string policy;                 // object identifier, "1.2.3.4.1"
  std::string serial;                 // lower-case hexadecimal, of this authority
  std::string authority;              // subject of the certificate that signed; RFC 2253 text
  bool operator==(const Timestamp&) const = default;
};

struct TimestampFault {
  enum class Kind { malformed, other_imprint, other_nonce, not_trusted };
  Kind kind = Kind::malformed;
  std::string zh;
  std::string en;
};

// The form of a token and what it states, not whether it is true: nothing is verified. Accepts one
// DER encoding, SHA-256 imprints and one signer; nothing behind it, no attribute or revocation list
// beside what is signed. Certificates beside the signer's may be there: they are not signed, and
// help to find a chain.
[[nodiscard]] std::optional<Timestamp> read_timestamp(ByteView token);

// Certificates that a reader trusts to name time stamping authorities.
class TimestampRoots {
 public:
  // A PEM bundle; nullopt if it holds none, or one that cannot be read.
  [[nodiscard]] static std::optional<TimestampRoots> parse(std::string_view pem);
  [[nodiscard]] const std::vector<Bytes>& certificates() const { return certificates_; }  // DER

 private:
  std::vector<Bytes> certificates_;
};

// The token's statement if it is about this digest (and answers this nonce, where one is given) and
// is signed by a certificate made for time stamping alone (extendedKeyUsage critical, timeStamping)
// that leads to one of the roots, every certificate being valid at the stated time. nullopt with
// the fault otherwise.
[[nodiscard]] std::optional<Timestamp> verify_timestamp(
    ByteView token,
    const Digest& imprint,
    const TimestampRoots& roots,
    TimestampFault& fault,
    std::optional<std::uint64_t> nonce = std::nullopt);

}  // namespace juanzong::crypto
