package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestReadLine(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"nothing", "", nil},
		{"one without end", "a", []string{"a"}},
		{"Windows", "a\r\nb\r\n", []string{"a", "b"}},
		{"empty lines count", "\n\na\n\n", []string{"", "", "a", ""}},
		{"broken UTF-8", "a\xffb\n", []string{"a\uFFFDb"}},
		{"as long as may be", strings.Repeat("x", maxLine) + "\nb\n", []string{strings.Repeat("x", maxLine), "b"}},
		{"longer: the rest is skipped", strings.Repeat("x", 3*maxLine) + "y\nb\n", []string{strings.Repeat("x", maxLine), "b"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := bufio.NewReaderSize(strings.NewReader(tt.in), 64<<10)
			var got []string
			for {
				line, err := readLine(r)
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, line)
			}
			if strings.Join(got, "|") != strings.Join(tt.want, "|") || len(got) != len(tt.want) {
				t.Errorf("got %d lines %.80q, want %d lines %.80q", len(got), got, len(tt.want), tt.want)
			}
		})
	}
}

// FuzzReadLine: as many lines as a text has, each of them valid.
func FuzzReadLine(f *testing.F) {
	f.Add("a\n\nb")
	f.Add("\r\n\x00\xff\n")
	f.Fuzz(func(t *testing.T, s string) {
		want := strings.Count(s, "\n")
		if s != "" && !strings.HasSuffix(s, "\n") {
			want++
		}
		r := bufio.NewReaderSize(strings.NewReader(s), 16)
		n := 0
		for ; ; n++ {
			line, err := readLine(r)
			if err != nil {
				break
			}
			if !utf8.ValidString(line) || strings.Contains(line, "\n") {
				t.Errorf("line %d of %q is %q", n, s, line)
			}
		}
		if n != want {
			t.Errorf("%q has %d lines, want %d", s, n, want)
		}
	})
}

// TestAskStreams: an answer comes out before the next question goes in, and
// Ctrl-C ends a command that waits for one.
func TestAskStreams(t *testing.T) {
	questions, in := io.Pipe()
	answers, out := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan int, 1)
	var errs lockedBuffer
	go func() {
		done <- Main(ctx, []string{"ask", "--json", "--report", "testdata/qingxi.txt"}, questions, out, &errs)
		out.Close()
	}()
	r := bufio.NewReader(answers)
	for _, q := range []string{"口袋公园", "", "今年改造燃气管网多少公里"} {
		io.WriteString(in, q+"\n")
		line, err := r.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if want := `{"question":"` + q + `",`; !strings.HasPrefix(line, want) {
			t.Errorf("answer to %q begins %.60q", q, line)
		}
	}
	cancel()
	if code := <-done; code != exitInterrupted || errs.String() != "jinwen: interrupted\n" {
		t.Errorf("interrupted: exit %d, %q", code, errs.String())
	}
	in.Close()
}
