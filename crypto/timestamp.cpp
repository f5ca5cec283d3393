// SPDX-License-Identifier: Apache-2.0
#include "crypto/timestamp.h"

#include "crypto/hex.h"
#include "crypto/openssl_handles.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace juanzong::crypto {
namespace {

void free_signers(STACK_OF(X509) * signers) {
  sk_X509_free(signers);  // the certificates are the token's
}

using AlgorithmHandle = std::unique_ptr<X509_ALGOR, FreeWith<X509_ALGOR_free>>;
using CertificateHandle = std::unique_ptr<X509, FreeWith<X509_free>>;
using ImprintHandle = std::unique_ptr<TS_MSG_IMPRINT, FreeWith<TS_MSG_IMPRINT_free>>;
using IntegerHandle = std::unique_ptr<ASN1_INTEGER, FreeWith<ASN1_INTEGER_free>>;
using QueryHandle = std::unique_ptr<TS_REQ, FreeWith<TS_REQ_free>>;
using ReplyHandle = std::unique_ptr<TS_RESP, FreeWith<TS_RESP_free>>;
using SignersHandle = std::unique_ptr<STACK_OF(X509), FreeWith<free_signers>>;
using StatementHandle = std::unique_ptr<TS_TST_INFO, FreeWith<TS_TST_INFO_free>>;
using StoreHandle = std::unique_ptr<X509_STORE, FreeWith<X509_STORE_free>>;
using TokenHandle = std::unique_ptr<PKCS7, FreeWith<PKCS7_free>>;
using VerificationHandle = std::unique_ptr<TS_VERIFY_CTX, FreeWith<TS_VERIFY_CTX_free>>;

// Errors of a refused input must not stay in the thread's queue, where TLS would take them for its
// own.
class ErrorQueue {
 public:
  ErrorQueue() { ERR_set_mark(); }
  ~ErrorQueue() { ERR_pop_to_mark(); }
  ErrorQueue(const ErrorQueue&) = delete;
  ErrorQueue& operator=(const ErrorQueue&) = delete;

  // Why the library refused: the newest error, with what it adds ("certificate has expired").
  static std::string newest() {
    const char* data = nullptr;
    int flags = 0;
    const unsigned long code = ERR_peek_last_error_data(&data, &flags);
    const char* reason = ERR_reason_error_string(code);
    std::string text = reason != nullptr ? reason : "refused";
    if (data != nullptr && (flags & ERR_TXT_STRING) != 0 && *data != '\0') {
      text.append(": ").append(data);
    }
    return text;
  }
};

// The functions that write DER share one shape; so do those that read it.
template <auto encode, class Object>
Bytes der_of(const Object* object) {
  std::uint8_t* allocated = nullptr;
  const int length = encode(object, &allocated);
  require(length > 0);
  Bytes der(allocated, allocated + length);
  OPENSSL_free(allocated);
  return der;
}

// One object, and nothing behind it.
template <class Handle, auto decode>
Handle parse_der(ByteView der) {
  const std::uint8_t* at = der.data();
  Handle object{decode(nullptr, &at, static_cast<long>(der.size()))};
  return at == der.data() + der.size() ? std::move(object) : Handle();
}

TokenHandle parse_token(ByteView token) {
  TokenHandle parsed = parse_der<TokenHandle, d2i_PKCS7>(token);
  // One encoding only: what was read must write the same bytes.
  const bool is_signed = parsed && PKCS7_type_is_signed(parsed.get()) != 0 &&
                         parsed->d.sign != nullptr &&
                         std::ranges::equal(der_of<i2d_PKCS7>(parsed.get()), token);
  return is_signed ? std::move(parsed) : TokenHandle();
}

bool has_no_parameters(const X509_ALGOR& algorithm) {
  int type = V_ASN1_UNDEF;
  X509_ALGOR_get0(nullptr, &type, nullptr, &algorithm);
  return type == V_ASN1_NULL || type == V_ASN1_UNDEF;
}

// The algorithm that is stated, which the library does not look at, is the one of key and digest.
bool states_its_signature(const PKCS7_SIGNER_INFO& signer, X509& certificate) {
  const int stated = OBJ_obj2nid(signer.digest_enc_alg->algorithm);
  const int digest_used = OBJ_obj2nid(signer.digest_alg->algorithm);
  const EVP_PKEY* const public_key = X509_get0_pubkey(&certificate);
  const int key_used = public_key == nullptr ? NID_undef : EVP_PKEY_get_base_id(public_key);
  int digest = NID_undef;
  int key = NID_undef;
  const bool combined = OBJ_find_sigid_algs(stated, &digest, &key) == 1;
  return key_used != NID_undef && has_no_parameters(*signer.digest_alg) &&
         has_no_parameters(*signer.digest_enc_alg) &&
         (combined ? digest == digest_used && key == key_used : stated == key_used);
}

X509* signer_of(PKCS7& token) {
  const SignersHandle signers{PKCS7_get0_signers(&token, nullptr, 0)};
  return signers && sk_X509_num(signers.get()) == 1 ? sk_X509_value(signers.get(), 0) : nullptr;
}

// What the signature does not cover may only say again what it covers: one signer, named as in its
// certificate, its digest. Further certificates are the exception: they help to find the chain.
bool has_nothing_to_alter(PKCS7& token) {
  const PKCS7_SIGNED& data = *token.d.sign;
  X509* const certificate = signer_of(token);
  if (certificate == nullptr || sk_X509_ALGOR_num(data.md_algs) != 1 ||
      sk_X509_CRL_num(data.crl) > 0 || ASN1_INTEGER_get(data.version) != 3) {
    return false;
  }
  const PKCS7_SIGNER_INFO& signer = *sk_PKCS7_SIGNER_INFO_value(data.signer_info, 0);
  return X509_ALGOR_cmp(sk_X509_ALGOR_value(data.md_algs, 0), signer.digest_alg) == 0 &&
         ASN1_INTEGER_get(signer.version) == 1 && states_its_signature(signer, *certificate) &&
         sk_X509_ATTRIBUTE_num(signer.unauth_attr) <= 0 &&
         der_of<i2d_X509_NAME>(signer.issuer_and_serial->issuer) ==
             der_of<i2d_X509_NAME>(X509_get_issuer_name(certificate));
}

// Digests under which nobody finds two statements with one signature.
bool has_strong_digest(const PKCS7& token) {
  const PKCS7_SIGNER_INFO& signer = *sk_PKCS7_SIGNER_INFO_value(token.d.sign->signer_info, 0);
  const int digest = OBJ_obj2nid(signer.digest_alg->algorithm);
  return digest == NID_sha256 || digest == NID_sha384 || digest == NID_sha512 || digest == NID_sm3;
}

std::optional<Digest> imprint_of(TS_TST_INFO& statement) {
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(&statement);
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  const ASN1_OCTET_STRING* bytes = TS_MSG_IMPRINT_get_msg(imprint);
  return OBJ_obj2nid(algorithm) == NID_sha256
             ? digest_from_bytes({ASN1_STRING_get0_data(bytes),
                                  static_cast<std::size_t>(ASN1_STRING_length(bytes))})
             : std::nullopt;
}

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    value = 10 * value + (c - '0');
  }
  return value;
}

// GeneralizedTime as RFC 3161 has it: YYYYMMDDhhmmss[.fraction]Z, no trailing zeros.
std::optional<std::int64_t> micros_of(std::string_view text) {
  constexpr std::size_t whole = 14;
  constexpr std::size_t fraction_max = 6;
  if (text.size() <= whole || text.back() != 'Z') {
    return std::nullopt;
  }
  const auto year = digits(text.substr(0, 4));
  std::array<int, 5> rest{};  // month, day, hour, minute, second
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const auto value = digits(text.substr(4 + 2 * i, 2));
    if (!value) {
      return std::nullopt;
    }
    rest.at(i) = *value;
  }
  std::string_view fraction = text.substr(whole, text.size() - whole - 1);
  if (!fraction.empty() && (fraction.size() < 2 || fraction.front() != '.' ||
                            fraction.back() == '0' || !digits(fraction.substr(1, fraction_max)))) {
    return std::nullopt;
  }
  fraction.remove_prefix(std::min<std::size_t>(fraction.size(), 1));
  std::string six(fraction.substr(0, fraction_max));
  six.resize(fraction_max, '0');
  using namespace std::chrono;
  const year_month_day date{std::chrono::year(year.value_or(-1)),
                            month(static_cast<unsigned>(rest[0])),
                            day(static_cast<unsigned>(rest[1]))};
  if (!year || !date.ok() || rest[2] > 23 || rest[3] > 59 || rest[4] > 59) {
    return std::nullopt;
  }
  const auto at = sys_days(date) + hours(rest[2]) + minutes(rest[3]) + seconds(rest[4]);
  const std::int64_t rounded_up = fraction.size() > fraction_max ? 1 : 0;
  return duration_cast<microseconds>(at.time_since_epoch()).count() + *digits(six) + rounded_up;
}

// nullopt for a part that is not as RFC 3161 bounds it.
std::optional<std::int64_t> accuracy_of(TS_TST_INFO& statement) {
  const TS_ACCURACY* accuracy = TS_TST_INFO_get_accuracy(&statement);
  if (accuracy == nullptr) {
    return 0;
  }
  constexpr std::int64_t seconds_max = 86'400;
  const auto part = [](const ASN1_INTEGER* value,
                       std::int64_t most) -> std::optional<std::int64_t> {
    std::int64_t number = 0;
    const bool read = value == nullptr || ASN1_INTEGER_get_int64(&number, value) == 1;
    return read && number >= 0 && number <= most ? std::optional(number) : std::nullopt;
  };
  const auto seconds = part(TS_ACCURACY_get_seconds(accuracy), seconds_max);
  const auto millis = part(TS_ACCURACY_get_millis(accuracy), 999);
  const auto micros = part(TS_ACCURACY_get_micros(accuracy), 999);
  return seconds && millis && micros ? std::optional((*seconds * 1'000 + *millis) * 1'000 + *micros)
                                     : std::nullopt;
}

std::string hex_of(const ASN1_INTEGER& number) {
  const Bytes bytes(ASN1_STRING_get0_data(&number),
                    ASN1_STRING_get0_data(&number) + ASN1_STRING_length(&number));
  return (ASN1_STRING_type(&number) == V_ASN1_NEG_INTEGER ? "-" : "") + hex_encode(bytes);
}

std::string text_of_policy(const ASN1_OBJECT& policy) {
  std::array<char, 128> text{};
  const int length = OBJ_obj2txt(text.data(), text.size(), &policy, 1);
  return length > 0 && static_cast<std::size_t>(length) < text.size() ? text.data() : "";
}

// Control characters are escaped; letters of any script stay.
std::string text_of_name(const X509_NAME& name) {
  const BioHandle bio{BIO_new(BIO_s_mem())};
  require(bio != nullptr);
  constexpr unsigned long form =
      XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  require(X509_NAME_print_ex(bio.get(), &name, 0, form) >= 0);
  char* data = nullptr;
  const long length = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(length)};
}

std::optional<Timestamp> statement_of(PKCS7& token) {
  const StatementHandle statement{PKCS7_to_TS_TST_INFO(&token)};
  if (!statement || TS_TST_INFO_get_version(statement.get()) != 1) {
    return std::nullopt;
  }
  const auto imprint = imprint_of(*statement);
  const ASN1_GENERALIZEDTIME* time = TS_TST_INFO_get_time(statement.get());
  const auto micros = micros_of({reinterpret_cast<const char*>(ASN1_STRING_get0_data(time)),
                                 static_cast<std::size_t>(ASN1_STRING_length(time))});
  const auto accuracy = accuracy_of(*statement);
  X509* const signer = signer_of(token);
  if (!imprint || !micros || !accuracy || signer == nullptr) {
    return std::nullopt;
  }
  return Timestamp{*imprint,
                   *micros,
                   *accuracy,
                   text_of_policy(*TS_TST_INFO_get_policy_id(statement.get())),
                   hex_of(*TS_TST_INFO_get_serial(statement.get())),
                   text_of_name(*X509_get_subject_name(signer))};
}

QueryHandle make_query(const Digest& imprint, std::optional<std::uint64_t> nonce) {
  QueryHandle query{TS_REQ_new()};
  const ImprintHandle stamped{TS_MSG_IMPRINT_new()};
  const AlgorithmHandle algorithm{X509_ALGOR_new()};
  require(query && stamped && algorithm &&
          X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
          TS_MSG_IMPRINT_set_algo(stamped.get(), algorithm.get()) == 1);
  Bytes bytes(imprint.bytes.begin(), imprint.bytes.end());
  require(TS_MSG_IMPRINT_set_msg(stamped.get(), bytes.data(), static_cast<int>(bytes.size())) ==
              1 &&
          TS_REQ_set_version(query.get(), 1) == 1 &&
          TS_REQ_set_msg_imprint(query.get(), stamped.get()) == 1 &&
          TS_REQ_set_cert_req(query.get(), 1) == 1);
  if (nonce) {
    const IntegerHandle number{ASN1_INTEGER_new()};
    require(number && ASN1_INTEGER_set_uint64(number.get(), *nonce) == 1 &&
            TS_REQ_set_nonce(query.get(), number.get()) == 1);
  }
  return query;
}

// Trusts the roots, as of the time; keys and digests below 112 bits of strength are refused.
StoreHandle store_of(const TimestampRoots& roots, std::int64_t time_unix_micros) {
  StoreHandle store{X509_STORE_new()};
  require(store != nullptr);
  for (const Bytes& der : roots.certificates()) {
    const CertificateHandle root = parse_der<CertificateHandle, d2i_X509>(der);
    require(root && X509_STORE_add_cert(store.get(), root.get()) == 1);
  }
  X509_VERIFY_PARAM* const parameters = X509_STORE_get0_param(store.get());
  constexpr int level_of_112_bits = 2;
  X509_VERIFY_PARAM_set_auth_level(parameters, level_of_112_bits);
  X509_VERIFY_PARAM_set_time(parameters, time_unix_micros / 1'000'000);
  return store;
}

std::string text_of_refusal(TS_STATUS_INFO& status) {
  const ASN1_INTEGER* number = TS_STATUS_INFO_get0_status(&status);
  std::string text = "status " + std::to_string(ASN1_INTEGER_get(number));
  const STACK_OF(ASN1_UTF8STRING)* texts = TS_STATUS_INFO_get0_text(&status);
  for (int i = 0; i < sk_ASN1_UTF8STRING_num(texts); ++i) {
    const ASN1_UTF8STRING* part = sk_ASN1_UTF8STRING_value(texts, i);
    text.append(": ").append(reinterpret_cast<const char*>(ASN1_STRING_get0_data(part)),
                             static_cast<std::size_t>(ASN1_STRING_length(part)));
  }
  return text;
}

std::nullopt_t refuse(TimestampFault& fault,
                      TimestampFault::Kind kind,
                      std::string zh,
                      std::string en) {
  fault = {kind, std::move(zh), std::move(en)};
  return std::nullopt;
}

}  // namespace

Bytes timestamp_query(const Digest& imprint, std::uint64_t nonce) {
  const QueryHandle query = make_query(imprint, nonce);
  return der_of<i2d_TS_REQ>(query.get());
}

std::optional<TimestampReply> read_timestamp_reply(ByteView reply) {
  const ErrorQueue errors;
  const ReplyHandle parsed = parse_der<ReplyHandle, d2i_TS_RESP>(reply);
  if (!parsed) {
    return std::nullopt;
  }
  TS_STATUS_INFO* const status = TS_RESP_get_status_info(parsed.get());
  const long number = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
  const bool granted = number == TS_STATUS_GRANTED || number == TS_STATUS_GRANTED_WITH_MODS;
  const PKCS7* const token = TS_RESP_get_token(parsed.get());
  if (granted != (token != nullptr)) {
    return std::nullopt;
  }
  return granted ? TimestampReply{der_of<i2d_PKCS7>(token), ""}
                 : TimestampReply{{}, text_of_refusal(*status)};
}

std::optional<Timestamp> read_timestamp(ByteView token) {
  const ErrorQueue errors;
  const TokenHandle parsed = parse_token(token);
  return parsed && has_nothing_to_alter(*parsed) ? statement_of(*parsed) : std::nullopt;
}

std::optional<TimestampRoots> TimestampRoots::parse(std::string_view pem) {
  const ErrorQueue errors;
  const BioHandle bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
  require(bio != nullptr);
  TimestampRoots roots;
  while (const CertificateHandle read{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
    roots.certificates_.push_back(der_of<i2d_X509>(read.get()));
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  return at_end && !roots.certificates_.empty() ? std::optional(std::move(roots)) : std::nullopt;
}

std::optional<Timestamp> verify_timestamp(ByteView token,
                                          const Digest& imprint,
                                          const TimestampRoots& roots,
                                          TimestampFault& fault,
                                          std::optional<std::uint64_t> nonce) {
  using Kind = TimestampFault::Kind;
  const ErrorQueue errors;
  const TokenHandle parsed = parse_token(token);
  std::optional<Timestamp> stated =
      parsed && has_nothing_to_alter(*parsed) ? statement_of(*parsed) : std::nullopt;
  if (!stated) {
    return refuse(fault, Kind::malformed, "不是时间戳令牌,或有多余内容", "not a time stamp token");
  }
  if (stated->imprint != imprint) {
    return refuse(fault, Kind::other_imprint, "时间戳所盖的是别的内容", "stamps something else");
  }
  const QueryHandle query = make_query(imprint, nonce);
  const VerificationHandle verification{TS_REQ_to_TS_VERIFY_CTX(query.get(), nullptr)};
  require(verification != nullptr);
  TS_VERIFY_CTX_add_flags(verification.get(), TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_store(verification.get(), store_of(roots, stated->time_unix_micros).release());
  if (!has_strong_digest(*parsed)) {
    return refuse(fault, Kind::not_trusted, "时间戳所用摘要算法太弱", "signed over a weak digest");
  }
  if (TS_RESP_verify_token(verification.get(), parsed.get()) == 1) {
    return stated;
  }
  const int reason = ERR_GET_REASON(ERR_peek_last_error());
  if (reason == TS_R_NONCE_MISMATCH || reason == TS_R_NONCE_NOT_RETURNED) {
    return refuse(fault, Kind::other_nonce, "时间戳答复的是别的请求", "answers another query");
  }
  const std::string why = ErrorQueue::newest();
  return refuse(fault, Kind::not_trusted, "时间戳签名不可信:" + why, "not trusted: " + why);
}

}  // namespace juanzong::crypto
