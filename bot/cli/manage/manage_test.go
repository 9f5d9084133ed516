package manage

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/print"
	"jinwen/corpus"
	"jinwen/corpus/extract"
	"jinwen/corpus/golden"
	"jinwen/corpus/version"
	"jinwen/handlers/admin"
)

// A command is one of this package.
type command interface {
	Run(ctx context.Context, a *base.App) error
}

// run runs a command on a data folder and returns what it says: its output, then
// what stands on standard error and its error.
func run(t *testing.T, data string, c command) string {
	t.Helper()
	var out, errs bytes.Buffer
	now := func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }
	a := &base.App{Out: print.New(&out, func(string) string { return "" }), Err: &errs, Flags: &base.Globals{DataDir: data}, Now: now}
	err := c.Run(t.Context(), a)
	a.Out.Flush()
	if errs.Len() > 0 {
		fmt.Fprintf(&out, "stderr: %s", errs.String())
	}
	if err != nil {
		fmt.Fprintf(&out, "error: %v\n", err)
	}
	return out.String()
}

// settled has the same words for what differs between two runs.
var settled = []struct {
	form *regexp.Regexp
	as   string
}{
	{regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d`), "MINUTE"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:\d\d)`), "TIME"},
	{regexp.MustCompile(`shell:[\w.-]+`), "shell:WHO"},
	{regexp.MustCompile(` in [\d.]+m?s\b`), " in TOOK"},
	{regexp.MustCompile(`"counts":{[^}]*}`), `"counts":COUNTS`}, // package extract's to hold
	{regexp.MustCompile(`  +`), "  "},                           // a name's width
}

// TestSession: reports come in, alone and many at once, take each other's place
// and give it back; every step says what it did.
func TestSession(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	text, err := os.ReadFile("../testdata/qingxi.txt")
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, old ...string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.NewReplacer(old...).Replace(string(text))), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	first := write("青溪.txt")
	second := write("更正.txt", "新建口袋公园15个", "新建口袋公园16个", "7万亩", "8万亩")
	write("many/2026年白石市政府工作报告.md", "青溪", "白石", "2025年", "2026年", "2024年", "2025年")
	write("many/b/青溪.txt")
	write("many/b/更正2.txt", "新建口袋公园15个", "新建口袋公园17个")
	write("many/.hidden.txt")
	write("many/.git/x.txt")
	write("many/readme.doc")
	if err := os.WriteFile(filepath.Join(dir, "many/b/c.txt"), []byte("今天天气很好。"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	id := func(file string) string {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r, err := extract.Parse(file, b)
		if err != nil {
			t.Fatal(err)
		}
		return r.ID
	}
	var all strings.Builder
	for _, step := range []struct {
		name string
		c    command
	}{
		{"versions before any", &Versions{}}, {"reports before any", &Reports{}}, {"audit before any", &Audit{}}, {"rollback before any", &Rollback{}},
		{"import of nothing", &Import{File: []string{filepath.Join(dir, "none.txt")}}},
		{"import", &Import{File: []string{first}}},
		{"import again, and activate", &Import{File: []string{first}, Activate: true}},
		{"import what is active", &Import{File: []string{first}, Activate: true}},
		{"activate what is active", &Activate{Version: id(first)}},
		{"import a correction", &Import{File: []string{second}}},
		{"activate the correction", &Activate{Version: id(second)[:6]}},
		{"rollback", &Rollback{}},
		{"rollback to what is not there", &Rollback{Version: "ffff"}},
		{"import many", &Import{File: []string{filepath.Join(dir, "many")}}},
		{"import many again, with one that takes its place", &Import{File: []string{filepath.Join(dir, "many/b"), second}, Activate: true}},
		{"import an empty folder", &Import{File: []string{filepath.Join(dir, "empty")}}},
		{"versions", &Versions{}}, {"versions as objects", &Versions{JSON: true}}, {"reports", &Reports{}}, {"reports as objects", &Reports{JSON: true}},
		{"reindex", &Reindex{}},
		{"audit", &Audit{}}, {"audit as objects", &Audit{JSON: true}},
		{"stats of no days", &Stats{}}, {"stats of nobody", &Stats{Days: 1}}, {"stats as an object", &Stats{Days: 7, JSON: true}},
		{"snapshots", &Restore{List: true}}, {"restore of nothing", &Restore{}},
	} {
		fmt.Fprintf(&all, "-- %s --\n%s", step.name, strings.ReplaceAll(run(t, data, step.c), dir, "DIR"))
	}
	got := all.String()
	for _, s := range settled {
		got = s.form.ReplaceAllString(got, s.as)
	}
	golden.Check(t, "testdata/session.golden", got)
}

// TestNameTells: the year and the place in a file's name.
func TestNameTells(t *testing.T) {
	for name, want := range map[string]string{
		"2026年云南省政府工作报告.txt": "2026 云南省", "云南省2026.txt": "2026 云南省", "云南省人民政府工作报告.txt": "0 云南省", "政府工作报告2025.docx": "2025 ", "report-1999.txt": "1999 ",
		"云南.txt": "0 ", "2126年.txt": "0 ", "": "0 ", "广西壮族自治区2024年.txt": "2024 广西壮族自治区",
	} {
		year, place := nameTells(name)
		if got := fmt.Sprint(year, " ", place); got != want {
			t.Errorf("nameTells(%q) = %s, want %s", name, got, want)
		}
	}
}

// TestReportFiles: a folder is all in it that may be a report, a file is itself.
func TestReportFiles(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range []string{"a/b.TXT", "a/a.md", "a/c.doc", "a/.d.txt", "a/e/f.pdf", "a/.g/h.txt", "a/i.htm", "j.doc", ".k/l.txt", "m/n.doc"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct{ names, want string }{
		{"a", "a/a.md a/b.TXT a/e/f.pdf a/i.htm"}, {"j.doc a", "j.doc a/a.md a/b.TXT a/e/f.pdf a/i.htm"}, {"none", "none"}, {".k", ".k/l.txt"}, {"m", "error"},
	} {
		got, err := reportFiles(strings.Fields(tt.names))
		if s := strings.Join(got, " "); (err != nil) != (tt.want == "error") || err == nil && s != tt.want {
			t.Errorf("reportFiles(%s) = %s, %v, want %s", tt.names, s, err, tt.want)
		}
	}
}

// TestReadSource: where year and place come from, and what is named that a text
// does not tell.
func TestReadSource(t *testing.T) {
	dir := t.TempDir()
	text, err := os.ReadFile("../testdata/qingxi.txt")
	if err != nil {
		t.Fatal(err)
	}
	nowhere := strings.NewReplacer("2025年青溪市政府", "政府", "青溪市", "全市", "青溪", "本地", "2025年", "今年", "2024年", "去年").Replace(string(text))
	for _, tt := range []struct {
		name, text string
		year       int
		place      string
		want       string // of the item, or of the error
	}{
		{"a.txt", string(text), 0, "", "2025 青溪市"}, {"a.txt", string(text), 2024, "", "2024 青溪市"}, {"a.txt", string(text), 0, "白石市", "2025 白石市"},
		{"2019年白石市政府工作报告.txt", string(text), 0, "", "2025 青溪市"},
		{"2019年白石市政府工作报告.txt", nowhere, 0, "", "2019 白石市"}, {"2019年白石市政府工作报告.txt", nowhere, 2020, "黑石市", "2020 黑石市"},
		{"a.txt", nowhere, 0, "黑石市", "error: which year it plans is not known: name it with --year"}, {"a.txt", nowhere, 2020, "", "error: which place it is of is not known: name it with --place"},
		{"a.txt", "今天天气很好。", 0, "", "error: no headings and no figures: not a government work report"},
	} {
		path := filepath.Join(dir, tt.name)
		if err := os.WriteFile(path, []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		s := readSource(path, tt.year, tt.place)
		got := ""
		if s.err != nil {
			got = strings.Replace(s.err.Error(), path, "error", 1)
		} else {
			got = fmt.Sprint(s.item.Report.Year, " ", s.item.Report.Place)
		}
		if got != tt.want {
			t.Errorf("%s as %d of %q: %s, want %s", tt.name, tt.year, tt.place, got, tt.want)
		}
	}
	// Several are read beside each other and stay in their order.
	files := []string{filepath.Join(dir, "a.txt"), filepath.Join(dir, "none"), filepath.Join(dir, "2019年白石市政府工作报告.txt")}
	var got []string
	for _, s := range readSources(t.Context(), files, 2020, "黑石市") {
		got = append(got, fmt.Sprint(filepath.Base(s.file), " ", s.err == nil))
	}
	if !slices.Equal(got, []string{"a.txt false", "none false", "2019年白石市政府工作报告.txt true"}) {
		t.Errorf("read %v", got)
	}
}

// TestWords: every warning and every action has words of its own.
func TestWords(t *testing.T) {
	p := &admin.Preview{Report: &corpus.Report{Year: 2024, Place: "青溪市"}, Active: &corpus.Report{Year: 2025}}
	seen := make(map[string]bool)
	for _, w := range []admin.Warning{admin.WarnNoOutline, admin.WarnShort, admin.WarnCharacters, admin.WarnNoFigures, admin.WarnNoCommitments, admin.WarnNoYear, admin.WarnOlder, admin.WarnOtherPlace} {
		text := warningText(w, p)
		if text == string(w) || seen[text] {
			t.Errorf("%s has the words %q", w, text)
		}
		seen[text] = true
	}
	for w, want := range map[admin.Warning]string{
		admin.WarnOlder: "it plans 2024, the active one 2025: is it last year's?", admin.WarnOtherPlace: "it is the report of 青溪市, the active one of an unknown place",
	} {
		if got := warningText(w, p); got != want {
			t.Errorf("%s: %s, want %s", w, got, want)
		}
	}
	for action, want := range map[version.Action]string{version.Imported: "导入", version.RolledBack: "退回", version.LexiconRemoved: "删词", "made_up": "made_up"} {
		if got := actionName(action); got != want {
			t.Errorf("%s is %s, want %s", action, got, want)
		}
	}
	if got := localTime(time.Time{}); got != "" {
		t.Errorf("no time is %q", got)
	}
}
