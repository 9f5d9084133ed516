package question

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinwen/corpus/golden"
)

// testdata/read.txt has conversations, with an empty line between them: each
// question, and below it how it reads.
func TestRead(t *testing.T) {
	const file = "testdata/read.txt"
	lines, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	var before *Question
	for line := range strings.Lines(string(lines)) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "    "):
			continue
		case line == "", strings.HasPrefix(line, "#"):
			before = nil
			out.WriteString(line + "\n")
			continue
		}
		q := Read(line, before)
		out.WriteString(line + "\n    " + q.String() + besides(q) + "\n")
		if q.Ask != Talk && q.Ask != About {
			before = q
		}
	}
	golden.Check(t, file, out.String())
}

// besides is what String leaves out of q.
func besides(q *Question) string {
	var b strings.Builder
	for _, x := range []struct {
		name string
		on   bool
	}{
		{"UNCLEAR", q.Unclear()}, {"targets", q.Targets}, {"aim named", q.AimNamed}, {"keeps ask", q.AskKept}, {"keeps time", q.TimeKept}, {"keeps kind", q.KindKept},
		{"refers", q.Refers}, {"renames", q.Renames}, {"does", q.Does}, {"elsewhere", q.Elsewhere},
	} {
		if x.on {
			b.WriteString(" " + x.name)
		}
	}
	if q.Lang != Hans && q.Lang != "" {
		b.WriteString(" " + string(q.Lang))
	}
	if q.Counted > 0 {
		fmt.Fprintf(&b, " counted=%d", q.Counted)
	}
	if len(q.Names) > 0 {
		fmt.Fprintf(&b, " names=%s", q.Names)
	}
	for _, n := range q.Numbers {
		fmt.Fprintf(&b, " (%g %s %d-%d)", n.Value, n.Tail, n.Start, n.End)
	}
	for _, p := range q.Parts {
		b.WriteString(besides(p))
	}
	return b.String()
}

// A question that was stored reads back the same.
func TestStored(t *testing.T) {
	for _, text := range []string{"去年GDP涨了几个点？今年目标呢", "今年新建2所学校吗", "23/24 财政收入", "1月的用电量", "謝謝"} {
		q := Read(text, Read("老旧小区去年改造多少", nil))
		b, err := json.Marshal(q)
		if err != nil {
			t.Fatal(err)
		}
		got := new(Question)
		if err := json.Unmarshal(b, got); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(q, got); d != "" {
			t.Errorf("Read(%q) comes back different (-want +got):\n%s", text, d)
		}
	}
}

// FuzzRead: no text fails, and what is read is a part of it.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "那去年呢", "2024/25年", "\xff\x00", "１２３％多少", "how many?", "一二三四五六七八九十万亿个"} {
		f.Add(s)
	}
	before := Read("去年老旧小区改造多少", nil)
	f.Fuzz(func(t *testing.T, s string) {
		for _, b := range []*Question{nil, before} {
			q := Read(s, b)
			for _, n := range q.Numbers {
				if n.Start < 0 || n.End > len(q.Subject) || n.Start > n.End {
					t.Errorf("Read(%q): number %+v is not in %q", s, n, q.Subject)
				}
			}
			_ = q.String()
		}
	})
}
