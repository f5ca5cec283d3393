// SPDX-License-Identifier: Apache-2.0
#include "events/log/anchor.h"

#include "crypto/sha256.h"

#include "events/model/byte_io.h"
#include "events/model/check.h"

#include <array>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace juanzong {
namespace {

constexpr std::string_view magic = "JZAN";
constexpr std::uint32_t format = 1;
constexpr std::size_t slot_bytes = 512;
constexpr std::size_t slots = 2;
constexpr std::size_t signed_part_bytes = 4 + 4 + 8 + 8 + 32;

struct Slot {
  std::uint64_t generation = 0;
  JournalHead head;
};

Bytes encode_slot(const Slot& slot) {
  ByteWriter out;
  out.put(magic).put(format).put(slot.generation);
  out.put(slot.head.next_position).put(slot.head.tip);
  out.put(crypto::sha256(out.view())).pad_to(slot_bytes);
  return out.take();
}

std::optional<Slot> parse_slot(ByteView bytes, std::size_t place) {
  ByteReader in(bytes);
  Slot slot;
  const bool known =
      text_of(in.take_view(magic.size())) == magic && in.take<std::uint32_t>() == format;
  slot.generation = in.take<std::uint64_t>();
  slot.head.next_position = in.take<std::uint64_t>();
  slot.head.tip = in.take_digest();
  const crypto::Digest digest = in.take_digest();
  in.skip_padding(slot_bytes);
  const bool whole = known && in.finished() && slot.generation % slots == place &&
                     digest == crypto::sha256(bytes.first(signed_part_bytes));
  return whole ? std::optional<Slot>(slot) : std::nullopt;
}

bool write_at(int descriptor, ByteView bytes, std::size_t offset) {
  while (!bytes.empty()) {
    const ssize_t written =
        ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return false;
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    offset += static_cast<std::size_t>(written);
  }
  return true;
}

// Both slots as they lie in the file; shorter when the file is.
Bytes read_slots(int descriptor) {
  Bytes bytes(slots * slot_bytes);
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t got =
        ::pread(descriptor, bytes.data() + have, bytes.size() - have, static_cast<off_t>(have));
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got <= 0) {
      break;
    }
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

bool sync_folder_of(const std::filesystem::path& file) {
  const std::filesystem::path parent = file.parent_path();
  const int folder =
      ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = folder >= 0 && ::fsync(folder) == 0;
  if (folder >= 0) {
    ::close(folder);
  }
  return synced;
}

Failure io_failure(const std::filesystem::path& file) {
  return fail(ErrorCode::io_failure, "anchor " + file.filename().string());
}

}  // namespace

Anchor::Anchor(int descriptor, std::uint64_t generation, JournalHead newest)
    : descriptor_(descriptor), generation_(generation), newest_(newest) {}

Anchor::~Anchor() {
  ::close(descriptor_);
}

Result<std::unique_ptr<Anchor>> Anchor::create(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return io_failure(file);
  }
  std::unique_ptr<Anchor> anchor(new Anchor(descriptor, 0, {}));  // NOLINT: private constructor
  Bytes bytes = encode_slot(Slot{});
  bytes.resize(slots * slot_bytes);
  if (!write_at(descriptor, bytes, 0) || ::fsync(descriptor) != 0 || !sync_folder_of(file)) {
    return io_failure(file);
  }
  return anchor;
}

Result<std::unique_ptr<Anchor>> Anchor::open(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) {
    return errno == ENOENT ? fail(ErrorCode::not_found, "anchor") : io_failure(file);
  }
  const Bytes bytes = read_slots(descriptor);
  std::optional<Slot> newest;
  for (std::size_t place = 0; bytes.size() == slots * slot_bytes && place < slots; ++place) {
    const auto slot = parse_slot(ByteView(bytes).subspan(place * slot_bytes, slot_bytes), place);
    if (slot && (!newest || slot->generation > newest->generation)) {
      newest = slot;
    }
  }
  if (!newest) {
    ::close(descriptor);
    return fail(ErrorCode::corruption, "anchor: no valid slot");
  }
  return std::unique_ptr<Anchor>(  // NOLINT: private constructor
      new Anchor(descriptor, newest->generation, newest->head));
}

bool Anchor::write(const JournalHead& head) {
  check(head.next_position >= newest_.next_position, "an anchor never goes back");
  const Slot slot{generation_ + 1, head};
  if (!write_at(descriptor_, encode_slot(slot), slot.generation % slots * slot_bytes)) {
    return false;
  }
  generation_ = slot.generation;
  newest_ = head;
  return true;
}

bool Anchor::sync() {
  return ::fdatasync(descriptor_) == 0;
}

Outcome check_against_anchor(const Journal& journal, const JournalHead& anchored) {
  if (anchored.next_position == 0) {
    return Done{};
  }
  if (journal.head().next_position < anchored.next_position) {
    return fail(ErrorCode::ledger_behind_anchor,
                "journal ends at " + std::to_string(journal.head().next_position) +
                    ", anchor says " + std::to_string(anchored.next_position));
  }
  const Result<Bytes> chunk = journal.chunk(anchored.next_position - 1, 0);
  if (!chunk) {
    return fail(chunk.error());
  }
  const Result<ParsedFrameHeader> header = parse_frame_header(*chunk);
  if (!header) {
    return fail(header.error());
  }
  if (header->tip != anchored.tip || header->head.position != anchored.next_position - 1) {
    return fail(ErrorCode::ledger_behind_anchor, "another frame stands at the anchored position");
  }
  return Done{};
}

}  // namespace juanzong
