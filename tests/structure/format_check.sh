#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# All C++ files below ROOT are formatted as clang-format 14 does it. Other majors differ in details,
# so the check is skipped (exit 77) where 14 is not installed.
set -euo pipefail

root=$1
formatter=
for candidate in clang-format-14 clang-format; do
  if command -v "$candidate" >/dev/null && "$candidate" --version | grep -q 'version 14\.'; then
    formatter=$candidate
    break
  fi
done
if [[ -z $formatter ]]; then
  echo "skipped: clang-format 14 is not installed (apt-get install clang-format on Debian 12)"
  exit 77
fi

cd "$root"
folders=()
for folder in crypto events projections server tools tests; do
  [[ -d $folder ]] && folders+=("$folder")
done
if ! find "${folders[@]}" \( -name '*.h' -o -name '*.cpp' \) -print0 |
  xargs -0 -r -n 40 "$formatter" --style=file --dry-run -Werror; then
  echo "to format: find ${folders[*]} -name '*.h' -o -name '*.cpp' | xargs $formatter -i"
  exit 1
fi
