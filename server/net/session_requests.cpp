// SPDX-License-Identifier: Apache-2.0
// Session, requests: each is dispatched here, and those that only ask are answered at once. All of
// it runs on the session's strand.
#include "events/model/limits.h"

#include "server/net/page_message.h"
#include "server/net/session.h"

#include <algorithm>
#include <utility>

namespace juanzong {
namespace {

std::size_t page_count(std::uint32_t asked) {
  return std::min<std::size_t>(asked, limits::records_per_page_max);
}

}  // namespace

void Session::refuse_input(const Error& error) {
  if (error.code != ErrorCode::io_failure) {
    refuse(0, error);
  }
}

void Session::refuse(std::uint32_t request_no, Error error) {
  shared_->metrics.count_error(error.code);
  send(request_no, std::move(error));
}

bool Session::dispatch(message::Request request) {
  const std::uint32_t request_no = request.request_no;
  // A revoked key ends its connections.
  if (const Outcome known = refresh_principal(); !known) {
    refuse(request_no, known.error());
    return false;
  }
  if (!shared_->rate.take(who_->key_id, std::chrono::steady_clock::now())) {
    refuse(request_no, Error{ErrorCode::busy, "rate"});
    return true;
  }
  return std::visit([this, request_no](
                        auto&& body) { return on(request_no, std::forward<decltype(body)>(body)); },
                    std::move(request.body));
}

bool Session::on(std::uint32_t request_no, message::Login) {
  refuse(request_no, Error{ErrorCode::malformed_request, "a connection logs in once"});
  return false;
}

bool Session::on(std::uint32_t request_no, message::ReadRecords read) {
  Result<RecordPage> page =
      shared_->service.read_records(*who_, RecordIndex{read.from}, page_count(read.count));
  page ? send(request_no, to_message(std::move(*page), PageOf::ledger))
       : refuse(request_no, page.error());
  return true;
}

bool Session::on(std::uint32_t request_no, message::ReadStream read) {
  Result<RecordPage> page = shared_->service.read_stream(
      *who_, read.stream, StreamVersion{read.from_version}, page_count(read.count));
  page ? send(request_no, to_message(std::move(*page), PageOf::stream))
       : refuse(request_no, page.error());
  return true;
}

bool Session::on(std::uint32_t request_no, message::Query query) {
  ++in_flight_;
  shared_->service.query(
      *who_,
      query.view,
      query.arguments,
      [self = shared_from_this(), request_no](Result<std::string> report) {
        self->answer_on_strand([self, request_no, report = std::move(report)]() mutable {
          report ? self->send(request_no, message::Report{std::move(*report)})
                 : self->refuse(request_no, report.error());
        });
      });
  return true;
}

bool Session::on(std::uint32_t request_no, message::Prove prove) {
  const Service& service = shared_->service;
  Result<std::string> proof = !prove.stream.empty() ? service.prove_stream(*who_, prove.stream)
                              : prove.old_size == 0
                                  ? service.prove_record(who_->ledger, RecordIndex{prove.index})
                                  : service.prove_consistency(who_->ledger, prove.old_size);
  proof ? send(request_no, message::ProofText{std::move(*proof)})
        : refuse(request_no, proof.error());
  return true;
}

bool Session::on(std::uint32_t request_no, message::GetAttachment wanted) {
  ++in_flight_;
  const AttachmentPlace place{
      RecordIndex{wanted.index}, std::move(wanted.path), wanted.offset, std::move(wanted.view_id)};
  shared_->service.attachment(
      *who_, place, [self = shared_from_this(), request_no](Result<AttachmentSlice> part) {
        self->answer_on_strand([self, request_no, part = std::move(part)]() mutable {
          part ? self->send(request_no,
                            message::AttachmentPart{
                                std::move(part->bytes), part->total, std::move(part->media_type)})
               : self->refuse(request_no, part.error());
        });
      });
  return true;
}

bool Session::on(std::uint32_t request_no, message::GetCheckpoint) {
  Result<std::string> note = shared_->service.checkpoint(who_->ledger);
  note ? send(request_no, message::CheckpointNote{std::move(*note)})
       : refuse(request_no, note.error());
  return true;
}

bool Session::on(std::uint32_t request_no, message::Attach attach) {
  if (attach.offset == 0) {
    upload_ = std::make_unique<Upload>(shared_->upload_bytes);
  }
  if (!upload_) {
    refuse(request_no, Error{ErrorCode::malformed_request, "Attach: begins at offset 0"});
    return true;
  }
  Outcome added = upload_->add(attach);
  const bool complete = added && upload_->is_complete();
  if (complete) {
    added = shared_->service.attach(*who_, upload_->blob(), upload_->subject(), upload_->content());
  }
  if (complete || !added) {
    upload_.reset();
  }
  added ? send(request_no, message::Attached{complete}) : refuse(request_no, added.error());
  return true;
}

bool Session::on(std::uint32_t request_no, message::Ping) {
  send(request_no, message::Pong{shared_->service.now()});
  return true;
}

}  // namespace juanzong
