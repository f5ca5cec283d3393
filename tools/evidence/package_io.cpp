// SPDX-License-Identifier: Apache-2.0
#include "tools/evidence/package_io.h"

#include "events/storage/durable_file.h"

#include "tools/evidence/package_names.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <zip.h>

namespace juanzong::evidence {
namespace {

namespace fs = std::filesystem;

// 1980-01-01 00:00:00, the first moment that a zip can say.
constexpr zip_uint16_t dos_date = (1U << 5U) | 1U;
constexpr zip_uint32_t mode_regular = 0100644;
constexpr zip_uint32_t mode_program = 0100755;
constexpr zip_uint32_t mode_kind = 0170000;
constexpr zip_uint32_t mode_link = 0120000;

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_source_t* source) const { zip_source_free(source); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Source = std::unique_ptr<zip_source_t, Discard>;
using Entry = std::unique_ptr<zip_file_t, Discard>;

Failure broken(const std::string& name, std::string_view zh, std::string_view en) {
  return fail(ErrorCode::proof_invalid, name + ": " + std::string(zh) + " / " + std::string(en));
}

bool add_file(zip_t* archive, const std::string& name, const Bytes& content) {
  zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
  const zip_int64_t added =
      source == nullptr ? -1 : zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (added < 0) {
    zip_source_free(source);
    return false;
  }
  const auto index = static_cast<zip_uint64_t>(added);
  const zip_uint32_t mode = name == names::script ? mode_program : mode_regular;
  return zip_set_file_compression(archive, index, ZIP_CM_STORE, 0) == 0 &&
         zip_file_set_dostime(archive, index, 0, dos_date, 0) == 0 &&
         zip_file_set_external_attributes(archive, index, 0, ZIP_OPSYS_UNIX, mode << 16U) == 0;
}

std::optional<Bytes> content_of(zip_source_t* source) {
  zip_stat_t facts;
  zip_stat_init(&facts);
  if (zip_source_open(source) != 0 || zip_source_stat(source, &facts) != 0) {
    return std::nullopt;
  }
  Bytes bytes(facts.size);
  const zip_int64_t read = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  return read == static_cast<zip_int64_t>(bytes.size()) ? std::optional(std::move(bytes))
                                                        : std::nullopt;
}

bool is_link(zip_t* archive, zip_uint64_t index) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  return zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0 ||
         (system == ZIP_OPSYS_UNIX && ((attributes >> 16U) & mode_kind) == mode_link);
}

// Whole and with its checksum.
std::optional<Bytes> read_entry(zip_t* archive, zip_uint64_t index, zip_uint64_t size) {
  const Entry entry(zip_fopen_index(archive, index, 0));
  if (!entry) {
    return std::nullopt;
  }
  Bytes bytes(size);
  const zip_int64_t read = zip_fread(entry.get(), bytes.data(), bytes.size());
  std::uint8_t beyond = 0;
  const bool whole = read == static_cast<zip_int64_t>(size) &&
                     zip_fread(entry.get(), &beyond, 1) == 0;  // here the checksum is judged
  return whole ? std::optional(std::move(bytes)) : std::nullopt;
}

Result<PackageFiles> read_entries(zip_t* archive) {
  PackageFiles files;
  const zip_int64_t count = zip_get_num_entries(archive, 0);
  std::uint64_t total = 0;
  for (zip_int64_t i = 0; i < count; ++i) {
    const auto index = static_cast<zip_uint64_t>(i);
    zip_stat_t facts;
    zip_stat_init(&facts);
    const bool known = zip_stat_index(archive, index, 0, &facts) == 0 &&
                       (facts.valid & ZIP_STAT_NAME) != 0 && (facts.valid & ZIP_STAT_SIZE) != 0;
    const std::string name = known ? facts.name : "";
    if (name.ends_with('/') && facts.size == 0) {
      continue;  // a folder
    }
    total += known ? facts.size : 0;
    if (!known || !is_package_path(name) || is_link(archive, index) || total > package_bytes_max ||
        files.size() >= package_files_max) {
      return broken("zip", "含有不属于证据包的文件", "a file that no package has");
    }
    auto content = read_entry(archive, index, facts.size);
    if (!content || !files.emplace(name, *std::move(content)).second) {
      return broken(name, "损坏或重复", "damaged, or there twice");
    }
  }
  return files;
}

Result<PackageFiles> read_folder(const fs::path& folder) {
  PackageFiles files;
  std::error_code error;
  for (auto at = fs::recursive_directory_iterator(folder, error);
       !error && at != fs::recursive_directory_iterator();
       at.increment(error)) {
    const std::string name = at->path().lexically_relative(folder).generic_string();
    if (at->is_directory(error) && !at->is_symlink(error)) {
      continue;
    }
    if (at->is_symlink(error) || !at->is_regular_file(error) || !is_package_path(name) ||
        files.size() >= package_files_max) {
      return broken("folder", "含有不属于证据包的文件", "a file that no package has");
    }
    Result<Bytes> content = read_file(at->path(), package_bytes_max);
    if (!content) {
      return fail(ErrorCode::environment, name + ": cannot be read");
    }
    files.emplace(name, *std::move(content));
  }
  return error ? Result<PackageFiles>(fail(ErrorCode::environment, folder.string()))
               : Result<PackageFiles>(std::move(files));
}

}  // namespace

Result<Bytes> encode_zip(const PackageFiles& files) {
  zip_error_t error;
  zip_error_init(&error);
  const Source source(zip_source_buffer_create(nullptr, 0, 0, &error));
  Archive archive(source ? zip_open_from_source(source.get(), ZIP_TRUNCATE, &error) : nullptr);
  zip_error_fini(&error);
  if (!archive) {
    return fail(ErrorCode::environment, "zip");
  }
  zip_source_keep(source.get());  // the archive took ours
  for (const auto& [name, content] : files) {
    if (!add_file(archive.get(), name, content)) {
      return fail(ErrorCode::environment, "zip: " + name);
    }
  }
  if (zip_close(archive.get()) != 0) {
    return fail(ErrorCode::environment, "zip");
  }
  static_cast<void>(archive.release());
  auto bytes = content_of(source.get());
  return bytes ? Result<Bytes>(*std::move(bytes)) : fail(ErrorCode::environment, "zip");
}

Result<PackageFiles> decode_zip(ByteView zip) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(zip.data(), zip.size(), 0, &error);
  const Archive archive(source == nullptr
                            ? nullptr
                            : zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
  zip_error_fini(&error);
  if (!archive) {
    zip_source_free(source);
    return broken("zip", "不是完好的 zip", "no sound zip");
  }
  return read_entries(archive.get());
}

Result<PackageFiles> read_package(const fs::path& path) {
  if (fs::is_directory(path)) {
    return read_folder(path);
  }
  const Result<Bytes> zip = read_file(path, package_bytes_max);
  return zip ? decode_zip(*zip)
             : Result<PackageFiles>(
                   fail(ErrorCode::environment, path.string() + ": cannot be read"));
}

}  // namespace juanzong::evidence
