// SPDX-License-Identifier: Apache-2.0
#include "crypto/pkcs11_signer.h"

#define CRYPTOKI_COMPAT 1
#include <algorithm>
#include <array>
#include <dlfcn.h>
#include <mutex>
#include <optional>
#include <p11-kit-1/p11-kit/pkcs11.h>
#include <string_view>
#include <utility>
#include <vector>

namespace juanzong::crypto {
namespace {

constexpr std::string_view probe = "juanzong/pkcs11/probe/v1";

// Never unloaded and never finalised: other signers of this process may use the same module.
const CK_FUNCTION_LIST* load_module(const std::string& file) {
  void* const library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    return nullptr;
  }
  const auto get_list = reinterpret_cast<CK_C_GetFunctionList>(dlsym(library, "C_GetFunctionList"));
  CK_FUNCTION_LIST* functions = nullptr;
  if (get_list == nullptr || get_list(&functions) != CKR_OK) {
    return nullptr;
  }
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_OS_LOCKING_OK;
  const CK_RV begun = functions->C_Initialize(&arguments);
  return begun == CKR_OK || begun == CKR_CRYPTOKI_ALREADY_INITIALIZED ? functions : nullptr;
}

// Labels are padded with blanks.
bool is_labelled(const CK_TOKEN_INFO& info, std::string_view label) {
  std::string_view text(reinterpret_cast<const char*>(info.label), sizeof info.label);
  text.remove_suffix(text.size() - 1 - std::min(text.find_last_not_of(' '), text.size() - 1));
  return text == label;
}

class Session {
 public:
  explicit Session(const CK_FUNCTION_LIST* functions) : functions_(functions) {}
  ~Session() { close(); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  std::optional<Pkcs11Error> open(const std::string& token, const Passphrase& pin) {
    close();
    const auto slot = slot_of(token);
    if (!slot) {
      return Pkcs11Error::no_such_token;
    }
    if (functions_->C_OpenSession(*slot, CKF_SERIAL_SESSION, nullptr, nullptr, &handle_) !=
        CKR_OK) {
      return Pkcs11Error::token_failed;
    }
    open_ = true;
    std::vector<CK_UTF8CHAR> code(pin.text().begin(), pin.text().end());
    const CK_RV done = functions_->C_Login(handle_, CKU_USER, code.data(), code.size());
    wipe(code);
    return done == CKR_OK || done == CKR_USER_ALREADY_LOGGED_IN
               ? std::nullopt
               : std::optional(Pkcs11Error::pin_refused);
  }

  // Private Ed25519 keys, of the label if one is given.
  [[nodiscard]] std::vector<CK_OBJECT_HANDLE> keys(const std::string& label) const {
    CK_OBJECT_CLASS is_private = CKO_PRIVATE_KEY;
    CK_KEY_TYPE is_edwards = CKK_EC_EDWARDS;
    std::string wanted = label;
    std::array<CK_ATTRIBUTE, 3> attributes{{{CKA_CLASS, &is_private, sizeof is_private},
                                            {CKA_KEY_TYPE, &is_edwards, sizeof is_edwards},
                                            {CKA_LABEL, wanted.data(), wanted.size()}}};
    std::vector<CK_OBJECT_HANDLE> found(16);
    CK_ULONG count = 0;
    if (functions_->C_FindObjectsInit(handle_, attributes.data(), label.empty() ? 2 : 3) !=
            CKR_OK ||
        functions_->C_FindObjects(handle_, found.data(), found.size(), &count) != CKR_OK) {
      count = 0;
    }
    functions_->C_FindObjectsFinal(handle_);
    found.resize(count);
    return found;
  }

  [[nodiscard]] std::optional<Signature> sign(CK_OBJECT_HANDLE key, ByteView message) const {
    CK_MECHANISM pure{CKM_EDDSA, nullptr, 0};
    Signature signature;
    CK_ULONG size = signature.bytes.size();
    std::vector<CK_BYTE> bytes(message.begin(), message.end());  // the interface is not const
    const bool done =
        open_ && functions_->C_SignInit(handle_, &pure, key) == CKR_OK &&
        functions_->C_Sign(handle_, bytes.data(), bytes.size(), signature.bytes.data(), &size) ==
            CKR_OK;
    return done && size == signature.bytes.size() ? std::optional(signature) : std::nullopt;
  }

 private:
  [[nodiscard]] std::optional<CK_SLOT_ID> slot_of(const std::string& token) const {
    std::vector<CK_SLOT_ID> slots(256);
    CK_ULONG count = slots.size();
    if (functions_->C_GetSlotList(CK_TRUE, slots.data(), &count) != CKR_OK) {
      return std::nullopt;
    }
    slots.resize(std::min<std::size_t>(count, slots.size()));
    for (const CK_SLOT_ID slot : slots) {
      CK_TOKEN_INFO info{};
      if (functions_->C_GetTokenInfo(slot, &info) == CKR_OK && is_labelled(info, token)) {
        return slot;
      }
    }
    return std::nullopt;
  }
  void close() {
    if (open_) {
      functions_->C_CloseSession(handle_);
    }
    open_ = false;
  }

  const CK_FUNCTION_LIST* functions_;
  CK_SESSION_HANDLE handle_ = 0;
  bool open_ = false;
};

class Pkcs11Signer final : public MessageSigner {
 public:
  Pkcs11Signer(const CK_FUNCTION_LIST* functions,
               Pkcs11Place place,
               Passphrase pin,
               const PublicKey& public_key)
      : place_(std::move(place)),
        pin_(std::move(pin)),
        public_key_(public_key),
        session_(functions) {}

  [[nodiscard]] const PublicKey& public_key() const override { return public_key_; }

  [[nodiscard]] std::optional<Signature> sign(ByteView message) const override {
    const std::lock_guard lock(mutex_);
    auto signature = session_.sign(key_, message);
    if (!signature && !find_key()) {
      signature = session_.sign(key_, message);
    }
    return signature;
  }

  // Logs in and looks for the key that signs as the public key says.
  std::optional<Pkcs11Error> find_key() const {
    if (const auto error = session_.open(place_.token, pin_)) {
      return error;
    }
    for (const CK_OBJECT_HANDLE key : session_.keys(place_.label)) {
      const auto signature = session_.sign(key, bytes_of(probe));
      if (signature && verify(public_key_, bytes_of(probe), *signature)) {
        key_ = key;
        return std::nullopt;
      }
    }
    return Pkcs11Error::no_such_key;
  }

 private:
  const Pkcs11Place place_;
  const Passphrase pin_;
  const PublicKey public_key_;
  mutable std::mutex mutex_;  // a session signs one message at a time
  mutable Session session_;
  mutable CK_OBJECT_HANDLE key_ = 0;
};

}  // namespace

const char* name_of(Pkcs11Error error) {
  constexpr std::array<const char*, 5> names = {
      "module_not_loaded", "no_such_token", "pin_refused", "no_such_key", "token_failed"};
  const auto index = static_cast<std::size_t>(error);
  return index < names.size() ? names[index] : "unknown";
}

std::variant<std::unique_ptr<MessageSigner>, Pkcs11Error> open_pkcs11_signer(
    const Pkcs11Place& place, Passphrase pin, const PublicKey& public_key) {
  const CK_FUNCTION_LIST* const functions = load_module(place.module);
  if (functions == nullptr) {
    return Pkcs11Error::module_not_loaded;
  }
  auto signer = std::make_unique<Pkcs11Signer>(functions, place, std::move(pin), public_key);
  if (const auto error = signer->find_key()) {
    return *error;
  }
  return std::unique_ptr<MessageSigner>(std::move(signer));
}

}  // namespace juanzong::crypto
