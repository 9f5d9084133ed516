package console

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// MaxLine is the most bytes of a line that ReadLine gives: 16 times the longest
// message in Telegram. The rest of the line is skipped, so that there is an
// answer to every line.
const MaxLine = 256 << 10

// ReadLine returns the next line without its end, as valid UTF-8; io.EOF after
// the last.
func ReadLine(r *bufio.Reader) (string, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part[:min(len(part), MaxLine-len(line))]...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(line) > 0, err == nil:
			line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
			return strings.ToValidUTF8(string(line), "\uFFFD"), nil
		}
		return "", err
	}
}
