package cli

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/term"
)

// An output is standard output. It is buffered: flush it at the end, and
// wherever someone waits for a line. The first error stays.
type output struct {
	w      *bufio.Writer
	file   *os.File // behind w; nil if it is none
	width  int      // columns of the terminal; 0 is no terminal: nothing is cut or wrapped
	colour bool
}

func newOutput(w io.Writer, environ []string) *output {
	o := &output{w: bufio.NewWriterSize(w, 64<<10)}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return o
	}
	o.file = f
	o.width = 80
	if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
		o.width = w
	}
	if n, err := strconv.Atoi(envValue(environ, "COLUMNS")); err == nil && n > 0 {
		o.width = n
	}
	// no-color.org: any value but the empty one turns colour off.
	o.colour = envValue(environ, "NO_COLOR") == "" && envValue(environ, "TERM") != "dumb"
	return o
}

func envValue(environ []string, name string) string {
	i := slices.IndexFunc(environ, func(kv string) bool { return strings.HasPrefix(kv, name+"=") })
	if i < 0 {
		return ""
	}
	return environ[i][len(name)+1:]
}

func (o *output) Write(p []byte) (int, error) { return o.w.Write(p) }

func (o *output) flush() error { return o.w.Flush() }

// json writes v as one line.
func (o *output) json(v any) error {
	enc := json.NewEncoder(o.w)
	enc.SetEscapeHTML(false) // quotes stay as they are in the report
	return enc.Encode(v)
}
