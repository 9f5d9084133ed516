package handlers

import (
	"bytes"
	"compress/flate"
	"io"
	"sync"
)

// What buttons remember is compressed: a question stands several times in what
// was read of it. packed begins what is; JSON never begins so.
const packed = 0

// packDict is what most of it has in common.
const packDict = `{"q":["，"],"r":{"text":"","lang":"zh-Hans","ask":"any","ask":"number","words":"","subject":"","numbers":[{"text":"","value":,"tail":"","start":,"end":}],"periods":[{"year":20}],"measure":"level","unit":"公里","concepts":["gdp"],"place":"","tense":"","nature":"target"},"t":"plan","l":"zh-Hans"}`

var packers = sync.Pool{New: func() any {
	w, err := flate.NewWriterDict(nil, flate.BestCompression, []byte(packDict))
	if err != nil {
		panic(err) // the level is one there is
	}
	return w
}}

// maxPacked is the most that is unpacked: a question is at most some kilobytes.
const maxPacked = 1 << 20

func pack(b []byte) []byte {
	out := bytes.NewBuffer([]byte{packed})
	w := packers.Get().(*flate.Writer)
	defer packers.Put(w)
	w.Reset(out)
	w.Write(b) // into memory
	w.Close()
	return out.Bytes()
}

func unpack(b []byte) ([]byte, error) {
	if len(b) == 0 || b[0] != packed {
		return b, nil // of an earlier release
	}
	r := flate.NewReaderDict(bytes.NewReader(b[1:]), []byte(packDict))
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxPacked))
}
