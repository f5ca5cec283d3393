// SPDX-License-Identifier: Apache-2.0
// `juanzong log --server`: pages of records, and with --follow those that are still to come.
#include "crypto/hex.h"

#include "events/model/limits.h"

#include "tools/juanzong/log_arguments.h"
#include "tools/juanzong/log_printer.h"
#include "tools/juanzong/server_ledger.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <ostream>

namespace juanzong::cli {
namespace {

constexpr std::uint32_t page_records = limits::records_per_page_max;

// Pages from the client's loop to the thread that prints.
class PageQueue {
 public:
  void push(Result<message::Records> page) {
    const std::lock_guard lock(mutex_);
    pages_.push_back(std::move(page));
    arrived_.notify_one();
  }
  Result<message::Records> pop() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return !pages_.empty(); });
    Result<message::Records> page = std::move(pages_.front());
    pages_.pop_front();
    return page;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Result<message::Records>> pages_;
};

class ServerLog {
 public:
  ServerLog(Client& client, const LogArguments& wanted, LogPrinter& printer, std::ostream& out)
      : client_(client), wanted_(wanted), printer_(printer), out_(out) {}

  Outcome list_range() {
    std::uint64_t at = first_listed(wanted_, client_.facts().tree_size);
    const std::uint64_t last = wanted_.to.value_or(UINT64_MAX);
    while (at <= last) {
      const auto count = std::min<std::uint64_t>(page_records - 1, last - at) + 1;
      const auto page = client_.read_records(RecordIndex{at}, static_cast<std::uint32_t>(count));
      if (!page || page->records.empty()) {
        return page ? Outcome(Done{}) : fail(page.error());
      }
      if (const Outcome printed = print_all(page->records); !printed) {
        return printed;
      }
      at = page->next;
    }
    return Done{};
  }

  Outcome list_stream() {
    std::uint64_t at = 1;
    while (true) {
      const auto page = client_.read_stream(wanted_.stream, StreamVersion{at}, page_records);
      if (!page || page->records.empty()) {
        return page ? Outcome(Done{}) : fail(page.error());
      }
      if (const Outcome printed = print_wanted(page->records); !printed) {
        return printed;
      }
      at = page->next;
    }
  }

  // Until --to has come, or the connection ends.
  Outcome follow() {
    auto pages = std::make_shared<PageQueue>();
    const std::uint64_t from = first_listed(wanted_, client_.facts().tree_size);
    const std::uint32_t subscription =
        client_.subscribe(RecordIndex{from}, page_records, [pages](Result<message::Records> page) {
          pages->push(std::move(page));
        });
    const std::uint64_t last = wanted_.to.value_or(UINT64_MAX);
    while (true) {
      const Result<message::Records> page = pages->pop();
      if (!page) {
        return fail(page.error());
      }
      if (const Outcome printed = print_wanted(page->records); !printed) {
        return printed;
      }
      out_.flush();
      if (page->next > last) {
        return Done{};
      }
      client_.add_credits(subscription, static_cast<std::uint32_t>(page->records.size()));
    }
  }

 private:
  Outcome print_all(const std::vector<Bytes>& records) {
    for (const Bytes& record : records) {
      if (const Outcome printed = printer_.print(record); !printed) {
        return printed;
      }
    }
    return Done{};
  }

  Outcome print_wanted(const std::vector<Bytes>& records) {
    for (const Bytes& bytes : records) {
      const Result<RecordView> record = parse_record(bytes);
      if (!record) {
        return fail(record.error());
      }
      const std::uint64_t index = number(record->index);
      const bool in_stream = wanted_.stream.empty() ||
                             std::ranges::any_of(record->statement.streams, [this](const auto& at) {
                               return at.name == wanted_.stream;
                             });
      if (!in_stream || index < wanted_.from.value_or(0) ||
          index > wanted_.to.value_or(UINT64_MAX)) {
        continue;
      }
      if (const Outcome printed = printer_.print(bytes); !printed) {
        return printed;
      }
    }
    return Done{};
  }

  Client& client_;
  const LogArguments& wanted_;
  LogPrinter& printer_;
  std::ostream& out_;
};

LogForm form_of(const LogArguments& arguments) {
  return arguments.json ? LogForm::json : arguments.follow ? LogForm::lines : LogForm::table;
}

}  // namespace

void run_log_of_server(const LogArguments& arguments, CommandContext& context) {
  const auto session = ServerSession::open(arguments.server);
  if (!session) {
    context.fail(session.error());
    return;
  }
  Client& client = (*session)->client();
  const Result<CivilZone> zone = zone_of(client);
  if (!zone) {
    context.fail(zone.error());
    return;
  }
  std::map<KeyId, std::string> staff;
  const LogPrinter::ActorOf actor_of = [&client, &staff](const KeyId& key) {
    const auto [at, is_new] = staff.try_emplace(key);
    if (is_new) {
      const auto found = staff_of_key(client, crypto::hex_encode(key.view()));
      at->second = found ? *found : std::string();
    }
    return at->second;
  };
  LogPrinter printer(*zone, actor_of, form_of(arguments), context.out);
  ServerLog log(client, arguments, printer, context.out);
  const Outcome printed = arguments.follow           ? log.follow()
                          : arguments.stream.empty() ? log.list_range()
                                                     : log.list_stream();
  printer.finish();
  if (!printed) {
    context.fail(printed.error());
  }
}

}  // namespace juanzong::cli
