// SPDX-License-Identifier: Apache-2.0
#include "tools/export/export_reader.h"

#include "crypto/signed_note.h"

#include "events/storage/durable_file.h"

#include "tools/export/tile_path.h"

#include <algorithm>

namespace juanzong {
namespace {

// 256 records of 65,535 bytes with their lengths; notes and keys are far smaller.
constexpr std::size_t file_bytes_max = std::size_t{17} << 20U;

Failure damaged(const std::string& path) {
  return fail(ErrorCode::corruption, path + ": not a bundle of the stated width");
}

class EntriesSource final : public RecordSource {
 public:
  EntriesSource(std::filesystem::path folder, std::uint64_t size)
      : folder_(std::move(folder)), size_(size) {}

  [[nodiscard]] Outcome next(std::size_t wanted, RecordBlock& block) override {
    while (block.records.size() < wanted && at_ < size_) {
      if (const Outcome read = read_bundle(block); !read) {
        return read;
      }
    }
    return Done{};
  }

 private:
  // The records before a damaged one are handed on, so that the damaged one is named.
  Outcome read_bundle(RecordBlock& block) {
    const std::size_t width = std::min<std::uint64_t>(tile_width, size_ - at_);
    const std::string path = entries_path(at_ / tile_width, width);
    Result<Bytes> bundle = read_file(folder_ / path, file_bytes_max);
    if (!bundle) {
      return fail(bundle.error().code, path);
    }
    block.storage.push_back(std::move(*bundle));
    ByteView rest = block.storage.back();
    for (std::size_t i = 0; i < width; ++i) {
      const std::size_t length = rest.size() < 2 ? 0 : (std::size_t{rest[0]} << 8U) + rest[1];
      if (rest.size() < 2 || rest.size() - 2 < length) {
        return damaged(path);
      }
      block.records.push_back(rest.subspan(2, length));
      rest = rest.subspan(2 + length);
      ++at_;
    }
    return rest.empty() ? Outcome(Done{}) : Outcome(damaged(path));
  }

  std::filesystem::path folder_;
  std::uint64_t size_;
  std::uint64_t at_ = 0;
};

}  // namespace

bool ExportReader::is_export(const std::filesystem::path& folder) {
  return std::filesystem::exists(folder / "checkpoint") ||
         std::filesystem::is_directory(folder / "tile");
}

Result<ExportReader> ExportReader::open(const std::filesystem::path& folder) {
  ExportReader reader;
  reader.folder_ = folder;
  Result<std::string> note = reader.text("checkpoint");
  if (!note) {
    return fail(note.error());
  }
  reader.note_ = std::move(*note);
  const auto parsed = crypto::parse_note(reader.note_);
  const auto checkpoint = parsed ? crypto::parse_checkpoint(parsed->text) : std::nullopt;
  if (!checkpoint) {
    return fail(ErrorCode::corruption, "checkpoint: not a signed checkpoint");
  }
  reader.stated_ = *checkpoint;
  return reader;
}

Result<std::string> ExportReader::text(const std::filesystem::path& name) const {
  const Result<Bytes> bytes = read_file(folder_ / name, file_bytes_max);
  if (!bytes) {
    return fail(bytes.error().code, name.string());
  }
  return std::string(text_of(ByteView(*bytes)));
}

std::unique_ptr<RecordSource> ExportReader::records() const {
  return std::make_unique<EntriesSource>(folder_, stated_.size);
}

std::optional<ExportReader::TileDifference> ExportReader::compare(const Tile& tile) const {
  const std::string path = tile_path(tile.level, tile.number, tile.hashes.size());
  const Result<Bytes> stored = read_file(folder_ / path, file_bytes_max);
  const std::size_t hash_bytes = crypto::Digest::size_bytes;
  for (std::size_t i = 0; i < tile.hashes.size(); ++i) {
    const bool same = stored && stored->size() >= (i + 1) * hash_bytes &&
                      std::ranges::equal(ByteView(*stored).subspan(i * hash_bytes, hash_bytes),
                                         tile.hashes[i].view());
    if (!same) {
      return TileDifference{i, path};
    }
  }
  const bool longer = stored->size() != tile.hashes.size() * hash_bytes;
  return longer ? std::optional(TileDifference{tile.hashes.size() - 1, path}) : std::nullopt;
}

}  // namespace juanzong
