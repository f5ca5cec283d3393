// SPDX-License-Identifier: Apache-2.0
#include "tools/export/export_ledger.h"

#include "crypto/entry_bundle.h"

#include "events/procedures/catalogue.h"
#include "events/storage/durable_file.h"

#include "tools/export/export_readme.h"
#include "tools/export/tile_builder.h"
#include "tools/export/tile_path.h"

#include <fstream>
#include <system_error>

namespace juanzong {
namespace {

// Hands on at most `left` records, for an export as of an older checkpoint.
class LimitedSource final : public RecordSource {
 public:
  LimitedSource(RecordSource& inner, std::uint64_t size) : inner_(inner), left_(size) {}
  [[nodiscard]] Outcome next(std::size_t wanted, RecordBlock& block) override {
    if (left_ == 0) {
      return Done{};
    }
    Outcome got = inner_.next(wanted, block);
    if (block.records.size() > left_) {
      block.records.resize(left_);
    }
    left_ -= block.records.size();
    return got;
  }

 private:
  RecordSource& inner_;
  std::uint64_t left_;
};

class Writer {
 public:
  explicit Writer(const std::filesystem::path& out)
      : out_(out), tiles_([this](const Tile& tile) { return write_tile(tile); }) {}

  bool add(const VerifiedRecord& record) {
    crypto::append_to_bundle(bundle_, record.scan.bytes);
    ++entries_;
    return (entries_ % tile_width != 0 || write_bundle(tile_width)) && tiles_.append(record.leaf);
  }
  bool finish() {
    const std::size_t rest = entries_ % tile_width;
    return (rest == 0 || write_bundle(rest)) && tiles_.finish();
  }
  bool write(const std::filesystem::path& name, std::string_view content) {
    std::error_code error;
    std::filesystem::create_directories((out_ / name).parent_path(), error);
    std::ofstream file(out_ / name, std::ios::binary);
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    file.close();
    good_ = good_ && file.good();
    return good_;
  }
  [[nodiscard]] bool good() const { return good_; }

 private:
  bool write_bundle(std::size_t width) {
    const std::string bundle = std::exchange(bundle_, {});
    return write(entries_path((entries_ - 1) / tile_width, width), bundle);
  }
  bool write_tile(const Tile& tile) {
    std::string content;
    for (const crypto::Digest& hash : tile.hashes) {
      content.append(text_of(hash.view()));
    }
    return write(tile_path(tile.level, tile.number, tile.hashes.size()), content);
  }

  std::filesystem::path out_;
  TileBuilder tiles_;
  std::string bundle_;
  std::uint64_t entries_ = 0;
  bool good_ = true;
};

bool write_description(Writer& writer, std::string_view verifier_key, const LogVerification& log) {
  std::string origins;
  for (const OriginSpan& span : log.origins) {
    origins += std::to_string(span.first) + " " + span.origin + "\n";
  }
  const std::filesystem::path folder = "juanzong";
  bool good = writer.write(folder / "log.vkey", std::string(verifier_key) + "\n") &&
              writer.write(folder / "origins", origins) &&
              writer.write(folder / "README.md", export_readme_en) &&
              writer.write(folder / "README.zh-CN.md", export_readme_zh);
  for (const Procedure* procedure : catalogue().procedures()) {
    const std::string name = std::string(procedure->name) + ".bfbs";
    good = good && writer.write(folder / "schemas" / name, text_of(procedure->schema()));
  }
  return good;
}

Outcome prepare(const std::filesystem::path& out) {
  std::error_code error;
  std::filesystem::create_directories(out, error);
  if (error || !std::filesystem::is_empty(out, error) || error) {
    return fail(ErrorCode::environment, out.string() + ": not an empty folder");
  }
  return Done{};
}

Failure why(const LogVerification& log) {
  return fail(ErrorCode::corruption,
              "record " + std::to_string(number(log.finding->index)) + ": " + log.finding->en);
}

}  // namespace

Result<crypto::Checkpoint> export_ledger(RecordSource& source, const ExportOptions& options) {
  if (const Outcome prepared = prepare(options.out); !prepared) {
    return fail(prepared.error());
  }
  Writer writer(options.out);
  LimitedSource limited(source, options.size == 0 ? UINT64_MAX : options.size);
  LogVerifierOptions verify;
  verify.visit = [&writer](const VerifiedRecord& record) { return writer.add(record); };
  verify.progress = options.progress;
  const LogVerification log = verify_log(limited, verify);
  if (log.finding) {
    return why(log);
  }
  if (options.size != 0 && log.size != options.size) {
    return fail(ErrorCode::not_found, "the log ends before the checkpoint's size");
  }
  if (log.origins.empty()) {
    return fail(ErrorCode::not_found, "record 0");
  }
  const crypto::Checkpoint head{log.origins.back().origin, log.size, log.root};
  const Result<std::string> note = options.checkpoint(head);
  if (!note) {
    return fail(note.error());
  }
  if (!writer.finish() || !write_description(writer, options.verifier_key, log)) {
    return fail(ErrorCode::io_failure, options.out.string());
  }
  const Outcome written = write_file_durably(options.out / "checkpoint", bytes_of(*note));
  return written ? Result<crypto::Checkpoint>(head) : fail(written.error());
}

}  // namespace juanzong
