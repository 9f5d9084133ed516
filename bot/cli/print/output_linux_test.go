package print

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// terminal returns the program's side of a terminal so many columns wide.
func terminal(t *testing.T, columns uint16) *os.File {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { master.Close() })
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Skip(err)
	}
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Skip(err)
	}
	f, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { f.Close() })
	if err := unix.IoctlSetWinsize(int(f.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns}); err != nil {
		t.Fatal(err)
	}
	return f
}

// TestTerminal: how wide an output is and whether it has colours.
func TestTerminal(t *testing.T) {
	for _, tt := range []struct {
		name    string
		columns uint16
		env     map[string]string
		width   int
		colour  bool
	}{
		{"a terminal", 100, nil, 100, true},
		{"one column", 1, nil, 1, true},
		{"a terminal that does not say", 0, nil, 80, true},
		{"COLUMNS wins", 100, map[string]string{"COLUMNS": "60"}, 60, true},
		{"COLUMNS of one", 100, map[string]string{"COLUMNS": "1"}, 1, true},
		{"COLUMNS of nothing", 100, map[string]string{"COLUMNS": "0"}, 100, true},
		{"COLUMNS that is no number", 100, map[string]string{"COLUMNS": "wide"}, 100, true},
		{"no colour is wanted", 100, map[string]string{"NO_COLOR": "1"}, 100, false},
		{"a terminal without colours", 100, map[string]string{"TERM": "dumb"}, 100, false},
	} {
		f := terminal(t, tt.columns)
		o := New(f, func(name string) string { return tt.env[name] })
		if o.width != tt.width || o.Colour != tt.colour {
			t.Errorf("%s: %d columns, colours %v, want %d, %v", tt.name, o.width, o.Colour, tt.width, tt.colour)
		}
		if got := o.Styled(Bold, "x") != "x"; got != tt.colour {
			t.Errorf("%s: styled %v, want %v", tt.name, got, tt.colour)
		}
		if o.Styled(Plain, "x") != "x" {
			t.Errorf("%s: plain text is styled", tt.name)
		}
	}
}

// TestOutput: what is no terminal has no width and no colours, and shows what
// people can see only.
func TestOutput(t *testing.T) {
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	env := func(string) string { return "60" }
	if o := New(file, env); o.width != 0 || o.Colour {
		t.Errorf("a file has %d columns, colours %v", o.width, o.Colour)
	}
	var out bytes.Buffer
	o := New(&out, env)
	for _, s := range []string{"天津\u202e港\u200b\n", "天津\n", "half\xe5 a\u202e character\n"} {
		if n, err := o.Write([]byte(s)); n != len(s) || err != nil {
			t.Errorf("Write(%q) = %d, %v", s, n, err)
		}
	}
	if err := o.JSON(map[string]string{"q": "<天津>"}); err != nil {
		t.Error(err)
	}
	if out.Len() > 0 {
		t.Errorf("%q is written before it is flushed", out.String())
	}
	o.Flush()
	if want := "天津港\n天津\nhalf\xe5 a\u202e character\n" + `{"q":"<天津>"}` + "\n"; out.String() != want {
		t.Errorf("written %q, want %q", out.String(), want)
	}
	if _, err := (Seen{broken{}}).Write([]byte("天\u202e")); err == nil {
		t.Error("a writer that fails is not noticed")
	}
	if s := o.Styled(Bold, "x"); strings.Contains(s, "\x1b") {
		t.Errorf("styled %q", s)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, os.ErrClosed }
