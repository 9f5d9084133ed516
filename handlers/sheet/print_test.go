package sheet

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"jinwen/corpus/extract"
)

// TestPaper: LibreOffice opens the spreadsheet of the report that ships and
// prints it across, in no more pages than somebody takes to a meeting.
func TestPaper(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil || testing.Short() {
		t.Skip("no LibreOffice")
	}
	r, err := extract.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var b bytes.Buffer
	if err := Write(&b, r, Filter{}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "l.xlsx"), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, office, "--headless", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--convert-to", "pdf", "--outdir", dir, filepath.Join(dir, "l.xlsx")).CombinedOutput()
	pdf, err2 := os.ReadFile(filepath.Join(dir, "l.pdf"))
	if err != nil || err2 != nil {
		t.Fatalf("%v, %v:\n%s", err, err2, out)
	}
	pages := bytes.Count(pdf, []byte("/Type/Page")) - bytes.Count(pdf, []byte("/Type/Pages"))
	if pages < 10 || pages > 25 {
		t.Errorf("%d pages, want 10 to 25", pages)
	}
	if across := bytes.Count(pdf, []byte("/MediaBox[0 0 841.")); across < pages {
		t.Errorf("%d of %d pages are A4 across", across, pages)
	}
}
