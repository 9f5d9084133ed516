package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"jinwen/corpus/reports"
)

// docx is text as a Word file, a paragraph a line.
func docx(t *testing.T, text string) []byte {
	t.Helper()
	var doc, out bytes.Buffer
	doc.WriteString(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for line := range strings.Lines(text) {
		doc.WriteString(`<w:p><w:r><w:t xml:space="preserve">`)
		xml.EscapeText(&doc, []byte(strings.TrimSuffix(line, "\n")))
		doc.WriteString(`</w:t></w:r></w:p>`)
	}
	doc.WriteString(`</w:body></w:document>`)
	z := zip.NewWriter(&out)
	f, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	f.Write(doc.Bytes())
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// examplesOf are the lines of a help text that begin with jinwen, or lead to
// it, without what is said beside them.
func examplesOf(help string) []string {
	var list []string
	_, help, _ = strings.Cut(help, "Example")
	for line := range strings.Lines(help) {
		if line = strings.TrimSpace(line); (strings.HasPrefix(line, "jinwen") || strings.Contains(line, "| jinwen")) && !strings.Contains(line, "COMMAND") {
			line, _, _ = strings.Cut(line, "   ")
			list = append(list, strings.TrimSpace(line))
		}
	}
	return list
}

// elsewhere are examples that need a machine of their own: settings of the
// system, a bot that runs, a day that is past, a message that was given up.
var elsewhere = regexp.MustCompile(`/etc/|--health|restore( 2026|$)|telegram:5001`)

// TestHelpExamples types what --help of each command shows, with the report that
// ships and the files that the examples name: every command has an example, and
// all of them work.
func TestHelpExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("starts some sixty programs")
	}
	for _, tool := range []string{"bash", "jq", "timeout"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("no " + tool)
		}
	}
	k, err := kong.New(new(grammar), kong.BindTo(t.Context(), (*context.Context)(nil)))
	if err != nil {
		t.Fatal(err)
	}
	this := string(reports.Tianjin2024)
	next := strings.NewReplacer("2024", "2025", "2023", "2024").Replace(this)
	corrected := strings.Replace(this, "新建提升口袋公园50个", "新建提升口袋公园60个", 1)
	files := map[string][]byte{
		"config.yaml": nil, "questions.txt": []byte("口袋公园\n今年GDP目标\n"), "reports/2025.txt": []byte(next),
		"草案.docx": docx(t, this), "终稿.docx": docx(t, corrected), "other-city.docx": docx(t, next), "2025年报告.docx": docx(t, next),
		"去年.docx": docx(t, this), "今年.docx": docx(t, next),
		"data/dead-letters/telegram-5001.json": []byte(`{"id":"telegram:5001","kind":"text","reason":"crash","tries":3,"update":{}}`),
	}
	for _, node := range append(k.Model.Leaves(true), k.Model.Node) {
		name := node.FullPath()
		help := node.Detail
		if node == k.Model.Node {
			name, help = "jinwen", examples
		}
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			list := examplesOf(help)
			if len(list) == 0 {
				t.Fatalf("%s has no example:\n%s", name, help)
			}
			dir := t.TempDir()
			for name, data := range files {
				if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			run := func(line string) (string, error) {
				ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
				defer cancel()
				cmd := exec.CommandContext(ctx, "bash", "-c", line)
				cmd.Dir = dir
				cmd.Env = append(os.Environ(), "PASSWORD=correct horse battery staple", "JINWEN_LOG_LEVEL=error")
				out, err := cmd.CombinedOutput()
				return string(out), err
			}
			// What some examples take to be there: another year, or a version
			// whose id is put in the place of the example's.
			all, id := strings.Join(list, "\n"), ""
			before := ""
			switch {
			case strings.Contains(all, "2025/天津"):
				before = "jinwen import reports"
			case strings.Contains(all, "jinwen rollback 1f0c"):
				before = "jinwen import --activate 终稿.docx"
			case strings.Contains(all, "1f0c"):
				before = "jinwen import 终稿.docx"
			}
			if before != "" {
				out, err := run(before + " >log && jinwen versions --json | jq -r 'select(.embedded != true) | .id'")
				if err != nil || len(out) < 4 {
					t.Fatalf("%v:\n%s", err, out)
				}
				id = out[:4]
			}
			worked := 0
			for _, line := range list {
				if elsewhere.MatchString(line) {
					continue
				}
				line = strings.ReplaceAll(line, "1f0c", id)
				if strings.Contains(line, "--listen") { // goes on until it is stopped
					line = regexp.MustCompile(`[0-9.]*:8080`).ReplaceAllString(line, "127.0.0.1:0")
					// In the foreground timeout signals the program alone; else its whole
					// group as well, and a second SIGTERM ends a program that is ending.
					line = "timeout --foreground --preserve-status 4 " + line
				}
				in := "</dev/null"
				if strings.HasSuffix(line, "web password ann") {
					in = `<<< "$PASSWORD"`
				}
				if out, err := run("{ " + line + "\n} " + in); err != nil {
					t.Errorf("%s\n%v:\n%s", line, err, out)
					continue
				}
				worked++
			}
			if worked == 0 && !elsewhere.MatchString(strings.Join(list, "\n")) {
				t.Errorf("none of %q works", list)
			}
		})
	}
}
