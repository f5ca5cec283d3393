// SPDX-License-Identifier: Apache-2.0
// A key in a SoftHSM2 token: what it signs is what the file signs, and what can be wrong is said.
#include "crypto/pkcs11_signer.h"

#include "crypto/key_file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <variant>

namespace juanzong::crypto {
namespace {

namespace fs = std::filesystem;

constexpr const char* module_file = "/usr/lib/softhsm/libsofthsm2.so";

// One token for all tests: a process initialises the module once, with one configuration.
class Pkcs11Token : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!fs::exists(module_file)) {
      return;
    }
    std::string pattern = (fs::temp_directory_path() / "pkcs11_test.XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder() = pattern;
    fs::create_directory(folder() / "tokens");
    std::ofstream(folder() / "softhsm2.conf")
        << "directories.tokendir = " << (folder() / "tokens").string() << "\nlog.level = ERROR\n";
    ASSERT_EQ(setenv("SOFTHSM2_CONF", (folder() / "softhsm2.conf").c_str(), 1), 0);
    run("--init-token --free --label site --pin 1234 --so-pin 5678");
    import("other", "01");
    key() = import("log", "02");
  }
  static void TearDownTestSuite() {
    if (!folder().empty()) {
      fs::remove_all(folder());
    }
  }
  void SetUp() override {
    if (!fs::exists(module_file)) {
      GTEST_SKIP() << "skipped: no SoftHSM2 here (package softhsm2)";
    }
  }

  static fs::path& folder() {
    static fs::path path;
    return path;
  }
  static PublicKey& key() {
    static PublicKey half;
    return half;
  }
  static void run(const std::string& arguments) {
    ASSERT_EQ(std::system(("softhsm2-util " + arguments + " > /dev/null").c_str()), 0) << arguments;
  }
  static PublicKey import(const std::string& label, const std::string& id) {
    const PrivateKey imported = PrivateKey::generate();
    const fs::path file = folder() / label;
    EXPECT_EQ(write_private_key(file, imported), std::nullopt);
    run("--import " + file.string() + " --token site --label " + label + " --id " + id +
        " --pin 1234");
    fs::remove(file);
    return imported.public_key();
  }
  static std::variant<std::unique_ptr<MessageSigner>, Pkcs11Error> open(
      const Pkcs11Place& place, const std::string& pin = "1234") {
    return open_pkcs11_signer(place, *Passphrase::create(pin), key());
  }
  static std::string outcome(const std::variant<std::unique_ptr<MessageSigner>, Pkcs11Error>& of) {
    const auto* error = std::get_if<Pkcs11Error>(&of);
    return error == nullptr ? "signer" : name_of(*error);
  }
};

TEST_F(Pkcs11Token, SignsWithTheKeyThatItKeeps) {
  auto opened = open({module_file, "site", "log"});
  ASSERT_EQ(outcome(opened), "signer");
  const MessageSigner& signer = *std::get<0>(opened);
  EXPECT_EQ(signer.public_key(), key());
  for (const std::string& message : {std::string("checkpoint"), std::string(5'000, 'x')}) {
    const auto signature = signer.sign(bytes_of(message));
    ASSERT_TRUE(signature.has_value()) << message.size();
    EXPECT_TRUE(verify(key(), bytes_of(message), *signature)) << message.size();
  }
}

TEST_F(Pkcs11Token, WithoutALabelThePublicKeyDecides) {
  EXPECT_EQ(outcome(open({module_file, "site", ""})), "signer");
}

TEST_F(Pkcs11Token, SaysWhatIsWrong) {
  EXPECT_EQ(outcome(open({"/no/such/module.so", "site", "log"})), "module_not_loaded");
  EXPECT_EQ(outcome(open({module_file, "nowhere", "log"})), "no_such_token");
  EXPECT_EQ(outcome(open({module_file, "site", "nothing"})), "no_such_key");
  EXPECT_EQ(outcome(open({module_file, "site", "other"})), "no_such_key") << "another's key";
}

// While another session is logged in the token takes any PIN as given: so this runs by itself.
TEST_F(Pkcs11Token, AWrongPinIsRefused) {
  EXPECT_EQ(outcome(open({module_file, "site", "log"}, "4321")), "pin_refused");
}

}  // namespace
}  // namespace juanzong::crypto
