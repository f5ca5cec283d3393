// SPDX-License-Identifier: Apache-2.0
// The table: one row for every folder that holds C++ or FlatBuffers files, lowest layer first.
// A new folder needs a row; a new line in a row is a decision about the design, not a formality.
#include "tests/structure/layering.h"

#include <initializer_list>

namespace juanzong::structure {
namespace {

using Patterns = std::vector<std::string>;

Patterns joined(std::initializer_list<Patterns> lists) {
  Patterns all;
  for (const Patterns& list : lists) {
    all.insert(all.end(), list.begin(), list.end());
  }
  return all;
}

// Values that carry bytes and digests and nothing else of crypto/.
// Pure functions over bytes, and values of them.
const Patterns byte_values = {
    "crypto/byte_view.h", "crypto/digest.h", "crypto/hex.h", "crypto/sha256.h"};
const Patterns vocabulary = {"crypto", "events/model", "events/schema"};
const Patterns procedures = {"events/procedures", "events/procedures/*"};
// The store by its interface: files that name RocksDB stay behind it.
const Patterns store = {"events/storage", "!events/storage/rocksdb_*.h"};
const Patterns records = {"events/log", "events/vault"};
const Patterns projections = {"projections", "projections/*"};

std::vector<PolicyRow> events_rows() {
  const std::string ask_world = "ask another procedure through events/procedures/world.h";
  return {
      {"crypto", "", {}, "crypto knows nothing of Juanzong"},
      {"events/model", "", {"crypto"}, ""},
      {"events/schema", "", {}, ""},
      {"events/log", "", vocabulary, "records are opaque to the log"},
      {"events/storage", "", {"crypto", "events/model", "events/log"}, ""},
      {"events/vault", "", {"crypto", "events/model", "events/log", "events/storage"}, ""},
      // The list of all procedures is the one file that may see them all; nothing includes it.
      {"events/procedures/catalogue.cpp",
       "",
       joined({byte_values, {"events/model", "events/schema"}, procedures}),
       ""},
      {"events/procedures",
       "",
       joined({byte_values, {"events/model", "events/schema"}}),
       "only catalogue.cpp names a procedure's folder"},
      {"events/procedures/*",
       "",
       joined({byte_values, {"events/model", "events/schema", "events/procedures"}}),
       ask_world},
  };
}

std::vector<PolicyRow> projections_rows() {
  return {
      {"projections/engine",
       "",
       joined({vocabulary, {"events/log", "events/procedures"}, store}),
       ""},
      {"projections/state",
       "",
       joined({vocabulary, procedures, {"events/log", "projections/engine"}}),
       ""},
      {"projections/views",
       "",
       joined({vocabulary, procedures, {"events/log", "projections/engine", "projections/state"}}),
       ""},
      {"projections/proofs",
       "",
       joined({vocabulary,
               procedures,
               store,
               {"events/log", "projections/engine", "projections/state", "projections/views"}}),
       ""},
      {"projections", "", joined({vocabulary, procedures, {"projections/*"}}), ""},
  };
}

std::vector<PolicyRow> server_rows() {
  const Patterns below = joined(
      {vocabulary, procedures, records, {"events/storage"}, projections, {"server", "server/*"}});
  return {
      {"server/wire",
       "",
       joined({byte_values, {"events/*", "!events/storage/*.h"}}),
       "the wire knows events, not how they are kept or served"},
      {"server", "server", below, ""},
      {"server/*", "server", below, ""},
  };
}

std::vector<PolicyRow> tools_rows() {
  const Patterns records_and_views =
      joined({vocabulary, procedures, records, {"events/storage"}, projections, {"tools"}});
  const Patterns everything = joined({records_and_views, {"server", "server/*"}});
  // Libraries of the tools in order; the programs on top may use them all.
  const Patterns libraries = {"tools/terminal", "tools/export"};
  const Patterns clients = joined({everything, libraries, {"tools/client"}});
  return {
      {"tools/*audit*",
       "tools",
       joined({records_and_views, libraries}),
       "the auditor must not depend on the server"},
      {"tools/terminal", "tools", records_and_views, ""},
      {"tools/spreadsheet", "tools", joined({records_and_views, {"tools/terminal"}}), ""},
      {"tools/catalogue", "tools", records_and_views, ""},
      {"tools/export", "tools", joined({records_and_views, {"tools/terminal"}}), ""},
      {"tools/backup", "tools", joined({everything, {"tools/backup"}}), ""},
      {"tools/evidence",
       "tools",
       records_and_views,
       "whoever checks a package needs no server and no client"},
      {"tools/client", "tools", everything, ""},
      {"tools/demo", "tools", clients, ""},
      {"tools/bench", "tools", clients, ""},
      {"tools/import", "tools", clients, ""},
      {"tools/simulate", "tools", joined({clients, {"tools/simulate/*"}}), ""},
      {"tools/simulate/*", "tools", joined({clients, {"tools/simulate"}}), ""},
      {"tools/juanzong", "tools", joined({everything, {"tools/*", "!tools/*audit*"}}), ""},
      {"tools", "tools", joined({everything, {"tools/*", "!tools/*audit*"}}), ""},
  };
}

LayerPolicy make_policy() {
  LayerPolicy policy;
  for (const auto& rows : {events_rows(), projections_rows(), server_rows(), tools_rows()}) {
    policy.rows.insert(policy.rows.end(), rows.begin(), rows.end());
  }
  policy.fences = {
      {"openssl/", {"crypto", "server/net"}},
      {"sodium", {"crypto", "server/net"}},
      {"rocksdb/", {"events/storage"}},
      {"xlsxwriter", {"tools/spreadsheet"}},
      {"zip.h", {"tools/evidence"}},
      {"boost/asio", {"server", "tools"}},
      {"boost/beast", {"server", "tools"}},
  };
  return policy;
}

}  // namespace

const LayerPolicy& juanzong_policy() {
  static const LayerPolicy policy = make_policy();
  return policy;
}

}  // namespace juanzong::structure
