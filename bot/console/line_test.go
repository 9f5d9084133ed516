package console

import (
	"bufio"
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
		{"as long as may be", strings.Repeat("x", MaxLine) + "\nb\n", []string{strings.Repeat("x", MaxLine), "b"}},
		{"longer: the rest is skipped", strings.Repeat("x", 3*MaxLine) + "y\nb\n", []string{strings.Repeat("x", MaxLine), "b"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := bufio.NewReaderSize(strings.NewReader(tt.in), 64<<10)
			var got []string
			for {
				line, err := ReadLine(r)
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
			line, err := ReadLine(r)
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
