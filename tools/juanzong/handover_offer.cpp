// SPDX-License-Identifier: Apache-2.0
#include "tools/juanzong/handover_offer.h"

#include "crypto/hex.h"
#include "crypto/key_file.h"

#include "events/storage/durable_file.h"

#include "tools/juanzong/backup_key.h"

#include <boost/json.hpp>

#include <algorithm>
#include <system_error>

namespace juanzong::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view format = "juanzong/handover-offer/v1";
constexpr std::size_t offer_bytes_max = 64 * 1024;

std::string to_text(const HandoverOffer& offer) {
  return json::serialize(json::object{
             {"format", format},
             {"company", offer.successor.name},
             {"origin", offer.next.origin},
             {"verifier_key", offer.next.verifier_key},
             {"founder", offer.successor.founder},
             {"founder_public_key", crypto::hex_encode(offer.successor.founder_key.view())},
             {"recipient", offer.recipient.text()}}) +
         "\n";
}

Failure malformed(std::string_view field) {
  return fail(ErrorCode::malformed_request, "handover offer: " + std::string(field));
}

Outcome write_private(const fs::path& file, const crypto::PrivateKey& key) {
  const auto error = crypto::write_private_key(file, key);
  return error
             ? Outcome(fail(ErrorCode::io_failure, file.string() + ": " + crypto::name_of(*error)))
             : Outcome(Done{});
}

}  // namespace

OfferFiles::OfferFiles(const fs::path& folder)
    : offer(folder / "offer.json"),
      log_key(folder / "log.key"),
      verifier_key(folder / "log.vkey"),
      founder_key(folder / "founder.key"),
      transfer_key(folder / "transfer.key") {}

Result<HandoverOffer> make_offer(const fs::path& folder,
                                 const std::string& company,
                                 const std::string& origin,
                                 const std::string& founder) {
  const auto log = crypto::SignerKey::create(origin, crypto::PrivateKey::generate());
  if (!log) {
    return fail(ErrorCode::environment, "origin: no spaces, no '+'");
  }
  std::error_code error;
  if (!fs::create_directory(folder, error) || error) {
    return fail(ErrorCode::environment, folder.string() + ": 须不存在 / must not exist");
  }
  fs::permissions(folder, fs::perms::owner_all, error);
  const OfferFiles files(folder);
  const crypto::PrivateKey founder_key = crypto::PrivateKey::generate();
  Outcome done = write_private(files.log_key, log->private_key());
  done = done ? write_private(files.founder_key, founder_key) : done;
  if (done && crypto::write_verifier_key(files.verifier_key, log->verifier())) {
    done = fail(ErrorCode::io_failure, files.verifier_key.string());
  }
  const Result<crypto::RecipientKey> recipient =
      done ? make_backup_key(files.transfer_key) : fail(done.error());
  if (!recipient) {
    return fail(recipient.error());
  }
  HandoverOffer offer{
      {origin, log->verifier().text()}, {company, founder, founder_key.public_key()}, *recipient};
  const Outcome written = create_file_durably(files.offer, bytes_of(to_text(offer)));
  return written ? Result<HandoverOffer>(std::move(offer)) : fail(written.error());
}

Result<HandoverOffer> read_offer(const fs::path& file) {
  const Result<Bytes> bytes = read_file(file, offer_bytes_max);
  if (!bytes) {
    return fail(ErrorCode::environment, file.string() + ": 无法读取 / cannot be read");
  }
  json::error_code error;
  const json::value value = json::parse(text_of(ByteView(*bytes)), error);
  if (error || !value.is_object()) {
    return malformed("JSON");
  }
  const auto text = [&value](std::string_view name) {
    const json::value* field = value.get_object().if_contains(name);
    return field != nullptr && field->is_string() ? std::string(field->get_string())
                                                  : std::string();
  };
  HandoverOffer offer;
  offer.next = {text("origin"), text("verifier_key")};
  offer.successor.name = text("company");
  offer.successor.founder = text("founder");
  const auto key = crypto::VerifierKey::parse(offer.next.verifier_key);
  const auto founder_key = crypto::digest_from_hex(text("founder_public_key"));
  const auto recipient = crypto::RecipientKey::parse(text("recipient"));
  if (text("format") != format) {
    return malformed("format");
  }
  if (!key || key->name() != offer.next.origin) {
    return malformed("verifier_key");
  }
  if (!founder_key || offer.successor.founder.empty() || offer.successor.name.empty()) {
    return malformed("founder");
  }
  if (!recipient) {
    return malformed("recipient");
  }
  offer.successor.founder_key.bytes = founder_key->bytes;
  offer.recipient = *recipient;
  return offer;
}

}  // namespace juanzong::cli
