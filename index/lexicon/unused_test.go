package lexicon

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jinwen/corpus/extract"
	"jinwen/corpus/zh"
)

var library = flag.String("library", "", "folder of reports: print the rows whose meanings none of them uses")

// TestUnused prints the rows whose terms stand in no report of a library, and
// how many single terms do not:
//
//	go test ./index/lexicon -run Unused -library DIR -v
//
// A term that no report uses finds nothing and is to go. A row of which no term
// is used may stay: it tells that 养蜂 is a matter, and that the report is
// silent on it.
func TestUnused(t *testing.T) {
	if *library == "" {
		t.Skip("a measurement: -library")
	}
	var all strings.Builder
	err := filepath.WalkDir(*library, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		r, err := extract.Parse(filepath.Base(path), data)
		if err != nil {
			t.Logf("not read: %s: %v", path, err)
			return nil
		}
		all.WriteString(zh.Fold(r.Text) + "\n")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	text := all.String()
	rows, terms, unused, silent := 0, 0, 0, 0
	for m := range mustLexicon(t).Rows() {
		used := false
		for _, term := range m.Terms() {
			terms++
			if strings.Contains(text, term) {
				used = true
			} else {
				unused++
			}
		}
		if rows++; !used && len(m.Terms()) > 0 {
			silent++
			t.Logf("%s → %s", strings.Join(m.Says(), " "), strings.Join(m.Terms(), " "))
		}
	}
	t.Logf("%d of %d rows and %d of %d terms are used by no report", silent, rows, unused, terms)
}
