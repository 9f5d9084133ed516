package extract

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinwen/corpus"
)

// update rewrites the golden files in testdata; read the difference before
// committing it.
var update = flag.Bool("update", false, "rewrite golden files")

// checkGolden compares got with testdata/name.
func checkGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// figureLine prints f as the expectation files do: value|number|unit|indicator|
// measure|bound|period|nature, a range's number as low~high.
func figureLine(f corpus.Figure) string {
	num := strconv.FormatFloat(f.Number, 'f', -1, 64)
	if f.High != 0 {
		num += "~" + strconv.FormatFloat(f.High, 'f', -1, 64)
	}
	return fmt.Sprintf("%s|%s|%s|%s|%s|%s|%s|%s", f.Value, num, f.Unit, f.Indicator, f.Measure, f.Bound, f.Period, f.Nature)
}
