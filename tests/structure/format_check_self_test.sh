#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# format_check.sh accepts a formatted file and refuses a planted bad one.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir "$tree/crypto"
cp "$here/../../.clang-format" "$tree/"

printf 'int f();\n' >"$tree/crypto/a.h"
status=0
"$here/format_check.sh" "$tree" || status=$?
if ((status != 0)); then
  exit "$status" # 77 when clang-format 14 is missing
fi

printf 'int   f( );\n' >"$tree/crypto/b.h"
if "$here/format_check.sh" "$tree" 2>/dev/null; then
  echo "a badly formatted file was accepted" >&2
  exit 1
fi
