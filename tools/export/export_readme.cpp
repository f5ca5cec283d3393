// SPDX-License-Identifier: Apache-2.0
#include "tools/export/export_readme.h"

namespace juanzong {

const std::string_view export_readme_en = R"(# Export of a Juanzong ledger

These files are a complete, append-only log in the public C2SP formats
(https://c2sp.org/tlog-tiles, https://c2sp.org/tlog-checkpoint, https://c2sp.org/signed-note).

| File | Content |
|---|---|
| `checkpoint` | signed note: origin, number of records, Merkle root (RFC 6962, SHA-256) |
| `tile/entries/<N>[.p/<W>]` | 256 records a file: length (2 bytes, big-endian), record |
| `tile/<L>/<N>[.p/<W>]` | hashes of the tree; level 0 holds SHA-256(0x00 + record) |
| `juanzong/log.vkey` | verifier key of the log; compare it with one that you got another way |
| `juanzong/origins` | first index and name of the log |
| `juanzong/schemas/` | FlatBuffers binary schemas of the event bodies, to read the records |

Check everything with `juanzong-audit <this folder> --vkey <key you trust>`; add
`--checkpoint <file>` for checkpoints that you were given earlier. Personal data do not stand in
the records, only commitments to them. `juanzong/README*` and `juanzong/schemas` are explanations:
no proof rests on them.
)";

const std::string_view export_readme_zh = R"(# 卷宗导出件

本目录是一份完整的、只增不改的日志,采用公开的 C2SP 格式
(https://c2sp.org/tlog-tiles、https://c2sp.org/tlog-checkpoint、https://c2sp.org/signed-note)。

| 文件 | 内容 |
|---|---|
| `checkpoint` | 签名检查点:来源标识、记录条数、默克尔树根(RFC 6962,SHA-256) |
| `tile/entries/<N>[.p/<W>]` | 每个文件 256 条记录:长度(2 字节,大端)与记录 |
| `tile/<L>/<N>[.p/<W>]` | 树的各层指纹;第 0 层为 SHA-256(0x00 + 记录) |
| `juanzong/log.vkey` | 日志验证公钥;请与另行取得的公钥核对 |
| `juanzong/origins` | 起始序号与来源标识 |
| `juanzong/schemas/` | 事项内容的 FlatBuffers 二进制模式,用于阅读记录 |

核对全部内容:`juanzong-audit <本目录> --vkey <您信任的公钥>`;此前收到过的检查点可用
`--checkpoint <文件>` 一并核对。个人信息不在记录中,记录只含其承诺值。`juanzong/README*` 与
`juanzong/schemas` 仅作说明,任何证明都不依赖它们。
)";

}  // namespace juanzong
