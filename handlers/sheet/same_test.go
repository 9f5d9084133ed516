package sheet

import (
	"bytes"
	"testing"

	"jinwen/corpus/extract"
)

// The same report gives the same spreadsheet, byte for byte.
func TestSame(t *testing.T) {
	r, err := extract.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	write := func() []byte {
		var b bytes.Buffer
		if err := Write(&b, r, Filter{}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	first := write()
	for range 4 {
		if !bytes.Equal(first, write()) {
			t.Fatal("two spreadsheets of one report differ")
		}
	}
}
