package vector

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// A cache keeps vectors in a file, by what they are of. The file is a sequence
// of records, only ever appended to, each by one write:
//
//	32 bytes  SHA-256 of the model's name, a zero byte and the text
//	 2 bytes  how many numbers, little-endian
//	 n × 4    the numbers, float32, little-endian
//	 4 bytes  CRC-32 of all that
//
// What follows the last whole record (a crash while one was written) is cut
// off when the file is opened. Memory holds only where each record is; one that
// is read must be that of its text, so that processes that share the file can
// at worst make each other ask anew. A nil cache keeps nothing. Safe for
// concurrent use.
type cache struct {
	mu    sync.Mutex
	model string
	file  *os.File
	at    map[[32]byte]place
}

// A place is where a record begins, and how many numbers it has.
type place struct {
	offset int64
	n      int
}

const headSize, sumSize = 34, 4

func recordSize(n int) int { return headSize + n*4 + sumSize }

// openCache opens the file name, or makes it; "" returns nil, nil.
func openCache(name, model string) (*cache, error) {
	if name == "" {
		return nil, nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	c := &cache{model: model, file: f, at: make(map[[32]byte]place)}
	end := c.scan(bufio.NewReaderSize(f, 1<<16))
	if info, err := f.Stat(); err != nil || info.Size() > end {
		if err = errors.Join(err, f.Truncate(end)); err != nil {
			f.Close()
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return c, nil
}

// scan notes where the whole records are, and returns where the last one ends.
func (c *cache) scan(r io.Reader) (end int64) {
	var record [headSize + maxDim*4 + sumSize]byte
	for {
		if _, err := io.ReadFull(r, record[:headSize]); err != nil {
			return end
		}
		n := int(binary.LittleEndian.Uint16(record[headSize-2:]))
		if n == 0 || n > maxDim {
			return end
		}
		b := record[:recordSize(n)]
		if _, err := io.ReadFull(r, b[headSize:]); err != nil || !whole(b) {
			return end
		}
		c.at[[32]byte(b)] = place{end, n}
		end += int64(len(b))
	}
}

// whole reports whether the sum of a record is right.
func whole(b []byte) bool {
	body := len(b) - sumSize
	return crc32.ChecksumIEEE(b[:body]) == binary.LittleEndian.Uint32(b[body:])
}

func (c *cache) key(text string) [32]byte {
	return sha256.Sum256([]byte(c.model + "\x00" + text))
}

// get returns the vector of text; nil if it is not kept.
func (c *cache) get(text string) []float32 {
	if c == nil {
		return nil
	}
	k := c.key(text)
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.at[k]
	if !ok {
		return nil
	}
	b := make([]byte, recordSize(p.n))
	v := make([]float32, p.n)
	if _, err := c.file.ReadAt(b, p.offset); err != nil || [32]byte(b) != k || !whole(b) {
		delete(c.at, k) // another process has begun the file anew
		return nil
	}
	if _, err := binary.Decode(b[headSize:len(b)-sumSize], binary.LittleEndian, v); err != nil {
		return nil
	}
	return v
}

// put keeps the vector of text.
func (c *cache) put(text string, v []float32) error {
	if c == nil {
		return nil
	}
	k := c.key(text)
	b := make([]byte, 0, recordSize(len(v)))
	b = binary.LittleEndian.AppendUint16(append(b, k[:]...), uint16(len(v)))
	b, err := binary.Append(b, binary.LittleEndian, v)
	if err != nil {
		return err
	}
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.at[k]; ok {
		return nil
	}
	if _, err := c.file.Write(b); err != nil {
		return err
	}
	end, err := c.file.Seek(0, io.SeekCurrent) // behind what was appended
	if err == nil {
		c.at[k] = place{end - int64(len(b)), len(v)}
	}
	return err
}

// clear forgets everything: the vectors are of several models.
func (c *cache) clear() error {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.at)
	return c.file.Truncate(0)
}

func (c *cache) close() error {
	if c == nil {
		return nil
	}
	return c.file.Close()
}
