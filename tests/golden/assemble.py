#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the *.golden files of this folder: a second implementation of the fixed layouts.

It follows docs/FORMATS.md alone and shares no code with the server. The C++ tests encode the same
values and compare byte for byte. Golden files are never edited: a format that changed is a new one.
"""
import hashlib
import pathlib
import struct

HERE = pathlib.Path(__file__).parent
u8, u16, u32, u64, i64 = ((lambda v, f=f: struct.pack("<" + f, v)) for f in "BHIQq")
sha = lambda data: hashlib.sha256(data).digest()
leaf = lambda data: sha(b"\x00" + data)
node = lambda left, right: sha(b"\x01" + left + right)
pad8 = lambda data: data + bytes(-len(data) % 8)
ANY = 2**64 - 1
ORIGIN = b"juanzong.example/test"


def write(name, data):
    text = data.hex()
    lines = [text[i : i + 96] for i in range(0, len(text), 96)]
    (HERE / f"{name}.golden").write_text("\n".join(lines) + "\n")


def statement(body):
    head = u16(1) + u16(0x0203) + u16(1) + u8(2) + u8(2) + i64(1_741_917_600_000_000)
    for name, expected in ((b"deposit:0194b2c3", 4), (b"unit:3-1-1202", ANY)):
        head += u8(len(name)) + name + u64(expected)
    return pad8(pad8(head) + u32(len(body)) + u32(0) + body)


def header(count, root):
    return (u8(1) + u16(len(ORIGIN)) + ORIGIN + bytes(range(16)) + b"\x22" * 32 + u64(7) +
            b"\x33" * 32 + i64(1_741_917_601_000_000) + i64(1_741_921_201_000_000) +
            u16(count) + root)


def record(head, signers, path, text):
    out = u16(1) + u16(0) + u32(3) + u64(5) + i64(1_741_917_602_000_000) + b"\x44" * 32 + u32(9)
    out += u16(len(head)) + head
    out += u8(len(signers))
    for key, signature in signers:
        out += bytes([key]) * 32 + bytes([signature]) * 64
    out += u16(1) + u8(len(path)) + b"".join(path)
    out += u8(2) + u64(5) + u64(3) + u64(1) + u64(ANY)
    out += u16(5) + b"\x01\x02\x03\x04\x05"
    return pad8(out) + u32(len(text)) + u32(0) + text


def commitment():
    path, value = b"signatures[0].image", "张三".encode()
    return sha(b"juanzong/field/v1\n" + u8(1) + u16(len(ORIGIN)) + ORIGIN + b"\x77" * 16 +
               bytes(range(16)) + u16(1) + u16(len(path)) + path + b"\x88" * 32 +
               u32(len(value)) + value)


def plain_record(index, prev, size, fill):
    """Only what a frame looks at: index at 8, previous leaf at 24."""
    return (bytes([fill]) * 8 + u64(index) + bytes([fill]) * 8 + prev).ljust(size, bytes([fill]))


def record_chunk(batch, first, records):
    out = u8(1) + u8(0) + u16(batch) + u32(len(records)) + u64(first)
    end = 0
    for entry in records:
        end += len(entry)
        out += u32(end)
    return pad8(out) + b"".join(records)


def frame():
    a0 = plain_record(10, b"\xa1" * 32, 64, 0xB0)
    a1 = plain_record(11, leaf(a0), 72, 0xB1)
    a2 = plain_record(12, leaf(a1), 64, 0xB2)
    c0 = plain_record(0, b"\xa2" * 32, 80, 0xB3)
    path, sealed = b"name", bytes(range(60))
    opening = (u8(2) + u8(0) + u16(0) + u32(1) + u64(11) + b"\x77" * 16 + u16(len(path)) + path +
               u32(len(sealed)) + sealed)
    chunks = [record_chunk(0, 10, [a0, a1, a2]), opening, record_chunk(1, 0, [c0])]
    head = b"JZNF" + u16(1) + u16(4) + u32(2) + u64(41) + u64(6) + u64(40) + b"\xa0" * 32
    head += bytes(range(0x10, 0x20)) + i64(1_741_917_603_000_000) + u16(2)
    head += (b"\xc0" * 16 + u64(10) + u32(3) + b"\xa1" * 32 + leaf(a2) + u64(13) + b"\xc1" * 32 +
             b"\xc2" * 32 + u32(4) + u16(1) + u16(1) + u16(1) + sha(opening))
    head += (b"\xd0" * 16 + u64(0) + u32(1) + b"\xa2" * 32 + leaf(c0) + u64(1) + b"\xd1" * 32 +
             bytes(32) + u32(1) + u16(3) + u16(1) + u16(0) + bytes(32))
    return [head + sha(b"jznf1" + head) + u8(0)] + chunks


def anchor_slot():
    head = b"JZAN" + u32(1) + u64(3) + u64(42) + b"\x66" * 32
    return (head + sha(head)).ljust(512, b"\0")


def main():
    first, second = statement(bytes(range(13))), statement(bytes(range(16)))
    head = header(2, node(leaf(first), leaf(second)))
    write("statement", first)
    write("header", head)
    write("signed_bytes", b"juanzong/request/v1\n" + head)
    write("request_hash", sha(b"juanzong/request/v1\n" + head))
    write("record", record(head, [(0x22, 0x55), (0x23, 0x56)], [leaf(first)], second))
    write("record_of_session", record(head, [], [leaf(first)], second))
    write("commitment", commitment())
    for number, chunk in enumerate(frame()):
        write(f"frame_chunk_{number}", chunk)
    write("anchor_slot", anchor_slot())
    write("genesis_link", sha(b"juanzong/genesis/v1\n" + ORIGIN))
    write("ledger_id", sha(b"juanzong/ledger/v1\n" + ORIGIN)[:16])
    write("key_id", sha(b"juanzong/key/v1\n" + u8(1) + b"\x99" * 32))


main()
