// SPDX-License-Identifier: Apache-2.0
// A second verifier, from other people's code: the sumdb/note and sumdb/tlog packages of Go's
// module mirror. Checks the signature of an export's checkpoint, every tile and entry, inclusion
// of every record and consistency of every smaller tree.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func fail(format string, arguments ...interface{}) {
	fmt.Printf(format+"\n", arguments...)
	os.Exit(2)
}

func must(err error) {
	if err != nil {
		fail("%v", err)
	}
}

type files struct{ folder string }

func (f files) Height() int { return height }

// C2SP leaves the height out of the path.
func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		content, err := os.ReadFile(filepath.Join(f.folder, path))
		if err != nil {
			return nil, err
		}
		data = append(data, content)
	}
	return data, nil
}

func (f files) SaveTiles([]tlog.Tile, [][]byte) {}

func readCheckpoint(folder string) tlog.Tree {
	vkey, err := os.ReadFile(filepath.Join(folder, "juanzong", "log.vkey"))
	must(err)
	verifier, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	must(err)
	text, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	must(err)
	opened, err := note.Open(text, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		fail("checkpoint: origin or lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	must(err)
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree
}

func readEntries(folder string, size int64) [][]byte {
	var entries [][]byte
	for number := int64(0); number*256 < size; number++ {
		width := size - number*256
		if width > 256 {
			width = 256
		}
		path := tlog.Tile{H: height, L: 0, N: number, W: int(width)}.Path()
		path = strings.Replace(path, "tile/8/0/", "tile/entries/", 1)
		data, err := os.ReadFile(filepath.Join(folder, path))
		must(err)
		for len(data) > 0 {
			length := int(binary.BigEndian.Uint16(data))
			entries = append(entries, data[2:2+length])
			data = data[2+length:]
		}
	}
	if int64(len(entries)) != size {
		fail("entries: %d of %d", len(entries), size)
	}
	return entries
}

func main() {
	folder := os.Args[1]
	tree := readCheckpoint(folder)
	entries := readEntries(folder, tree.N)
	reader := tlog.TileHashReader(tree, files{folder})
	var stored []tlog.Hash
	own := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var list []tlog.Hash
		for _, index := range indexes {
			list = append(list, stored[index])
		}
		return list, nil
	})
	for i, entry := range entries {
		hashes, err := tlog.StoredHashes(int64(i), entry, own)
		must(err)
		stored = append(stored, hashes...)
		proof, err := tlog.ProveRecord(tree.N, int64(i), reader)
		must(err)
		must(tlog.CheckRecord(proof, tree.N, tree.Hash, int64(i), tlog.RecordHash(entry)))
		old, err := tlog.TreeHash(int64(i)+1, own)
		must(err)
		if int64(i)+1 < tree.N {
			growth, err := tlog.ProveTree(tree.N, int64(i)+1, reader)
			must(err)
			must(tlog.CheckTree(growth, tree.N, tree.Hash, int64(i)+1, old))
		} else if !bytes.Equal(old[:], tree.Hash[:]) {
			fail("root")
		}
	}
	fmt.Printf("ok %d\n", tree.N)
}
