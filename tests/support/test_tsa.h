// SPDX-License-Identifier: Apache-2.0
// A real time stamping authority for tests: `openssl ts` with a certificate authority of its own,
// in a temporary folder. Shares no code with ours but the library.
#pragma once

#include "crypto/byte_view.h"

#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace juanzong::testing {

struct TestTsaOptions {
  std::string key_usage = "critical,timeStamping";
  std::string valid_from = "20200101000000Z";
  std::string valid_until = "20991231000000Z";
  bool sends_chain = true;  // the certificate authority's certificate too
  bool rsa = false;         // else P-256
};

class TestTsa {
  static constexpr std::string_view ts_config =
      "[tsa]\ndefault_tsa=t\n[t]\nserial=ts.serial\nsigner_cert=tsa.pem\nsigner_key=tsa.key\n"
      "signer_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256\n"
      "accuracy=secs:1,millisecs:500\ntsa_name=yes\ness_cert_id_alg=sha256\n";

 public:
  using Options = TestTsaOptions;
  explicit TestTsa(const Options& options = {}) {
    write("ca.cnf",
          "[ca]\ndefault_ca=d\n[d]\ndir=.\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\n"
          "certificate=ca.pem\nprivate_key=ca.key\ndefault_md=sha256\npolicy=p\nunique_subject=no\n"
          "[p]\ncountryName=optional\norganizationName=optional\ncommonName=supplied\n"
          "[root]\nbasicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\n"
          "[tsa]\nbasicConstraints=CA:false\nextendedKeyUsage=" +
              options.key_usage + "\n[req]\ndistinguished_name=n\n[n]\n");
    const std::string chain = options.sends_chain ? "certs=ca.pem\n" : "";
    write("ts.cnf", std::string(ts_config) + chain);
    write("index.txt", "");
    write("serial", "1000\n");
    write("ts.serial", "0100\n");
    const std::string key = options.rsa ? "openssl genrsa -out "
                                        : "openssl ecparam -name prime256v1 -genkey -noout -out ";
    const std::string sign = "openssl ca -batch -config ca.cnf -notext -startdate ";
    run(key + "ca.key");
    run(key + "tsa.key");
    run("openssl req -new -config ca.cnf -key ca.key -subj '/O=Test/CN=Test CA' -out ca.csr && " +
        sign +
        "20200101000000Z -enddate 20991231000000Z -selfsign -extensions root -in ca.csr "
        "-out ca.pem");
    run("openssl req -new -config ca.cnf -key tsa.key -subj '/O=Test/CN=Test TSA' -out tsa.csr "
        "&& " +
        sign + options.valid_from + " -enddate " + options.valid_until +
        " -extensions tsa -in tsa.csr -out tsa.pem");
  }

  [[nodiscard]] std::filesystem::path roots_file() const { return folder_.path() / "ca.pem"; }
  [[nodiscard]] std::string roots() const { return read("ca.pem"); }

  // What the authority answers to a query: a TimeStampResp.
  [[nodiscard]] Bytes reply(ByteView query) const {
    write("query.tsq", text_of(query));
    run("openssl ts -reply -config ts.cnf -queryfile query.tsq -out reply.tsr");
    const std::string reply = read("reply.tsr");
    return {reply.begin(), reply.end()};
  }
  // A query that `openssl ts` made, of a file's content.
  [[nodiscard]] Bytes query_of(std::string_view content) const {
    write("data", content);
    run("openssl ts -query -config ts.cnf -data data -sha256 -cert -out query.tsq");
    const std::string query = read("query.tsq");
    return {query.begin(), query.end()};
  }
  // Whether `openssl ts` takes the token as one of this content.
  [[nodiscard]] bool takes(ByteView token, std::string_view content) const {
    write("data", content);
    write("token.der", text_of(token));
    return status_of(
               "openssl ts -verify -config ts.cnf -data data -token_in -in token.der "
               "-CAfile ca.pem") == 0;
  }

 private:
  [[nodiscard]] int status_of(const std::string& command) const {
    const std::string whole =
        "cd '" + folder_.path().string() + "' && { " + command + "; } >output 2>&1";
    return std::system(whole.c_str());
  }
  void run(const std::string& command) const {
    EXPECT_EQ(status_of(command), 0) << command << "\n" << read("output");
  }
  void write(const std::string& name, std::string_view content) const {
    std::ofstream(folder_.path() / name, std::ios::binary) << content;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(folder_.path() / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  TemporaryFolder folder_;
};

}  // namespace juanzong::testing
