// SPDX-License-Identifier: Apache-2.0
#include "tools/evidence/case_file.h"

#include "crypto/hex.h"

#include "events/log/stream_heads.h"

#include "tools/evidence/plain_number.h"

#include <utility>

namespace juanzong::evidence {
namespace {

constexpr std::string_view title = "juanzong/evidence-proof@v1";

void add_hashes(std::string& text, const std::vector<crypto::Digest>& hashes) {
  for (const crypto::Digest& hash : hashes) {
    text.append(crypto::to_hex(hash)).append("\n");
  }
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at != std::string_view::npos;) {
    const std::size_t blank = line.find(' ');
    words.push_back(line.substr(0, blank));
    at = blank;
    line.remove_prefix(blank == std::string_view::npos ? line.size() : blank + 1);
  }
  return words;
}

// Where the hashes of the lines that follow belong.
class ProofReader {
 public:
  bool read(std::string_view line) {
    if (const auto hash = crypto::digest_from_hex(line)) {
      return hashes_ != nullptr && (hashes_->push_back(*hash), true);
    }
    const std::vector<std::string_view> words = words_of(line);
    const std::string_view word = words.front();
    if (word == "stream" && words.size() == 5) {
      return read_stream(words);
    }
    const auto value = words.size() == 2 ? plain_number(words[1]) : std::nullopt;
    if (!value) {
      return false;
    }
    if (word == "close") {
      file_.close = RecordIndex{*value};
      hashes_ = nullptr;
    } else if (word == "record") {
      hashes_ = &file_.records[RecordIndex{*value}].path;
    } else {
      hashes_ = &file_.since.emplace(Growth{*value, {}}).hashes;
    }
    return true;
  }
  CaseFile take() { return std::move(file_); }

 private:
  bool read_stream(const std::vector<std::string_view>& words) {
    const auto position = plain_number(words[2]);
    const auto version = plain_number(words[3]);
    const auto last = plain_number(words[4]);
    if (!position || !version || !last || !is_stream_name(words[1])) {
      return false;
    }
    file_.streams.push_back(
        {std::string(words[1]), *position, StreamVersion{*version}, RecordIndex{*last}, {}});
    hashes_ = &file_.streams.back().path;
    return true;
  }

  CaseFile file_;
  std::vector<crypto::Digest>* hashes_ = nullptr;
};

}  // namespace

std::string proof_text(const CaseFile& file) {
  std::string text(title);
  text.append("\nclose ").append(std::to_string(number(file.close))).append("\n");
  for (const ListedStream& stream : file.streams) {
    text.append("stream ").append(stream.name);
    text.append(" ").append(std::to_string(stream.position));
    text.append(" ").append(std::to_string(number(stream.version)));
    text.append(" ").append(std::to_string(number(stream.last))).append("\n");
    add_hashes(text, stream.path);
  }
  for (const auto& [index, record] : file.records) {
    text.append("record ").append(std::to_string(number(index))).append("\n");
    add_hashes(text, record.path);
  }
  if (file.since) {
    text.append("since ").append(std::to_string(file.since->old_size)).append("\n");
    add_hashes(text, file.since->hashes);
  }
  return text;
}

Result<CaseFile> parse_proof_text(std::string_view text) {
  const auto wrong_line = [](std::size_t line) {
    return fail(ErrorCode::malformed_request, "proof.txt:" + std::to_string(line));
  };
  ProofReader reader;
  std::string_view rest = text;
  for (std::size_t line = 1; !rest.empty(); ++line) {
    const std::size_t end = rest.find('\n');
    const std::string_view content = rest.substr(0, end);
    const bool good = line == 1 ? content == title : reader.read(content);
    if (!good || end == std::string_view::npos) {
      return wrong_line(line);
    }
    rest.remove_prefix(end + 1);
  }
  CaseFile file = reader.take();
  // One spelling only: order, repeated lines and misplaced ones show here.
  if (file.streams.empty() || file.records.empty() || proof_text(file) != text) {
    return wrong_line(0);
  }
  return file;
}

std::optional<StreamLink> link_in(const RecordView& record, std::string_view stream) {
  for (std::size_t i = 0; i < record.statement.streams.size() && i < record.links.size(); ++i) {
    if (record.statement.streams[i].name == stream) {
      return record.links[i];
    }
  }
  return std::nullopt;
}

StreamProof stream_proof_of(const CaseFile& file, const ListedStream& stream) {
  StreamProof proof;
  proof.stream = stream.name;
  proof.note = file.note;
  proof.heads.push_back({stream.position,
                         encode_named_head({stream.name, stream.version, stream.last}),
                         stream.path});
  const auto close = file.records.find(file.close);
  if (close != file.records.end()) {
    proof.close = {number(file.close), close->second.bytes, close->second.path};
  }
  for (const auto& [index, listed] : file.records) {
    const Result<RecordView> record = parse_record(listed.bytes);
    if (record && link_in(*record, stream.name)) {
      proof.records.push_back({number(index), listed.bytes, listed.path});
    }
  }
  return proof;
}

}  // namespace juanzong::evidence
