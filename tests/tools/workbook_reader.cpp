// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/workbook_reader.h"

#include <gtest/gtest.h>

#include <regex>
#include <vector>
#include <zlib.h>

namespace juanzong::testing {
namespace {

constexpr std::string_view central_mark("PK\x01\x02", 4);
constexpr std::size_t central_size = 46;
constexpr std::size_t local_size = 30;

std::uint32_t little(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i > 0; --i) {
    value = value << 8U | static_cast<unsigned char>(bytes[at + i - 1]);
  }
  return value;
}

std::string inflated(std::string_view packed, std::size_t size) {
  std::string plain(size, '\0');
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, -MAX_WBITS), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  inflateEnd(&stream);
  return plain;
}

std::string plain_of(std::string text) {
  for (const auto& [entity, character] : {std::pair<std::string, std::string>{"&lt;", "<"},
                                          {"&gt;", ">"},
                                          {"&quot;", "\""},
                                          {"&amp;", "&"}}) {
    for (std::size_t at = text.find(entity); at != std::string::npos;
         at = text.find(entity, at + 1)) {
      text.replace(at, entity.size(), character);
    }
  }
  return text;
}

std::vector<std::string> shared_texts(const std::string& xml) {
  static const std::regex text("<si><t[^>]*>([^<]*)</t></si>");
  std::vector<std::string> texts;
  for (std::sregex_iterator at(xml.begin(), xml.end(), text), end; at != end; ++at) {
    texts.push_back(plain_of((*at)[1]));
  }
  return texts;
}

}  // namespace

std::map<std::string, std::string> unzip(ByteView zip) {
  const std::string_view bytes = text_of(zip);
  std::map<std::string, std::string> entries;
  for (std::size_t at = bytes.find(central_mark);
       at != std::string_view::npos && at + central_size <= bytes.size();
       at = bytes.find(central_mark, at + central_size)) {
    const std::uint32_t name_size = little(bytes, at + 28, 2);
    const std::string name(bytes.substr(at + central_size, name_size));
    const std::uint32_t local = little(bytes, at + 42, 4);
    const std::size_t begin =
        local + local_size + little(bytes, local + 26, 2) + little(bytes, local + 28, 2);
    const std::string_view packed = bytes.substr(begin, little(bytes, at + 20, 4));
    const bool stored = little(bytes, at + 10, 2) == 0;
    entries[name] = stored ? std::string(packed) : inflated(packed, little(bytes, at + 24, 4));
  }
  return entries;
}

std::map<std::string, SheetCell> cells_of(const std::map<std::string, std::string>& workbook,
                                          int sheet) {
  static const std::regex cell(
      R"re(<c r="([A-Z]+[0-9]+)"(?: s="([0-9]+)")?(?: t="([a-z]+)")?><v>([^<]*)</v></c>)re");
  const std::vector<std::string> texts = shared_texts(workbook.at("xl/sharedStrings.xml"));
  const std::string& xml = workbook.at("xl/worksheets/sheet" + std::to_string(sheet) + ".xml");
  std::map<std::string, SheetCell> cells;
  for (std::sregex_iterator at(xml.begin(), xml.end(), cell), end; at != end; ++at) {
    const std::string value = (*at)[4];
    const bool shared = (*at)[3] == "s";
    cells[(*at)[1]] = {shared ? texts.at(std::stoul(value)) : value, (*at)[3], (*at)[2]};
  }
  return cells;
}

}  // namespace juanzong::testing
