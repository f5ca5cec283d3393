// SPDX-License-Identifier: Apache-2.0
#include "tools/backup/sealed_file.h"

#include <algorithm>
#include <utility>

namespace juanzong {
namespace {

constexpr std::size_t head_bytes_max = 1'024;
constexpr std::size_t sealed_chunk_bytes =
    crypto::sealed_stream_chunk_bytes + crypto::sealed_stream_overhead_bytes;

}  // namespace

SealedFileWriter::SealedFileWriter(std::unique_ptr<NewFile> file, crypto::StreamSealer sealer)
    : file_(std::move(file)), sealer_(std::move(sealer)) {
  pending_.reserve(crypto::sealed_stream_chunk_bytes);
}

Result<std::unique_ptr<SealedFileWriter>> SealedFileWriter::begin(
    const std::filesystem::path& file,
    const std::string& head,
    const crypto::RecipientKey& recipient) {
  auto sealer = crypto::StreamSealer::begin(recipient, bytes_of(head));
  if (!sealer) {
    return fail(ErrorCode::environment, "公钥不可用 / not a key that can be sealed to");
  }
  Result<std::unique_ptr<NewFile>> made = NewFile::begin(file);
  if (!made) {
    return fail(made.error());
  }
  std::unique_ptr<SealedFileWriter> writer(  // NOLINT: private constructor
      new SealedFileWriter(std::move(*made), *std::move(sealer)));
  Outcome written = writer->write(bytes_of(head));
  written = written ? writer->write(bytes_of("\n")) : written;
  written = written ? writer->write(writer->sealer_.prelude()) : written;
  return written ? Result<std::unique_ptr<SealedFileWriter>>(std::move(writer))
                 : fail(written.error());
}

Outcome SealedFileWriter::write(ByteView bytes) {
  hash_.update(bytes);
  bytes_ += bytes.size();
  return file_->write(bytes);
}

// A chunk leaves only when a byte after it is there: the last one is never empty by accident.
Outcome SealedFileWriter::put(ByteView plain) {
  while (!plain.empty()) {
    if (pending_.size() == crypto::sealed_stream_chunk_bytes) {
      const Bytes sealed = sealer_.seal(pending_, crypto::ChunkPlace::within);
      if (const Outcome written = write(sealed); !written) {
        return written;
      }
      pending_.clear();
    }
    const std::size_t size =
        std::min(plain.size(), crypto::sealed_stream_chunk_bytes - pending_.size());
    const ByteView part = plain.first(size);
    pending_.insert(pending_.end(), part.begin(), part.end());
    plain = plain.subspan(size);
  }
  return Done{};
}

Result<SealedFileDigest> SealedFileWriter::finish() {
  Outcome done = write(sealer_.seal(pending_, crypto::ChunkPlace::last));
  done = done ? file_->place(NewFile::Existing::kept) : done;
  return done ? Result<SealedFileDigest>(SealedFileDigest{hash_.finish(), bytes_})
              : fail(done.error());
}

Result<std::unique_ptr<SealedFileReader>> SealedFileReader::open(
    const std::filesystem::path& file,
    std::string_view kind,
    const crypto::SecretKey& private_key) {
  std::unique_ptr<SealedFileReader> reader(new SealedFileReader());  // NOLINT: private constructor
  reader->name_ = file.filename().string();
  reader->in_.open(file, std::ios::binary);
  if (!reader->in_) {
    return fail(ErrorCode::environment, file.string() + ": cannot be read");
  }
  if (const Outcome head = reader->read_head(kind); !head) {
    return fail(head.error());
  }
  const Bytes prelude = reader->read_raw(crypto::sealed_stream_prelude_bytes);
  const auto recipient = crypto::StreamOpener::recipient_of(prelude);
  if (!recipient) {
    return reader->damaged("不是封存文件 / not sealed");
  }
  if (*recipient != crypto::RecipientKey::of(private_key)) {
    return fail(ErrorCode::key_not_valid,
                reader->name_ + ": 系为另一私钥封存 / sealed to another key, " + recipient->text());
  }
  auto opener = crypto::StreamOpener::begin(private_key, bytes_of(reader->head_), prelude);
  if (!opener) {
    return reader->damaged("封存的流密钥无法打开 / its stream key does not open");
  }
  reader->opener_ = std::make_unique<crypto::StreamOpener>(*std::move(opener));
  return reader;
}

Outcome SealedFileReader::read_head(std::string_view kind) {
  std::string head;
  for (int c = in_.get(); in_ && head.size() <= head_bytes_max; c = in_.get()) {
    if (c == '\n' && head.ends_with('\n')) {
      break;
    }
    head += static_cast<char>(c);
  }
  if (!in_ || head.size() > head_bytes_max || !head.starts_with(std::string(kind) + "\n")) {
    return damaged("不是此类文件 / not a file of that kind");
  }
  hash_.update(bytes_of(head)).update(bytes_of("\n"));
  bytes_ = head.size() + 1;
  head_ = std::move(head);
  return Done{};
}

Bytes SealedFileReader::read_raw(std::size_t count) {
  Bytes bytes(count);
  in_.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(count));
  bytes.resize(static_cast<std::size_t>(in_.gcount()));
  hash_.update(bytes);
  bytes_ += bytes.size();
  return bytes;
}

Outcome SealedFileReader::next_chunk() {
  const Bytes sealed = read_raw(sealed_chunk_bytes);
  at_end_ = in_.peek() == std::ifstream::traits_type::eof();
  auto chunk =
      opener_->open(sealed, at_end_ ? crypto::ChunkPlace::last : crypto::ChunkPlace::within);
  if (!chunk) {
    return damaged("被截断或被改动 / cut off or altered");
  }
  chunk_ = *std::move(chunk);
  taken_ = 0;
  return Done{};
}

Result<Bytes> SealedFileReader::take(std::size_t count) {
  Bytes bytes;
  while (bytes.size() < count) {
    if (taken_ == chunk_.size()) {
      const Outcome next =
          at_end_ ? Outcome(damaged("内容不足 / it ends too early")) : next_chunk();
      if (!next) {
        return fail(next.error());
      }
    }
    const std::size_t size = std::min(count - bytes.size(), chunk_.size() - taken_);
    const ByteView part = ByteView(chunk_).subspan(taken_, size);
    bytes.insert(bytes.end(), part.begin(), part.end());
    taken_ += size;
  }
  return bytes;
}

Result<Bytes> SealedFileReader::take_rest(std::size_t bytes_max) {
  Bytes bytes;
  while (taken_ < chunk_.size() || !at_end_) {
    if (taken_ == chunk_.size()) {
      if (const Outcome next = next_chunk(); !next) {
        return fail(next.error());
      }
    }
    bytes.insert(bytes.end(), chunk_.begin() + static_cast<std::ptrdiff_t>(taken_), chunk_.end());
    taken_ = chunk_.size();
    if (bytes.size() > bytes_max) {
      return fail(ErrorCode::limit_exceeded, name_);
    }
  }
  return bytes;
}

Outcome SealedFileReader::expect_end() {
  if (taken_ == chunk_.size() && !at_end_) {
    if (const Outcome next = next_chunk(); !next) {
      return next;
    }
  }
  return at_end_ && taken_ == chunk_.size()
             ? Outcome(Done{})
             : Outcome(damaged("末尾有多余内容 / something follows its end"));
}

Failure SealedFileReader::damaged(std::string_view what) const {
  return fail(ErrorCode::corruption, name_ + ": " + std::string(what));
}

}  // namespace juanzong
