// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_file.h"

#include "tests/crypto/note_sample.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace juanzong::crypto {
namespace {

namespace fs = std::filesystem;

// RFC 8410 §10.3.
constexpr std::string_view rfc8410_pem =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
    "-----END PRIVATE KEY-----\n";

class KeyFile : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "key_file_test.XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
  }
  void TearDown() override { fs::remove_all(directory_); }

  [[nodiscard]] fs::path path() const { return directory_ / "key"; }

  void write(std::string_view text, mode_t mode = 0600) const {
    std::ofstream(path(), std::ios::binary) << text;
    ASSERT_EQ(chmod(path().c_str(), mode), 0);
  }

  fs::path directory_;
};

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

mode_t mode_of(const fs::path& path) {
  struct stat status {};
  EXPECT_EQ(stat(path.c_str(), &status), 0);
  return status.st_mode & 07777U;
}

template <typename Key>
std::string outcome(const std::variant<Key, KeyFileError>& result) {
  const auto* error = std::get_if<KeyFileError>(&result);
  return error == nullptr ? "key" : name_of(*error);
}

TEST_F(KeyFile, GivesBackThePrivateKey) {
  const PrivateKey key = PrivateKey::generate();
  EXPECT_EQ(write_private_key(path(), key), std::nullopt);
  const auto read = read_private_key(path());
  ASSERT_EQ(outcome(read), "key");
  EXPECT_EQ(std::get<PrivateKey>(read).public_key(), key.public_key());
  EXPECT_TRUE(constant_time_equal(std::get<PrivateKey>(read).seed(), key.seed()));
}

TEST_F(KeyFile, WritesThePemOfRfc8410) {
  write(rfc8410_pem);
  const auto key = read_private_key(path());
  ASSERT_EQ(outcome(key), "key");
  fs::remove(path());
  EXPECT_EQ(write_private_key(path(), std::get<PrivateKey>(key)), std::nullopt);
  EXPECT_EQ(content_of(path()), rfc8410_pem);
}

TEST_F(KeyFile, IsForItsOwnerOnlyWhateverTheUmask) {
  for (const mode_t mask : {mode_t{0}, mode_t{0277}}) {
    const mode_t before = umask(mask);
    EXPECT_EQ(write_private_key(path(), PrivateKey::generate()), std::nullopt);
    umask(before);
    EXPECT_EQ(mode_of(path()), 0600U);
    fs::remove(path());
  }
}

TEST_F(KeyFile, IsNeverReplaced) {
  write("kept");
  EXPECT_EQ(write_private_key(path(), PrivateKey::generate()), KeyFileError::already_exists);
  EXPECT_EQ(content_of(path()), "kept");
  fs::remove(path());
  fs::create_symlink(directory_ / "target", path());
  EXPECT_EQ(write_private_key(path(), PrivateKey::generate()), KeyFileError::already_exists);
  EXPECT_FALSE(fs::exists(directory_ / "target"));
}

TEST_F(KeyFile, CannotBeWrittenIntoAMissingDirectory) {
  EXPECT_EQ(write_private_key(directory_ / "no" / "key", PrivateKey::generate()),
            KeyFileError::io_failed);
}

TEST_F(KeyFile, WithAnyPermissionForGroupOrOthersIsRefused) {
  for (const mode_t bit : {040U, 020U, 010U, 04U, 02U, 01U}) {
    write(rfc8410_pem, 0600U | bit);
    EXPECT_EQ(outcome(read_private_key(path())), "permissions_too_open") << std::oct << bit;
  }
  for (const mode_t mode : {0600U, 0400U}) {
    write(rfc8410_pem, 0600);
    ASSERT_EQ(chmod(path().c_str(), mode), 0);
    EXPECT_EQ(outcome(read_private_key(path())), "key") << std::oct << mode;
    ASSERT_EQ(chmod(path().c_str(), 0600), 0);
  }
}

TEST_F(KeyFile, OfAnotherUserIsRefused) {
  if (geteuid() != 0) {
    EXPECT_EQ(outcome(read_private_key("/etc/passwd")), "wrong_owner");
    return;
  }
  write(rfc8410_pem);
  ASSERT_EQ(chown(path().c_str(), 65534, 65534), 0);
  EXPECT_EQ(outcome(read_private_key(path())), "wrong_owner");
}

TEST_F(KeyFile, ThatIsMissingOrNotAFileIsRefused) {
  EXPECT_EQ(outcome(read_private_key(path())), "missing");
  EXPECT_EQ(outcome(read_private_key(directory_)), "not_a_regular_file");
  ASSERT_EQ(mkfifo(path().c_str(), 0600), 0);
  EXPECT_EQ(outcome(read_private_key(path())), "not_a_regular_file");
}

TEST_F(KeyFile, WithOtherContentIsRefused) {
  for (const std::string& text : {
           std::string(),
           std::string("not a key\n"),
           std::string(rfc8410_pem.substr(0, 60)),
           std::string(20000, 'x'),
           // An X25519 key: the same form with another algorithm.
           std::string("-----BEGIN PRIVATE KEY-----\n"
                       "MC4CAQAwBQYDK2VuBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
                       "-----END PRIVATE KEY-----\n"),
       }) {
    write(text);
    EXPECT_EQ(outcome(read_private_key(path())), "malformed") << text.substr(0, 100);
  }
}

TEST_F(KeyFile, GivesBackTheVerifierKey) {
  const SignerKey signer = sample_signer("log.example/1", 1);
  EXPECT_EQ(write_verifier_key(path(), signer.verifier()), std::nullopt);
  EXPECT_EQ(content_of(path()), signer.verifier().text() + "\n");
  EXPECT_EQ(mode_of(path()), 0644U);
  const auto read = read_verifier_key(path());
  ASSERT_EQ(outcome(read), "key");
  EXPECT_EQ(std::get<VerifierKey>(read), signer.verifier());
  EXPECT_EQ(write_verifier_key(path(), signer.verifier()), KeyFileError::already_exists);
}

TEST_F(KeyFile, OfAVerifierHoldsExactlyOneLine) {
  const std::string text = sample_signer("log.example/1", 1).verifier().text();
  write(text, 0644);
  EXPECT_EQ(outcome(read_verifier_key(path())), "key");
  for (const std::string& other : {std::string(), text + "\n\n", text + "\n" + text, " " + text}) {
    write(other, 0644);
    EXPECT_EQ(outcome(read_verifier_key(path())), "malformed");
  }
  fs::remove(path());
  EXPECT_EQ(outcome(read_verifier_key(path())), "missing");
}

PassphraseSource gives(const std::string& text) {
  return [text] { return Passphrase::create(text); };
}

class EncryptedKeyFile : public KeyFile {
 protected:
  [[nodiscard]] const PrivateKey& key() const { return key_; }
  void write_encrypted(const std::string& passphrase) const {
    const auto given = Passphrase::create(passphrase);
    ASSERT_EQ(write_private_key(path(), key_, &*given), std::nullopt);
  }

 private:
  PrivateKey key_ = PrivateKey::generate();
};

TEST_F(EncryptedKeyFile, GivesTheKeyBackForItsPassphrase) {
  write_encrypted("口令 with spaces");
  EXPECT_EQ(mode_of(path()), 0600U);
  const auto read = read_private_key(path(), gives("口令 with spaces"));
  ASSERT_EQ(outcome(read), "key");
  EXPECT_EQ(std::get<PrivateKey>(read).public_key(), key().public_key());
}

TEST_F(EncryptedKeyFile, SaysNothingElseWithoutIt) {
  write_encrypted("right");
  EXPECT_EQ(outcome(read_private_key(path())), "passphrase_needed");
  EXPECT_EQ(outcome(read_private_key(path(), [] { return std::nullopt; })), "passphrase_needed");
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(outcome(read_private_key(path(), gives("wrong" + std::to_string(i)))),
              "wrong_passphrase");
  }
}

TEST_F(EncryptedKeyFile, WithoutAnEd25519KeyInItIsRefused) {
  write(
      "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
      "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAikfmRm4bKhXQICCAAw\n"
      "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEEmooiBoRvLCDhyAuJ3x4a4EQOpX\n"
      "SYCnTMQDnsX7LdbQY9WwSTl+CJ3yappbGU/OFt1Xx5wrzbDOKoaLrfp50Kti+TSl\n"
      "df3V69vd6FtCJhHSaRA=\n"
      "-----END ENCRYPTED PRIVATE KEY-----\n");
  EXPECT_EQ(outcome(read_private_key(path())), "passphrase_needed");
  EXPECT_EQ(outcome(read_private_key(path(), gives("right"))), "wrong_passphrase");
}

TEST_F(EncryptedKeyFile, ShowsNothingOfTheKeyAndNeverTheSameTwice) {
  write_encrypted("right");
  const std::string first = content_of(path());
  EXPECT_TRUE(first.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
  fs::remove(path());
  write_encrypted("right");
  EXPECT_NE(content_of(path()), first);
}

TEST_F(EncryptedKeyFile, ADamagedOneNeverGivesTheKey) {
  write_encrypted("right");
  const std::string good = content_of(path());
  for (std::size_t at = 40; at + 40 < good.size(); at += 31) {
    std::string bad = good;
    bad[at] = bad[at] == 'A' ? 'B' : 'A';
    write(bad);
    const auto read = read_private_key(path(), gives("right"));
    const auto* survived = std::get_if<PrivateKey>(&read);
    EXPECT_TRUE(survived == nullptr || bad == good || survived->public_key() != key().public_key())
        << at;
  }
}

// What OpenSSL's tools write is read, and what we write they read.
TEST_F(EncryptedKeyFile, IsThatOfOpenssl) {
  write_encrypted("right");
  const fs::path word = directory_ / "word";
  std::ofstream(word) << "right\n";
  const std::string in = " -in " + path().string() + " -passin file:" + word.string();
  const fs::path plain = directory_ / "plain";
  ASSERT_EQ(std::system(("openssl pkey" + in + " -out " + plain.string()).c_str()), 0);
  ASSERT_EQ(chmod(plain.c_str(), 0600), 0);
  const auto read = read_private_key(plain);
  ASSERT_EQ(outcome(read), "key");
  EXPECT_EQ(std::get<PrivateKey>(read).public_key(), key().public_key());
  const fs::path theirs = directory_ / "theirs";
  ASSERT_EQ(std::system(("openssl pkcs8 -topk8 -v2 aes-256-cbc -in " + plain.string() + " -out " +
                         theirs.string() + " -passout file:" + word.string())
                            .c_str()),
            0);
  ASSERT_EQ(chmod(theirs.c_str(), 0600), 0);
  EXPECT_EQ(outcome(read_private_key(theirs, gives("right"))), "key");
}

TEST_F(EncryptedKeyFile, TakesTheClearOnesPlaceInOneStep) {
  ASSERT_EQ(write_private_key(path(), key()), std::nullopt);
  EXPECT_FALSE(std::get<bool>(is_encrypted_key(path())));
  const auto passphrase = Passphrase::create("right");
  EXPECT_EQ(replace_private_key(path(), key(), &*passphrase), std::nullopt);
  EXPECT_TRUE(std::get<bool>(is_encrypted_key(path())));
  EXPECT_EQ(mode_of(path()), 0600U);
  EXPECT_EQ(outcome(read_private_key(path(), gives("right"))), "key");
  EXPECT_EQ(replace_private_key(path(), key(), nullptr), std::nullopt);
  EXPECT_EQ(outcome(read_private_key(path())), "key");
  EXPECT_FALSE(fs::exists(path().string() + ".next"));
  std::ofstream(path().string() + ".next") << "of an interrupted attempt";
  EXPECT_EQ(replace_private_key(path(), key(), nullptr), KeyFileError::already_exists);
}

TEST_F(KeyFile, APassphraseIsOneLineOfAPrivateFile) {
  write("right\n");
  EXPECT_EQ(std::get<Passphrase>(read_passphrase(path())).text(), "right");
  write("right");
  EXPECT_EQ(std::get<Passphrase>(read_passphrase(path())).text(), "right");
  for (const std::string& bad : {std::string(),
                                 std::string("\n"),
                                 std::string("two\nlines\n"),
                                 std::string(513, 'x'),
                                 std::string("a\0b", 3)}) {
    write(bad);
    EXPECT_EQ(outcome(read_passphrase(path())), "malformed") << bad.size();
  }
  write("right", 0640);
  EXPECT_EQ(outcome(read_passphrase(path())), "permissions_too_open");
  fs::remove(path());
  EXPECT_EQ(outcome(read_passphrase(path())), "missing");
}

}  // namespace
}  // namespace juanzong::crypto
