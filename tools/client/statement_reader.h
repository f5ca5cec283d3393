// SPDX-License-Identifier: Apache-2.0
// StatementReader: one JSON object of a line (request_builder.h) to the bytes of a statement. What
// the statements of a request bring with them, openings and attachments, collects in the reader.
#pragma once

#include "crypto/random_bytes.h"

#include "events/log/request.h"
#include "events/model/result.h"
#include "events/procedures/catalogue.h"
#include "events/procedures/json_body.h"

#include <boost/json.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace juanzong {

// Where a statement stands while it is built: commitments bind to it.
struct StatementPlace {
  std::string_view origin;
  RequestId request_id;
  std::uint16_t number = 0;
};

class StatementReader {
 public:
  using ReadFile = std::function<Result<Bytes>(std::string_view file)>;
  struct Sources {
    const ReadFile& read_file;
    const crypto::RandomSource& random;  // salts, blob ids
  };

  // `now`: when it occurred, unless the object says so.
  StatementReader(const Catalogue& catalogue,
                  BodyCodec& codec,
                  const Sources& sources,
                  UnixMicros now)
      : catalogue_(catalogue), codec_(codec), sources_(sources), now_(now) {}

  [[nodiscard]] Result<Bytes> read(const boost::json::value& value, const StatementPlace& place);

  std::vector<Opening> openings;
  std::vector<AttachmentContent> attachments;

 private:
  [[nodiscard]] Result<Bytes> encode(const CatalogueEntry& entry,
                                     const boost::json::object& object,
                                     Bytes body,
                                     const StatementPlace& place);

  const Catalogue& catalogue_;
  BodyCodec& codec_;
  const Sources sources_;
  UnixMicros now_;
};

// The id that the line names, if any; all statements of one request that name one name the same.
[[nodiscard]] Result<std::optional<RequestId>> named_request_id(const boost::json::array& items);

}  // namespace juanzong
