// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/crash_load.h"

#include "crypto/key_file.h"
#include "crypto/random_bytes.h"

#include "events/log/request_signing.h"
#include "events/procedures/json_body.h"
#include "events/procedures/parties.h"

#include "projections/state/admission.h"

#include "server/pipeline/writer.h"

#include "tests/crash/hasty_journal.h"

#include <cstdio>
#include <cstdlib>
#include <semaphore>
#include <unistd.h>

namespace juanzong::testing {
namespace {

constexpr std::ptrdiff_t window = 64;

// Signs StaffRegistered requests, one after the other, on the founder's chain.
class Load {
 public:
  Load(crypto::PrivateKey key, const World& world, std::string origin)
      : key_(std::move(key)), origin_(std::move(origin)), codec_(catalogue()) {
    const std::string id = crypto::to_hex(crypto::Digest{key_id_of(key_.public_key()).bytes});
    const auto state = world.get<ActorKeyState>(id);
    key_seq_ = state.key_seq;
    last_request_ = state.last_request;
  }

  std::unique_ptr<AdmittedRequest> next(UnixMicros now) {
    const std::string staff = hex_of(crypto::random_array<16>());
    const CatalogueEntry& entry = *catalogue().find("StaffRegistered");
    const auto body = codec_.from_json(entry,
                                       R"({"staff":"S-)" + staff + R"(","department":"D",)" +
                                           R"("badge_no":"B-)" + staff + R"(","roles":"CSA"})",
                                       BodyHooks{});
    Statement statement;
    statement.type = entry.descriptor.type;
    statement.occurred_at = now;
    statement.streams = {{"staff:S-" + staff, any_version}};
    statement.body = body->body;
    RequestDraft draft;
    draft.origin = origin_;
    draft.request_id = make_request_id(now.value / 1000, crypto::random_array<10>());
    draft.key_seq = ++key_seq_;
    draft.prev_request = last_request_;
    draft.signed_at = now;
    draft.not_after = UnixMicros{now.value + micros_per_day};
    draft.statements = {*encode_statement(statement)};
    const crypto::PrivateKey* keys[] = {&key_};
    const std::array public_keys{key_.public_key()};
    auto admitted = admit_request(
        sign_request(std::move(draft), keys), public_keys, catalogue(), Openings::required);
    last_request_ = admitted->hash;
    return std::make_unique<AdmittedRequest>(std::move(*admitted));
  }

 private:
  crypto::PrivateKey key_;
  std::string origin_;
  BodyCodec codec_;
  std::uint64_t key_seq_ = 0;
  crypto::Digest last_request_;
};

void acknowledge(const AppendResult& result) {
  const auto* receipt = std::get_if<AppendReceipt>(&result);
  if (receipt == nullptr) {
    std::fprintf(stderr, "load: not accepted\n");
    std::abort();
  }
  const Ack ack{number(receipt->first), receipt->leaves.front().bytes};
  if (::write(ack_descriptor, &ack, sizeof ack) != static_cast<ssize_t>(sizeof ack)) {
    std::abort();
  }
}

}  // namespace

std::unique_ptr<DataDirectory> open_data(const std::filesystem::path& directory) {
  auto data = DataDirectory::open(
      directory, [](std::uint64_t) {}, [] { std::abort(); });
  if (!data) {
    std::fprintf(stderr, "open: %s\n", to_text(data.error()).c_str());
    return nullptr;
  }
  return std::move(*data);
}

int run_load(const std::filesystem::path& directory, bool is_unsafe) {
  auto data = open_data(directory);
  if (data == nullptr) {
    return exit_refused;
  }
  auto key = crypto::read_private_key(data->paths().keys / "founder.key");
  const LedgerMachine& machine = *data->ledgers().all().front();
  const std::string ledger = machine.head().name;
  Load load(std::get<crypto::PrivateKey>(std::move(key)), machine.world(), machine.head().origin);
  HastyJournal hasty(data->journal());
  Journal& journal = is_unsafe ? static_cast<Journal&>(hasty) : data->journal();
  const auto clock = make_system_clock();
  WriterParts parts{{journal,
                     data->anchor(),
                     data->rows(),
                     data->materialiser(),
                     [](const std::vector<DurableSize>&) {}},
                    catalogue(),
                    data->person_keys(),
                    *clock,
                    true,
                    false,
                    [](const std::string&) { std::abort(); }};
  Writer writer(std::move(parts), data->take_ledgers());
  std::counting_semaphore<window> free_slots(window);
  while (true) {
    free_slots.acquire();
    WriteTask task;
    task.ledger = ledger;
    task.request = load.next(clock->now());
    task.done = [&free_slots](AppendResult result) {
      acknowledge(result);
      free_slots.release();
    };
    if (!writer.push(task)) {
      std::abort();
    }
  }
}

}  // namespace juanzong::testing
