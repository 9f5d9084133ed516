package extract

import (
	"strings"
	"testing"

	"jinwen/corpus"
)

// What of a file could not be read is a doubt at its place.
func TestDoubtsOfFile(t *testing.T) {
	data := []byte(strings.Repeat("今年，新建公园的十二个。\n", 50))
	data[2*len("今年，新建公园的十二个。\n")+1] = 0xff
	r, err := Parse("r.txt", data)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Doubts {
		if d.Kind == corpus.DoubtLostText {
			if got := r.Quote(d.Span); !strings.ContainsRune(got, '\uFFFD') || strings.Contains(got, "\n") || d.Text == "" {
				t.Errorf("doubt %q at %q", d.Text, got)
			}
			return
		}
	}
	t.Errorf("no doubt about a lost character: %+v", r.Doubts)
}
