// SPDX-License-Identifier: Apache-2.0
// A blob file is its sealed chunks one after the other, each nonce 12 ‖ ciphertext ‖ tag 16. The
// associated data "juanzong/blob/v1\n" ‖ blob id ‖ chunk number u32 ‖ last u8 keep chunks from
// being moved, dropped or cut off. An empty blob is one empty chunk.
#include "events/vault/blob_store.h"

#include "crypto/sealed_field.h"

#include "events/model/byte_io.h"
#include "events/model/limits.h"
#include "events/storage/durable_file.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace juanzong {
namespace {

constexpr std::size_t sealed_chunk_bytes =
    limits::blob_chunk_bytes + crypto::sealed_overhead_size_bytes;
constexpr std::size_t chunks_max = limits::blob_bytes_max / limits::blob_chunk_bytes + 1;
constexpr std::size_t file_bytes_max =
    limits::blob_bytes_max + chunks_max * crypto::sealed_overhead_size_bytes;

Bytes associated_data(const BlobId& id, std::uint32_t chunk, bool last) {
  ByteWriter out;
  out.put("juanzong/blob/v1\n").put(id.view()).put(chunk);
  out.put(static_cast<std::uint8_t>(last ? 1 : 0));
  return out.take();
}

}  // namespace

BlobStore::BlobStore(std::filesystem::path directory) : directory_(std::move(directory)) {
  std::error_code ignored;  // store() reports a folder that is not there
  std::filesystem::create_directories(directory_, ignored);
}

std::filesystem::path BlobStore::file_of(const BlobId& id) const {
  return directory_ / hex_of(id.bytes);
}

bool BlobStore::has(const BlobId& id) const {
  std::error_code ignored;
  return std::filesystem::exists(file_of(id), ignored);
}

bool BlobStore::opens(const BlobId& id, const crypto::SecretKey& key) const {
  std::ifstream file(file_of(id), std::ios::binary);
  std::string chunk(sealed_chunk_bytes, '\0');
  file.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
  chunk.resize(static_cast<std::size_t>(file.gcount()));
  const bool last = file.eof() || file.peek() == std::ifstream::traits_type::eof();
  std::optional<Bytes> plain = crypto::open(key, associated_data(id, 0, last), bytes_of(chunk));
  if (plain) {
    crypto::wipe(*plain);
  }
  return plain.has_value();
}

Outcome BlobStore::remove(const BlobId& id) const {
  std::error_code error;
  const bool removed = std::filesystem::remove(file_of(id), error);
  if (error) {
    return fail(ErrorCode::io_failure, "removing a blob: " + error.message());
  }
  return removed ? sync_folder(directory_) : Outcome(Done{});
}

Outcome BlobStore::store(const BlobId& id, const crypto::SecretKey& key, ByteView content) const {
  if (content.size() > limits::blob_bytes_max) {
    return fail(ErrorCode::limit_exceeded, "blob: 64 MiB");
  }
  if (has(id)) {
    return fail(ErrorCode::not_permitted, "blob id already stored");
  }
  Bytes file;
  file.reserve(content.size() + chunks_max * crypto::sealed_overhead_size_bytes);
  std::uint32_t chunk = 0;
  do {
    const std::size_t size = std::min(content.size(), limits::blob_chunk_bytes);
    const bool last = size == content.size();
    const Bytes sealed = crypto::seal(key, associated_data(id, chunk, last), content.first(size));
    file.insert(file.end(), sealed.begin(), sealed.end());
    content = content.subspan(size);
    ++chunk;
  } while (!content.empty());
  return create_file_durably(file_of(id), file);
}

Result<Bytes> BlobStore::load(const BlobId& id, const crypto::SecretKey& key) const {
  const Result<Bytes> file = read_file(file_of(id), file_bytes_max);
  if (!file) {
    const bool too_long = file.error().code == ErrorCode::limit_exceeded;
    return too_long ? fail(ErrorCode::corruption, "blob is longer than any") : fail(file.error());
  }
  Bytes content;
  content.reserve(file->size());
  ByteView rest(*file);
  std::uint32_t chunk = 0;
  do {
    const std::size_t size = std::min(rest.size(), sealed_chunk_bytes);
    const bool last = size == rest.size();
    const auto opened = crypto::open(key, associated_data(id, chunk, last), rest.first(size));
    if (!opened) {
      return fail(ErrorCode::corruption, "blob chunk " + std::to_string(chunk));
    }
    content.insert(content.end(), opened->begin(), opened->end());
    rest = rest.subspan(size);
    ++chunk;
  } while (!rest.empty());
  return content;
}

}  // namespace juanzong
