package decode

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jinwen/corpus/golden"
)

// Each file of testdata/inputs stands for a kind that was read wrong once; the
// text beside it is what its reader sees.
func TestInputs(t *testing.T) {
	files, err := filepath.Glob("testdata/inputs/*")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		if filepath.Ext(file) == ".want" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r, err := Decode(filepath.Base(file), data)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, w := range r.Warnings {
				fmt.Fprintf(&got, "[%v]\n", w)
			}
			got.WriteString(r.Text)
			golden.Check(t, file+".want", got.String())
		})
	}
}
