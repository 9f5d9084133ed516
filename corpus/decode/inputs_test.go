package decode

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// update rewrites the golden files in testdata; read the difference before
// committing it.
var update = flag.Bool("update", false, "rewrite golden files")

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
			if *update {
				if err := os.WriteFile(file+".want", []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(file + ".want")
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}
