// SPDX-License-Identifier: Apache-2.0
// Names of the files of an evidence package.
#pragma once

#include "crypto/digest.h"
#include "crypto/hex.h"

#include "events/model/ids.h"

#include <string>
#include <string_view>

namespace juanzong::evidence::names {

inline constexpr std::string_view checkpoint = "checkpoint.note";
inline constexpr std::string_view since = "since.note";
inline constexpr std::string_view proof = "proof.txt";
inline constexpr std::string_view openings = "openings.txt";
inline constexpr std::string_view time_stamp = "timestamp.der";
inline constexpr std::string_view time_stamp_chain = "timestamp-chain.pem";
inline constexpr std::string_view rendering_html = "rendering.html";
inline constexpr std::string_view rendering_text = "rendering.txt";
inline constexpr std::string_view system = "system.json";
inline constexpr std::string_view procedure = "procedure.txt";
inline constexpr std::string_view guide = "VERIFY.md";
inline constexpr std::string_view script = "verify.sh";

inline constexpr std::string_view records_folder = "records/";
inline constexpr std::string_view keys_folder = "keys/";
inline constexpr std::string_view attachments_folder = "attachments/";

inline std::string record(RecordIndex index) {
  return std::string(records_folder) + std::to_string(number(index)) + ".bin";
}
// What the signers of the record's request signed.
inline std::string signed_bytes(RecordIndex index) {
  return std::string(records_folder) + std::to_string(number(index)) + ".signed";
}
// `position` of the signature in the record, from 0; files count from 1.
inline std::string signature(RecordIndex index, std::size_t position) {
  return std::string(records_folder) + std::to_string(number(index)) + "." +
         std::to_string(position + 1) + ".sig";
}
inline std::string key(const KeyId& id) {
  return std::string(keys_folder) + crypto::hex_encode(id.view()) + ".pem";
}
inline std::string attachment(const crypto::Digest& content) {
  return std::string(attachments_folder) + crypto::to_hex(content);
}

}  // namespace juanzong::evidence::names
