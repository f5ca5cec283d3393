#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# 核对证据包 Checks an evidence package with bash 4.4, coreutils and openssl 3 (unzip for a .zip), none of our code.
#   verify.sh PACKAGE.zip|FOLDER --vkey KEY [--witness KEY]... [--since CHECKPOINT] [--tsa-ca CA.pem]
# Keys come from you, never from the package. 退出码 exit: 0 成立 holds, 1 无法核对 cannot check, 2 不成立 refused.
# What stands where in a file: docs/FORMATS.md, sections 2 to 5 and 12. Data are hexadecimal text throughout.
set -u -o pipefail; export LC_ALL=C; shopt -s globstar dotglob nullglob
cannot() { printf '无法核对 / cannot check: %s\n' "$1" >&2; exit 1; }
no() { printf '不成立 / REFUSED: %s\n' "$1" >&2; exit 2; }
(($# % 2)) || cannot 'verify.sh PACKAGE --vkey KEY [--witness KEY]... [--since CHECKPOINT] [--tsa-ca FILE]'
package=$(realpath -- "$1") vkey='' since='' ca='' witnesses=()
for ((a = 2; a < $#; a += 2)); do
  b=$((a + 1)); v=${!b}; [[ ! -f $v || ${!a} == --tsa-ca ]] || v=$(<"$v")
  case ${!a} in --vkey) vkey=$v ;; --witness) witnesses+=("$v") ;; --since) since=$v ;; --tsa-ca) ca=$(realpath -- "$v") ;; *) cannot "${!a}" ;; esac
done
[[ $vkey ]] || cannot '--vkey'; command -v openssl sha256sum od base64 sort realpath >/dev/null || cannot 'coreutils, openssl'
T=$(mktemp -d) && mkdir "$T/h" && trap 'rm -rf -- "$T"' EXIT || cannot mktemp
esc() { local i; E=; for ((i = 0; i < ${#1}; i += 2)); do E+=\\x${1:i:2}; done; } # for printf %b
sha() { esc "$1"; printf %b "$E" >"$T/1"; S=$(sha256sum <"$T/1"); S=${S:0:64}; }
hexed() { H=$(od -An -v -tx1 | tr -d ' \n'); }; text() { hexed < <(printf %s "$1"); }
le() { local s=$1 v=; while [[ $s ]]; do v=${s:0:2}$v; s=${s:2}; done; N=$((16#0$v)); } # little-endian
to_le() { local s i; printf -v s %0$((2 * $2))x "$1"; LE=; for ((i = 2 * $2 - 2; i >= 0; i -= 2)); do LE+=${s:i:2}; done; }
unbase64() { hexed < <(base64 -d <<<"$1" 2>/dev/null); esc "$H"; [[ $H && $(printf %b "$E" | base64 -w0) == "$1" ]]; }
lines_of() { [[ -f $1 ]] && mapfile -t L <"$1" && printf '%s\n' "${L[@]}" | cmp -s - "$1" || no "$1: 缺失或不是文本 / missing, or no text"; }
key() { # verifier key, type: its NAME, ID and public key
  [[ $1 =~ ^([^+[:space:]]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$ ]] && NAME=${BASH_REMATCH[1]} ID=${BASH_REMATCH[2]} &&
    unbase64 "${BASH_REMATCH[3]}" && PUB=$H && text "$NAME" && sha "${H}0a$PUB" &&
    [[ ${S:0:8} == "$ID" && ${#PUB} == 66 && ${PUB:0:2} == "$2" ]] || cannot "不是公钥 / no verifier key: $1"; PUB=${PUB:2}; }
ed25519() { # public key, signature, file
  esc "302a300506032b6570032100$1"; printf %b "$E" >"$T/pub"; esc "$2"; printf %b "$E" >"$T/sig"
  openssl pkeyutl -verify -pubin -keyform DER -inkey "$T/pub" -rawin -in "$3" -sigfile "$T/sig" >/dev/null 2>&1; }
note() { # file: SIZE, ROOT, its text in $T/text, SIGNED[name id] = blobs; signed by the log
  local i good=; declare -gA SIGNED=(); lines_of "$1"; key "$vkey" 01; printf '%s\n' "${L[@]:0:3}" >"$T/text"
  ((${#L[@]} > 4)) && [[ ${L[0]} == "$NAME" && ${L[1]} =~ ^(0|[1-9][0-9]{0,17})$ && -z ${L[3]} ]] && unbase64 "${L[2]}" &&
    ((${#H} == 64)) || no "$1: 不是该日志的检查点 / no checkpoint of this log"; SIZE=${L[1]} ROOT=$H
  for i in "${L[@]:4}"; do [[ $i =~ ^"— "([^+[:space:]]+)\ ([A-Za-z0-9+/=]+)$ ]] && unbase64 "${BASH_REMATCH[2]}" || no "$1: $i"
    i=${i#* }; SIGNED["${i% *} ${H:0:8}"]+=" ${H:8}"; done
  for i in ${SIGNED["$NAME $ID"]-}; do ed25519 "$PUB" "$i" "$T/text" && good=1 || no "$1: 日志签名不成立 / bad log signature"; done
  [[ $good ]] || no "$1: 不是由该日志公钥签署 / not signed by the log's key that you gave"; }
job() { (($1 < $2)) || no "$6"; JI+=("$1") JS+=($(($2 - 1))) JH+=("$3") JP+=("$4") JR+=("$5") JN+=("$6"); } # index size leaf path root
walk() { # all paths at once, level by level (RFC 9162, 2.1.3.2)
  local at j q n need files
  for ((at = 0, q = 1; q; at += 64)); do q=() need=() files=()
    for j in "${!JI[@]}"; do
      p=${JP[j]:at:64}; [[ $p ]] || continue; ((JS[j])) || no "${JN[j]}: 路径过长 / path too long"
      if ((JI[j] & 1 || JI[j] == JS[j])); then n=$p${JH[j]}; while ((JI[j] && !(JI[j] & 1))); do ((JI[j] >>= 1, JS[j] >>= 1)); done
      else n=${JH[j]}$p; fi; ((JI[j] >>= 1, JS[j] >>= 1)); JH[j]=$n; q+=("$j"); [[ -z ${NODE[$n]-} ]] || continue
      NODE[$n]=- files+=("$T/n${#need[@]}"); need+=("$n"); esc "$n"; printf %b "\x01$E" >"${files[-1]}"; done
    ((${#need[@]})) && mapfile -t L < <(sha256sum "${files[@]}"); for j in "${!need[@]}"; do NODE[${need[j]}]=${L[j]:0:64}; done
    for j in "${q[@]}"; do JH[j]=${NODE[${JH[j]}]}; done; q=${#q[@]}; done
  for j in "${!JI[@]}"; do ((!JS[j])) && [[ ${JH[j]} == "${JR[j]}" ]] || no "${JN[j]}: 不在树中 / not in the tree"; done; }
if [[ -f $package ]]; then
  mkdir "$T/p"; unzip -qq -d "$T/p" -- "$package" </dev/null >/dev/null 2>&1 || no "$package: 不是完好的 zip / no sound zip"
  H=$(unzip -Z1 -- "$package" | sort | uniq -d); [[ -z $H ]] || no "$H: 重复 / twice"; cd -- "$T/p" || exit 1
else cd -- "$package" 2>/dev/null || cannot "$package"; fi
declare -A DIGEST BYTES HEAD PATHS LINK COUNT KEYS REG END WHO LEAF BODY NODE DONE FILE PLACE HEX ATT; P='[A-Za-z0-9_-][A-Za-z0-9._-]*'
lines_of MANIFEST; M=("${L[@]}") last=; # 1 MANIFEST: every file and no other
[[ -f MANIFEST.sig && ${M[0]} == juanzong/evidence@v1 && ${M[1]-} =~ ^signer\ ([A-Za-z0-9._-]{1,64})\ ([0-9a-f]{64})$ ]] || no 'MANIFEST:1'
staff=${BASH_REMATCH[1]} exporter=${BASH_REMATCH[2]}; for v in "${M[@]:2}"; do
  [[ $v =~ ^([0-9a-f]{64})\ \ (0|[1-9][0-9]{0,17})\ \ ($P(/$P)*)$ && $last < ${BASH_REMATCH[3]} ]] || no "MANIFEST: $v"
  last=${BASH_REMATCH[3]} DIGEST[${BASH_REMATCH[3]}]=${BASH_REMATCH[1]} BYTES[${BASH_REMATCH[3]}]=${BASH_REMATCH[2]}; done
F=(); for f in **; do [[ ! -L $f && -d $f || $f == MANIFEST || $f == MANIFEST.sig ]] && continue
  [[ ! -L $f && -f $f && ${DIGEST[$f]-} ]] || no "$f: 不在清单中 / not in the manifest"; F+=("$f"); done
((${#F[@]} == ${#DIGEST[@]})) || no 'MANIFEST: 缺少文件 / files are missing'; mapfile -t L < <(sha256sum -- "${F[@]}"); mapfile -t sizes < <(stat -c %s -- "${F[@]}")
for i in "${!F[@]}"; do f=${F[i]}; [[ ${L[i]:0:64} == "${DIGEST[$f]}" && ${sizes[i]} == "${BYTES[$f]}" ]] || no "$f: 与清单不符 / not as listed"; done
note checkpoint.note; size=$SIZE root=$ROOT times=; text "$NAME"; origin=$H; cp "$T/text" "$T/head" # 2 log and witnesses
for v in ${witnesses[@]+"${witnesses[@]}"}; do key "$v" 04; at=; for i in ${SIGNED["$NAME $ID"]-}; do
    { printf 'cosignature/v1\ntime %u\n' "0x${i:0:16}"; cat "$T/head"; } >"$T/co"; ed25519 "$PUB" "${i:16}" "$T/co" && at=$((16#${i:0:16})); done
  [[ $at ]] || no "checkpoint.note: 缺少见证人副署 / no good cosignature by $NAME"; times+=" $NAME $(date -u -d "@$at" +%FT%TZ)"; done
lines_of proof.txt # 3 the streams, whole up to the day close
[[ ${L[0]} == juanzong/evidence-proof@v1 && ${L[1]-} =~ ^close\ (0|[1-9][0-9]{0,17})$ ]] || no proof.txt:1; close=${BASH_REMATCH[1]} streams=() records=() part=0 old= p= at=-1 unsigned=0
for v in "${L[@]:2}"; do
  if [[ $v =~ ^[0-9a-f]{64}$ && $p ]]; then PATHS[$p]+=$v
  elif [[ $v =~ ^stream\ ([a-z_]+(:[A-Za-z0-9._-]+)?)((\ (0|[1-9][0-9]{0,17})){3})$ && $part == [01] ]]; then
    p=${BASH_REMATCH[1]} part=1; [[ -z ${HEAD[$p]-} ]] || no "$p: 重复 / twice"; HEAD[$p]=${BASH_REMATCH[3]} streams+=("$p")
  elif [[ $v =~ ^record\ (0|[1-9][0-9]{0,17})$ && $part == [12] ]] && ((BASH_REMATCH[1] > at)); then
    at=${BASH_REMATCH[1]} part=2 p=+$at; records+=("$at"); [[ ${DIGEST[records/$at.bin]-} ]] || no "records/$at.bin"
  elif [[ $v =~ ^since\ (0|[1-9][0-9]{0,17})$ && $part == 2 ]]; then old=${BASH_REMATCH[1]} part=3 p=+since
  else no "proof.txt: $v"; fi; done
all=$(cd records && cat "${records[@]/%/.bin}" | od -An -v -tx1 | tr -d '\n') off=0 sys= USES=() JOBS=()
x() { X=${R:3*o:3*$1}; X=${X// /}; ((o += $1)); }; u() { x "$1"; le "$X"; } # the next bytes of a record; as a number
for i in "${records[@]}"; do
  n=${BYTES[records/$i.bin]} R=${all:3*off:3*n} o=8 known=$((i == close)) kids=() keys=() holder=
  ((off += n)); printf %b "\x00${R// /\\x}" >"$T/h/r$i"; u 8; ((N == i)) || no "records/$i.bin"
  o=60; u 2; x "$N"; header=$X; u 1; for ((k = N; k; --k)); do x 32; kids+=("$X"); x 64; FILE[records/$i.${#kids[@]}.sig]=$X; done
  le "${header:2:4}"; ((h = 6 + 2 * N)); le "${header:h+208:4}"; total=$N kid=${header:h+32:64} R0=${header:h+212}
  [[ ${header:0:2} == 01 && ${header:6:h-6} == "$origin" && ${#R0} == 64 && ${kids[0]-$kid} == "$kid" ]] || no "records/$i.bin: header"
  FILE[records/$i.signed]=6a75616e7a6f6e672f726571756573742f76310a$header
  u 2; pos=$N PLACE[$i]="${header:0:h} ${header:h:32}$X"; u 1; x $((32 * N)); path=$X; u 1; x $((16 * N)); links=$X
  u 2; ((o = (o + N + 7) / 8 * 8)); u 4; ((o += 4, st = o, st + N == n)) || no "records/$i.bin"; s=${R:3*o:3*N}
  printf %b "\x00${s// /\\x}" >"$T/h/s$i"; JOBS+=("$pos $total s$i $R0 $path"); ((first = i - pos)); ((${#kids[@]})) || ((++unsigned))
  USES+=("$kid $first $((first + total - 1)) - -"); for k in "${!kids[@]}"; do USES+=("${kids[k]} $first $((first + total - 1)) records/$i.$((k + 1)).sig $i"); done
  ((o = st + 2)); u 2; type=$N; ((o = st + 7)); u 1; many=$N; ((o = st + 16)); [[ $i != "$close" || $type == 70 ]] || no "records/$i.bin: 不是日结 / no day close"
  for ((k = 0; k < many; ++k)); do
    u 1; x "$N"; esc "$X"; printf -v name %b "$E"; [[ $name =~ ^[a-z_]+(:[A-Za-z0-9._-]+)?$ ]] || no "records/$i.bin: streams"; ((o += 8)); le "${links:32*k:16}"; v=$N; le "${links:32*k+16:16}"
    LINK[$name/$v]="$i $N" COUNT[$name]=$((${COUNT[$name]-0} + 1)) HEX[$name]=$X; [[ -z ${HEAD[$name]-} ]] || known=1
    case $name in key:*) keys+=("$name") ;; staff:*) holder=${name#staff:} ;; esac; done
  ((known)) || no "records/$i.bin: 不属于所列案卷 / of none of the listed streams"; ((o = (o - st + 7) / 8 * 8 + st)); u 4; ((o += 4)); x "$N"; BODY[$i]=$X
  ((type == 33 || type == 34 || type == 35)) && for name in "${keys[@]}"; do # when a key came and went
    if [[ ${REG[$name]-} ]]; then ((type == 33)) || END[$name]=${END[$name]-$i}
    elif ((type != 35)); then REG[$name]=$i WHO[$name]=$holder; [[ $holder == SYS ]] && { [[ -z $sys ]] || END[$sys]=${END[$sys]-$i}; sys=$name; }; fi; done
done
B=${BODY[$close]-}; w() { le "${B:2*$1:2*$2}"; }; f() { w $((vt + 4 + 2 * $1)) 2; ((at = t + N)); } # fields of DayClosed, a FlatBuffers table
w 0 4; t=$N; w "$t" 4; ((vt = t - (N << 32 >> 32))); f 1; w "$at" 8; closed=$N; f 3; w "$at" 8; count=$N; f 4; w "$at" 4; sroot=${B:2*(at+N)+8:64}
f 0; w "$at" 4; esc "${B:2*(at+N)+8:20}"; printf -v day %b "$E"; ((closed <= close)) || no "records/$close.bin: 日结 / day close"
for i in "${records[@]}"; do ((i == close || i < closed)) || no "records/$i.bin: 在日结之后 / after the day close"; done
for n in "${!streams[@]}"; do read -r at v last <<<"${HEAD[${streams[n]}]}"; to_le "$v" 8; s=$LE; to_le "$last" 8; esc "0001$s$LE${HEX[${streams[n]}]-}"; printf %b "$E" >"$T/h/h$n"; done
mapfile -t L < <(cd "$T/h" && sha256sum -- *); for v in "${L[@]}"; do LEAF[${v:66}]=${v:0:64}; done
for n in "${!streams[@]}"; do s=${streams[n]} prev=-1; read -r at v last <<<"${HEAD[$s]}"
  for ((k = 1; k <= v; ++k)); do read -r i q <<<"${LINK[$s/$k]-}"; [[ $i && $q == "$prev" ]] || no "$s: 缺少记录 / records are missing"; prev=$i; done
  ((prev == last)) && [[ ${COUNT[$s]-} == "$v" ]] || no "$s: 缺少记录 / records are missing"; job "$at" "$count" "${LEAF[h$n]}" "${PATHS[$s]-}" "$sroot" "$s"; done
for i in "${records[@]}"; do job "$i" "$size" "${LEAF[r$i]}" "${PATHS[+$i]-}" "$root" "records/$i.bin"; done
for v in "${JOBS[@]}"; do read -r at n s R0 path <<<"$v"; job "$at" "$n" "${LEAF[$s]}" "$path" "$R0" "$s: 所签请求 / signed request"; done; walk
F=("${!FILE[@]}") want= # 4 who signed, with keys in force then
for f in "${F[@]}"; do [[ ${BYTES[$f]-} == $((${#FILE[$f]} / 2)) ]] || no "$f"; want+=${FILE[$f]}; done
hexed < <(cat "${F[@]}"); [[ $H == "$want" ]] || no 'records/*.signed, *.sig: 与记录不符 / not as in the records'
for v in "$exporter $closed $size MANIFEST.sig -" "${USES[@]}"; do read -r kid first last f i <<<"$v"; s=key:$kid
  if [[ -z ${KEYS[$kid]-} ]]; then
    lines_of "keys/$kid.pem"; [[ ${#L[@]} == 3 && ${L[0]} == '-----BEGIN PUBLIC KEY-----' && ${L[2]} == '-----END PUBLIC KEY-----' ]] && unbase64 "${L[1]}" &&
      [[ $H == 302a300506032b6570032100* ]] && sha "6a75616e7a6f6e672f6b65792f76310a01${H:24}" && [[ $S == "$kid" && ${HEAD[$s]-} && ${REG[$s]-} ]] &&
      [[ ${WHO[$s]} != SYS || ${HEAD[staff:SYS]-} ]] || no "keys/$kid.pem: 密钥未登记 / not registered"; KEYS[$kid]=${H:24}; fi
  ((REG[$s] <= last && ${END[$s]-$first} >= first)) || no "$f $kid: 密钥当时无效 / key not in force then"; [[ $f != - ]] || continue
  if [[ $i == - ]]; then hexed <MANIFEST.sig; [[ ${WHO[$s]} == "$staff" ]] || no 'MANIFEST.sig'; m=MANIFEST sig=$H; else m=records/$i.signed sig=${FILE[$f]}; fi
  n="$sig ${FILE[$m]-}"; [[ ${DONE[$n]-} ]] || { ((${#sig} == 128)) && ed25519 "${KEYS[$kid]}" "$sig" "$m" && DONE[$n]=1; } || no "$f: 签名不成立 / the signature does not hold"; done
F=(records/*) L=(keys/*); ((${#F[@]} == ${#FILE[@]} + ${#records[@]} && ${#L[@]} == ${#KEYS[@]})) || no 'records/, keys/: 文件过多或过少 / too many or too few'
lines_of openings.txt; [[ ${L[0]} == juanzong/evidence-openings@v1 ]] || no openings.txt:1; last= disclosed=$((${#L[@]} - 1)) # 5 what is disclosed
for v in "${L[@]:1}"; do
  [[ $v =~ ^(0|[1-9][0-9]{0,17})\ ([][a-z0-9_.]+)\ ([0-9a-f]{32})\ ([0-9a-f]{64})\ (([0-9a-f]{2})*)$ && ${PLACE[${BASH_REMATCH[1]}]-} ]] || no "openings.txt: $v"
  i=${BASH_REMATCH[1]} p=${BASH_REMATCH[2]} who=${BASH_REMATCH[3]} salt=${BASH_REMATCH[4]} v=${BASH_REMATCH[5]}
  printf -v n '%018d %s' "$i" "$p"; [[ $last < $n ]] || no "openings.txt: $i $p"; last=$n
  text "$p"; to_le ${#p} 2; H=$LE$H; to_le $((${#v} / 2)) 4; read -r head at <<<"${PLACE[$i]}"; ((${#v} < 80)) || { le "${v:64:16}"; ATT[${v:0:64} $N]=1; }
  sha "6a75616e7a6f6e672f6669656c642f76310a$head$who$at$H$salt$LE$v"; [[ ${BODY[$i]} == *$S* ]] || no "openings.txt: 记录 $i 未承诺所示值 / record $i did not commit to this: $p"; done
for f in attachments/*; do [[ ${DIGEST[$f]} == "${f#*/}" && ${ATT["${f#*/} ${BYTES[$f]}"]-} ]] || no "$f: 没有记录承诺该附件 / no record committed to it"; done
if [[ $old || $since || -f since.note ]]; then # 6 the log only grew since the holder's checkpoint (RFC 9162, 2.1.4.2)
  note since.note; [[ -z $since ]] || printf '%s\n' "$since" | head -n 3 | cmp -s - "$T/text" || no 'since.note: 不是您的检查点 / not the checkpoint that you hold'
  f=$((SIZE - 1)) s=$((size - 1)) p=${PATHS[+since]-}; [[ $old == "$SIZE" ]] && ((f >= 0 && f <= s)) || no since.note
  while ((f & 1)); do ((f >>= 1, s >>= 1)); done; ((SIZE < size)) || s=0; ((f && SIZE < size)) || p=$ROOT$p; a=${p:0:64} b=${p:0:64}
  for ((k = 64; k < ${#p}; k += 64)); do c=${p:k:64}; ((s)) || no 'since: 证明过长 / proof too long'
    if ((f & 1 || f == s)); then sha "01$c$a"; a=$S; sha "01$c$b"; b=$S; while ((f && !(f & 1))); do ((f >>= 1, s >>= 1)); done
    else sha "01$b$c"; b=$S; fi; ((f >>= 1, s >>= 1)); done
  [[ $a == "$ROOT" && $b == "$root" ]] && ((s == 0)) || no 'since: 日志其后被改写 / the log was rewritten since'
fi
stamp=; if [[ $ca ]]; then
  v=(-in timestamp.der -data "$T/head" -CAfile "$ca"); [[ -f timestamp-chain.pem ]] && v+=(-untrusted timestamp-chain.pem)
  openssl ts -verify -token_in "${v[@]}" >/dev/null 2>&1 || openssl ts -verify "${v[@]}" >/dev/null 2>&1 || no 'timestamp.der: 时间戳不成立 / the time stamp does not hold'
  stamp=$(openssl ts -reply -in timestamp.der -token_in -text 2>/dev/null || openssl ts -reply -in timestamp.der -text); stamp=${stamp#*Time stamp: } stamp=" tsa ${stamp%%$'\n'*}"
fi; read -r k n last <<<"${HEAD[${streams[0]}]}"; read -r i _ <<<"${LINK[${streams[0]}/1]}"
printf '成立 OK %s: 记录 %s 条 records, index %d..%d, 齐全至 complete until %s; 日志 log %s size %d root %s%s%s; 制作 by %s; 披露 disclosed %d, 无签名 unsigned %d\n' \
  "${streams[0]}" "$n" "$i" "$last" "$day" "$NAME" "$size" "${root:0:16}.." "${times:+ witness$times}" "$stamp" "$staff" "$disclosed" "$unsigned"
