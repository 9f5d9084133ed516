package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFiguresGolden holds every figure of the shipped report, with the clause
// that is quoted for it.
func TestFiguresGolden(t *testing.T) {
	r, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range r.Figures {
		b.WriteString(figureLine(f) + "\t" + r.Quote(f.Clause) + "\n")
	}
	checkGolden(t, "figures-tianjin-2024.golden", b.String())
}

// TestFiguresOfOtherReports compares the figures of reports in the manner of
// other governments with what was written down for them by hand (*.want).
func TestFiguresOfOtherReports(t *testing.T) {
	for _, name := range []string{"province-2026", "county-2023", "state-council-style"} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, f := range ParseText(string(data)).Figures {
				b.WriteString(figureLine(f) + "\n")
			}
			checkGolden(t, name+".want", b.String())
		})
	}
}
