package place

import (
	"fmt"
	"strings"
	"testing"

	"jinwen/corpus/golden"
)

// TestNamesGolden keeps how every twentieth place and all provinces are named,
// looked up and found in a sentence: a change of the data or of how names are
// shortened shows which places it touches.
func TestNamesGolden(t *testing.T) {
	var b strings.Builder
	for i, p := range All() {
		if p.Level != Province && i%20 != 0 {
			continue
		}
		fmt.Fprintf(&b, "%s %s %s %v plain=%s", p.Code, p.Name, p.Short, p.Level, Plain(p.Name))
		for _, name := range []string{p.Name, p.Short, Plain(p.Name)} {
			got, ok := Lookup(name)
			fmt.Fprintf(&b, " | %s %v %d", got.Code, ok, len(LookupAll(name)))
		}
		b.WriteString(" |")
		for _, m := range Find("去年" + p.Name + "和" + p.Short + "的增长") {
			fmt.Fprintf(&b, " %s@%d-%d+%d", m.Code, m.Start, m.End, len(m.Others))
		}
		if own, ok := ByCode(p.Parent); ok {
			in, ok := LookupIn(p.Short, own)
			fmt.Fprintf(&b, " in %s: %s %v", own.Short, in.Code, ok)
		}
		b.WriteString("\n")
	}
	golden.Check(t, "testdata/names.golden", b.String())
}
