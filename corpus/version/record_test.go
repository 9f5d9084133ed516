package version

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func line(t testing.TB, r Record) []byte {
	t.Helper()
	b, err := appendRecord(nil, r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRecordRoundTrip(t *testing.T) {
	in := Record{Seq: 3, Time: day.Add(time.Millisecond), Who: "7", Action: Imported, Version: "1f0c6a2be0d4",
		Name: "终稿\n\"\xff<b>.docx", Title: "青溪市政府工作报告", Year: 2024, Counts: &Counts{Chars: 5}}
	b := line(t, in)
	if bytes.Count(b, []byte("\n")) != 1 {
		t.Errorf("more than a line: %q", b)
	}
	out, ok := parseRecord(bytes.TrimSuffix(b, []byte("\n")))
	in.Name = "终稿\n\"<b>.docx"
	if diff := cmp.Diff(in, out); !ok || diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
	for i := range b {
		c := bytes.Clone(b)
		c[i] ^= 1
		if _, ok := parseRecord(bytes.TrimSuffix(c, []byte("\n"))); ok {
			t.Errorf("a flipped bit at %d was not noticed", i)
		}
	}
}

// The example in the package comment is a journal.
func TestDocumentedLines(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var journal []byte
	for line := range strings.Lines(string(doc)) {
		if rest, ok := strings.CutPrefix(line, "//\t{"); ok {
			journal = append(append(journal, '{'), rest...)
		}
	}
	records, size, _, _ := scan(journal, 0)
	if len(records) != 4 || size != len(journal) {
		t.Fatalf("%d records in %d of %d bytes", len(records), size, len(journal))
	}
	var s state
	for _, r := range records {
		s.apply(r)
	}
	if s.active() != "9d3e5c7a1b20" || s.previous() != "" {
		t.Errorf("active %s after %s", s.active(), s.previous())
	}
}

// Whatever the journal holds, scan takes whole lines only, in rising order,
// and what it takes reads the same once it is written again.
func FuzzScan(f *testing.F) {
	a := line(f, Record{Seq: 1, Time: day, Who: "7", Action: Imported, Version: "1f0c6a2be0d4", Counts: &Counts{}})
	b := line(f, Record{Seq: 2, Time: day, Who: "7", Action: Activated, Version: "1f0c6a2be0d4", From: "9d3e5c7a1b20"})
	c := line(f, Record{Seq: 3, Time: day, Who: "8", Action: RolledBack, Version: "9d3e5c7a1b20"})
	f.Add(bytes.Join([][]byte{a, b, c}, nil))
	f.Add(append(bytes.Clone(a), b[:20]...))
	f.Add(bytes.Join([][]byte{b, a, []byte("{}\n\n"), c}, nil))
	f.Add([]byte("\x00\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		records, size, lines, damaged := scan(data, 0)
		if size > len(data) || size > 0 && data[size-1] != '\n' || bytes.Count(data[:size], []byte("\n")) != lines {
			t.Fatalf("size %d, %d lines", size, lines)
		}
		if len(records)+len(damaged) != lines {
			t.Fatalf("%d records and %d damaged in %d lines", len(records), len(damaged), lines)
		}
		var s state
		var buf []byte
		for _, r := range records {
			if r.Seq <= s.lastSeq() {
				t.Fatalf("number %d after %d", r.Seq, s.lastSeq())
			}
			s.apply(r)
			buf = append(buf, line(t, r)...)
		}
		again, size, _, _ := scan(buf, 0)
		if diff := cmp.Diff(records, again); diff != "" || size != len(buf) {
			t.Fatalf("written again (-first +second):\n%s", diff)
		}
		if s.active() != "" && s.active() == s.previous() {
			t.Fatal("the active version is its own predecessor")
		}
	})
}
