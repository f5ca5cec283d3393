# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Shared by tools/quickstart and tools/check; sourced, never run. Messages: Chinese, then English.
# The caller has set -euo pipefail and root=<top of the source tree>.

export LC_ALL=${LC_ALL:-C.UTF-8}

# say ZH EN: two lines on standard output.
say() {
  printf '%s\n%s\n' "$1" "$2"
}

# complain ZH EN: the same on standard error.
complain() {
  say "$1" "$2" >&2
}

as_root() {
  if ((EUID == 0)); then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    complain "需要 root 权限且没有 sudo。请以 root 运行: $*" \
      "Root is needed and there is no sudo. Run as root: $*"
    return 1
  fi
}

# listed_packages FILE...: the names, without comments.
listed_packages() {
  sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$@"
}

is_installed() {
  [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# missing_packages FILE...: listed and not installed.
missing_packages() {
  local package
  listed_packages "$@" | while read -r package; do
    is_installed "$package" || printf '%s\n' "$package"
  done
}

# Debian lets one version of the Boost headers be installed; apt removes the other.
warn_of_boost() {
  local package
  for package in libboost1.74-dev libboost-dev; do
    if is_installed "$package"; then
      say "注意: libboost1.81-dev 与已安装的 $package 冲突, apt 会将其替换。" \
        "Note: libboost1.81-dev conflicts with the installed $package; apt will replace it."
    fi
  done
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "$@" </dev/null
}

# install_packages FILE...: installs what is missing; does nothing when all is there.
install_packages() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "不是 Debian 系统: 请自行安装 $* 所列软件包的对应版本。继续。" \
      "Not a Debian system: install the counterparts of the packages in $* yourself. Going on."
    return 0
  fi
  local -a missing
  mapfile -t missing < <(missing_packages "$@")
  if ((${#missing[@]} == 0)); then
    say "所需软件包均已安装。" "All needed packages are installed."
    return 0
  fi
  say "安装 ${#missing[@]} 个软件包: ${missing[*]}" \
    "Installing ${#missing[@]} packages: ${missing[*]}"
  if [[ " ${missing[*]} " == *" libboost1.81-dev "* ]]; then
    warn_of_boost
  fi
  # The package index is refreshed only when it does not know a package or is out of date.
  if apt-cache show --no-all-versions "${missing[@]}" >/dev/null 2>&1 &&
    apt_install "${missing[@]}"; then
    return 0
  fi
  say "更新软件包索引后再试。" "Refreshing the package index, then trying again."
  as_root apt-get update && apt_install "${missing[@]}"
}

# Compilers that run at once: one a core, and 1.5 GiB of memory for each.
job_count() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable:/ { print int($2 / 1572864) }' /proc/meminfo)
  memory=${memory:-$cores}
  ((memory < 1)) && memory=1
  echo $((cores < memory ? cores : memory))
}

elapsed_since() {
  local seconds=$((SECONDS - $1))
  printf '%d min %02d s' $((seconds / 60)) $((seconds % 60))
}

# run_step ZH EN NEXT COMMAND...: runs one step and says how long it took; when it fails, says
# what failed and what to run next, and returns its exit code.
run_step() {
  local zh=$1 en=$2 next=$3 began=$SECONDS status=0
  shift 3
  printf '\n▶ %s · %s\n' "$zh" "$en"
  "$@" || status=$?
  if ((status == 0)); then
    printf '✔ %s · %s (%s)\n' "$zh" "$en" "$(elapsed_since "$began")"
    return 0
  fi
  complain "✘ 失败: $zh (退出码 $status, $(elapsed_since "$began"))" \
    "✘ Failed: $en (exit code $status)"
  complain "  接下来请运行: $next" "  Run next: $next"
  return "$status"
}

# configure LOG ARGUMENTS...: cmake, quiet unless it fails.
configure() {
  local log=$1 status=0
  shift
  mkdir -p "$(dirname "$log")"
  cmake "$@" >"$log" 2>&1 </dev/null || status=$?
  if ((status != 0)); then
    tail -n 40 "$log" >&2
    complain "  完整日志: $log" "  Whole log: $log"
  fi
  return "$status"
}
