package print

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"jinwen/handlers/chat"
)

// An Output is standard output. It is buffered: flush it at the end, and
// wherever someone waits for a line. The first error stays.
type Output struct {
	w      *bufio.Writer
	width  int // columns of the terminal; 0 is no terminal: nothing is cut or wrapped
	Colour bool
}

func New(w io.Writer, env func(name string) string) *Output {
	o := &Output{w: bufio.NewWriterSize(w, 64<<10)}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return o
	}
	o.width = 80
	if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
		o.width = w
	}
	if n, err := strconv.Atoi(env("COLUMNS")); err == nil && n > 0 {
		o.width = n
	}
	// no-color.org: any value but the empty one turns colour off.
	o.Colour = env("NO_COLOR") == "" && env("TERM") != "dumb"
	return o
}

func (o *Output) Write(p []byte) (int, error) { return Seen{o.w}.Write(p) }

// Seen writes what people see and nothing that hides or steers among it: a
// file's name may hold marks of direction. It takes whole characters at a time.
type Seen struct{ io.Writer }

func (s Seen) Write(p []byte) (int, error) {
	if utf8.Valid(p) && strings.ContainsFunc(string(p), chat.Unseen) {
		if _, err := io.WriteString(s.Writer, strings.Map(func(r rune) rune {
			if chat.Unseen(r) {
				return -1
			}
			return r
		}, string(p))); err != nil {
			return 0, err
		}
		return len(p), nil
	}
	return s.Writer.Write(p)
}

func (o *Output) Flush() error { return o.w.Flush() }

// JSON writes v as one line.
func (o *Output) JSON(v any) error {
	enc := json.NewEncoder(o.w)
	enc.SetEscapeHTML(false) // quotes stay as they are in the report
	return enc.Encode(v)
}

func (o *Output) Styled(st Style, s string) string {
	if !o.Colour || st == Plain {
		return s
	}
	return string(st) + s + Reset
}
