#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes sealed_stream.golden: the layout of crypto/sealed_stream.h put together by hand over
libsodium's primitives. Every run draws other randomness, so it is run once and the file kept.
"""
import ctypes
import pathlib

sodium = ctypes.CDLL("libsodium.so.23")
sodium.sodium_init()

plain = "卷宗 Juanzong\n".encode()
context = b"a backup"
private = bytes([1] * 32)

public = ctypes.create_string_buffer(32)
sodium.crypto_scalarmult_curve25519_base(public, private)
key = ctypes.create_string_buffer(32)
sodium.crypto_secretstream_xchacha20poly1305_keygen(key)
sealed_key = ctypes.create_string_buffer(80)
sodium.crypto_box_seal(sealed_key, key, ctypes.c_ulonglong(32), public)
state = ctypes.create_string_buffer(64)
header = ctypes.create_string_buffer(24)
sodium.crypto_secretstream_xchacha20poly1305_init_push(state, header, key)
prelude = b"juanzong/sealed-stream/v1\n" + public.raw + sealed_key.raw + header.raw
data = context + prelude
chunk = ctypes.create_string_buffer(len(plain) + 17)
final = ctypes.c_ubyte(3)
sodium.crypto_secretstream_xchacha20poly1305_push(
    state, chunk, None, plain, ctypes.c_ulonglong(len(plain)), data,
    ctypes.c_ulonglong(len(data)), final)

text = (prelude + chunk.raw).hex()
lines = [text[i:i + 96] for i in range(0, len(text), 96)]
target = pathlib.Path(__file__).resolve().parent / "sealed_stream.golden"
target.write_text("\n".join(lines) + "\n")
