// SPDX-License-Identifier: Apache-2.0
// Every bound of the system, with what it counts and how the bounds relate. A reader learns the
// physics of Juanzong here; the compiler holds the relations.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace juanzong::limits {

// --- Formats (docs/FORMATS.md); these can never grow. -----------------------------------------

// A record is one entry of a C2SP tlog-tiles bundle, whose length is a u16.
inline constexpr std::size_t record_bytes_max = 65'535;
inline constexpr std::size_t statement_bytes_max = 60 * 1024;
inline constexpr std::size_t statements_per_request_max = 4'096;
inline constexpr std::size_t streams_per_statement_max = 16;
inline constexpr std::size_t stream_name_bytes_max = 96;
inline constexpr std::size_t origin_bytes_max = 255;
inline constexpr std::size_t signatures_per_request_max = 4;
inline constexpr std::size_t assigned_bytes_max = 1'024;
// RFC 6962 path of a statement to the root of its request: ceil(log2(4,096)).
inline constexpr std::size_t statement_path_hashes_max = 12;

// Header after its domain prefix: suite, origin, request id, key id, key_seq, prev_request,
// signed_at, not_after, n, R.
inline constexpr std::size_t header_bytes_max =
    1 + 2 + origin_bytes_max + 16 + 32 + 8 + 32 + 8 + 8 + 2 + 32;
inline constexpr std::size_t envelope_bytes_max =
    64 + header_bytes_max + 1 + signatures_per_request_max * 96 + 3 +
    statement_path_hashes_max * 32 + 1 + streams_per_statement_max * 16 + 2 + assigned_bytes_max +
    16;
static_assert(statement_bytes_max + envelope_bytes_max <= record_bytes_max,
              "the largest statement with the largest envelope is still one record");
static_assert((std::size_t{1} << statement_path_hashes_max) == statements_per_request_max);

// --- Openings and attachments -----------------------------------------------------------------

inline constexpr std::size_t commitments_per_statement_max = 512;
inline constexpr std::size_t opening_value_bytes_max = 16 * 1024;
inline constexpr std::size_t opening_path_bytes_max = 128;
inline constexpr std::size_t blob_bytes_max = 64 * 1024 * 1024;
inline constexpr std::size_t blob_chunk_bytes = 256 * 1024;

// --- Journal and writer -----------------------------------------------------------------------

inline constexpr std::size_t chunk_bytes_target = 32 * 1024;
inline constexpr std::size_t batch_records_max = 8'192;
inline constexpr std::size_t batch_bytes_max = 4 * 1024 * 1024;
static_assert(batch_records_max >= statements_per_request_max,
              "one request always fits into one batch: all or nothing");
inline constexpr std::size_t chunks_per_frame_max = 65'535;
static_assert(batch_bytes_max / chunk_bytes_target + batch_records_max < chunks_per_frame_max);

// Ledgers of one data directory, each with the state of its rules in memory.
inline constexpr std::size_t ledgers_max = 1'024;
static_assert(ledgers_max <= 65'536, "an ordinal is a u16");
static_assert(batch_bytes_max / chunk_bytes_target + batch_records_max + ledgers_max <
                  chunks_per_frame_max,
              "a frame of all ledgers still numbers its chunks");

// Of all ledgers; one alone gets half of it (server/pipeline/write_queue.h).
inline constexpr std::size_t queue_requests_max = 8'192;
inline constexpr std::size_t queue_bytes_max = 64 * 1024 * 1024;
static_assert(queue_bytes_max / 2 >= batch_bytes_max,
              "one ledger alone can still fill a batch while another is on its way");

// --- What the server states itself ------------------------------------------------------------

// How long nothing may happen before the writer looks at what came due.
inline constexpr std::chrono::milliseconds due_poll{1'000};
inline constexpr std::size_t due_statements_max = 256;  // in one request
inline constexpr std::size_t due_records_max = 4'096;   // of one ledger in one commit
// A ledger with more streams is closed by a thread of its own, so that a day close does not hold up
// the writer (goal: 20 ms).
inline constexpr std::uint64_t day_close_inline_streams = 4'096;
inline constexpr std::size_t days_closed_max = 64;  // of one ledger in one commit
static_assert(days_closed_max <= batch_records_max);
static_assert(due_statements_max <= statements_per_request_max);
static_assert(due_records_max <= batch_records_max);

// --- Derived rows -----------------------------------------------------------------------------

// The materialiser writes a sorted batch when one of these is reached.
inline constexpr std::size_t overlay_records_max = 100'000;
inline constexpr std::size_t overlay_bytes_max = 96 * 1024 * 1024;
inline constexpr std::int64_t overlay_age_ms_max = 5'000;
// Catch-up after a crash re-applies at most two overlays (one active, one being written).
inline constexpr std::size_t catch_up_records_per_second_min = 70'000;
inline constexpr std::size_t catch_up_seconds_max = 3;
static_assert(2 * overlay_records_max <= catch_up_records_per_second_min * catch_up_seconds_max,
              "records between positions / catch-up rate stays below the promised time to open");
inline constexpr std::size_t stream_block_indexes = 64;

// --- Clock ------------------------------------------------------------------------------------

inline constexpr std::int64_t request_id_ahead_ms_max = 24LL * 3600 * 1000;
inline constexpr std::int64_t clock_jump_running_us_max = 10LL * 60 * 1'000'000;
inline constexpr std::int64_t clock_jump_start_us_max = 31LL * 24 * 3600 * 1'000'000;

// --- Wire -------------------------------------------------------------------------------------

inline constexpr std::size_t frame_bytes_max_before_login = 4 * 1024;
inline constexpr std::size_t frame_bytes_max = 1024 * 1024;
static_assert(frame_bytes_max > statement_bytes_max + envelope_bytes_max);
// A longer stream is proved from the data directory, or over HTTP from the tiles.
inline constexpr std::size_t stream_proof_bytes_max = frame_bytes_max - 64 * 1024;
inline constexpr std::size_t wire_tables_max = 16'384;
inline constexpr std::size_t wire_depth_max = 16;
inline constexpr std::size_t connections_max = 2'000;
inline constexpr std::size_t connections_unauthenticated_max = 200;
inline constexpr std::size_t requests_in_flight_per_connection_max = 32;
inline constexpr std::size_t output_bytes_per_connection_max = 4 * 1024 * 1024;
// Above this the server stops reading requests until the peer has taken its answers.
inline constexpr std::size_t output_bytes_before_pause = 1024 * 1024;
static_assert(output_bytes_before_pause + frame_bytes_max < output_bytes_per_connection_max,
              "a peer that reads its answers is paused, not disconnected");
inline constexpr std::size_t connections_per_source_max = 64;
inline constexpr std::size_t login_failures_max = 5;
inline constexpr std::int64_t login_lockout_ms = 15LL * 60 * 1000;
inline constexpr std::size_t login_sources_max = 10'000;
inline constexpr std::size_t records_per_page_max = 1'000;
inline constexpr std::size_t subscriptions_per_connection_max = 4;
inline constexpr std::size_t upload_bytes_all_connections_max = 256 * 1024 * 1024;
static_assert(upload_bytes_all_connections_max >= blob_bytes_max);
inline constexpr std::size_t http_header_bytes_max = 8 * 1024;
inline constexpr std::int64_t handshake_ms_max = 5'000;
inline constexpr std::int64_t first_frame_ms_max = 10'000;
inline constexpr std::int64_t idle_close_ms = 90'000;
inline constexpr std::int64_t frame_ms_base = 5'000;
inline constexpr std::int64_t frame_bytes_per_second_min = 16 * 1024;

// --- Business ---------------------------------------------------------------------------------

inline constexpr std::int64_t amount_fen_max = 1'000'000'000'000'000;
inline constexpr std::size_t text_bytes_max = 4 * 1024;

}  // namespace juanzong::limits
