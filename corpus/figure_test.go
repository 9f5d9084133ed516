package corpus

import (
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
