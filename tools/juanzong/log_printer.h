// SPDX-License-Identifier: Apache-2.0
// Records as people and programs see them, wherever they were read.
#pragma once

#include "events/log/record.h"
#include "events/model/result.h"
#include "events/procedures/json_body.h"

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace juanzong::cli {

enum class LogForm {
  table,  // aligned, printed by finish()
  lines,  // one text line a record, at once
  json,   // one JSON object a record, at once
};

class LogPrinter {
 public:
  // Staff behind a key; empty if unknown.
  using ActorOf = std::function<std::string(const KeyId& key)>;

  LogPrinter(CivilZone zone, ActorOf actor_of, LogForm form, std::ostream& out);
  // What parse_record says of bytes that are no record.
  [[nodiscard]] Outcome print(const Bytes& record);
  void finish();

 private:
  CivilZone zone_;
  ActorOf actor_of_;
  LogForm form_;
  std::ostream& out_;
  BodyCodec codec_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace juanzong::cli
