//go:build unix

package base

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"jinwen/bot/cli/print"
	"jinwen/bot/config"
	"jinwen/corpus"
	"jinwen/corpus/decode"
	"jinwen/corpus/extract"
	"jinwen/corpus/version"
)

// app is a program that keeps what it has in dir/data.
func app(t *testing.T, dir string) *App {
	t.Helper()
	a := &App{Out: print.New(io.Discard, func(string) string { return "" }), Err: io.Discard, Flags: &Globals{DataDir: filepath.Join(dir, "data")}, Now: time.Now}
	if err := a.Configure(); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestReports: which report a name means, before and after others came.
func TestReports(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	text := func(year int, place string) []byte {
		return []byte(strings.NewReplacer("YEAR", fmt.Sprint(year), "LAST", fmt.Sprint(year-1), "PLACE", place).Replace(
			"YEAR年PLACE市政府工作报告\n\n一、LAST年工作回顾\n\n新建公园12个，改造管网30公里。\n\n二、YEAR年工作安排\n\n新建公园15个。建设高标准农田7万亩。\n"))
	}
	if err := os.WriteFile("a.txt", text(2025, "青溪"), 0o600); err != nil {
		t.Fatal(err)
	}
	a := app(t, dir)
	of := func(f func(string) (*corpus.Report, error), ref, want string) {
		t.Helper()
		r, err := f(ref)
		switch {
		case err != nil && !strings.HasPrefix(want, "error: "), err != nil && !strings.Contains(err.Error(), strings.TrimPrefix(want, "error: ")):
			t.Errorf("%q: %v, want %s", ref, err, want)
		case err == nil && r.Name() != want:
			t.Errorf("%q is %s, want %s", ref, r.Name(), want)
		}
	}
	list := func(want string) {
		t.Helper()
		all, err := a.Reports()
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, r := range all {
			got += fmt.Sprint(r.Name, " ", r.Serving.Active, " ", r.Home, "; ")
		}
		if got != want {
			t.Errorf("reports: %s, want %s", got, want)
		}
	}
	active := func(string) (*corpus.Report, error) { return a.Report() }
	if a.HasVersions() {
		t.Error("there are versions before any came")
	}
	list("2024/天津 true true; ")
	of(active, "", "2024/天津")
	of(a.ReportOf, "a.txt", "2025/青溪")
	of(a.ReportOf, "2024/天津", "error: no such file")
	of(a.FileOrVersion, "embedded", "2024/天津")
	of(a.FileOrVersion, "active", "2024/天津")
	of(a.FileOrVersion, "a.txt", "2025/青溪")
	of(a.FileOrVersion, "1f0c", "error: no version was imported")
	if r, err := a.Before(&corpus.Report{Year: 2026, Place: "青溪市"}); r != nil || err != nil {
		t.Errorf("before any came: %v, %v", r, err)
	}

	s, err := a.Versions()
	if err != nil {
		t.Fatal(err)
	}
	var items []version.Item
	for _, x := range [][]byte{text(2025, "青溪"), text(2026, "青溪"), text(2026, "白石")} {
		r, err := extract.Parse("x.txt", x)
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, version.Item{Report: r, Name: "x.txt"})
	}
	if _, err := s.Join(items, true, version.By{Who: "test", When: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if !a.HasVersions() {
		t.Error("there are no versions after some came")
	}
	of(a.ReportOf, "2026/白石", "2026/白石")
	of(a.ReportOf, items[0].Report.ID[:6], "2025/青溪")
	of(a.ReportOf, "2020/白石", "error: no such file, and no such report or version: see jinwen reports")
	of(a.ReportOf, "a.txt", "2025/青溪")
	of(a.FileOrVersion, items[1].Report.ID, "2026/青溪")
	of(a.FileOrVersion, "none", "error: none is neither a file nor a version: see jinwen versions")
	for _, tt := range []struct {
		year int
		want string
	}{{2026, "2025/青溪"}, {2025, ""}, {2027, "2026/青溪"}} {
		r, err := a.Before(&corpus.Report{Year: tt.year, Place: "青溪市"})
		if err != nil || (r == nil) != (tt.want == "") || r != nil && r.Name() != tt.want {
			t.Errorf("before %d: %v, %v, want %q", tt.year, r, err, tt.want)
		}
	}
	a.Flags.Report = "2026/白石"
	of(active, "", "2026/白石")
	if _, err := a.Library(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "--report is one file") || !errors.As(err, new(UsageError)) {
		t.Errorf("a library of one report: %v", err)
	}
}

// TestReadFile: what is read, and why something is not.
func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.WriteFile("a.txt", []byte("正文"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, size := range map[string]int64{"most.txt": decode.MaxFile, "large.txt": decode.MaxFile + 1} {
		f, err := os.Create(name)
		if err == nil {
			err = errors.Join(f.Truncate(size), f.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo("pipe", 0o600); err != nil {
		t.Skip(err)
	}
	for name, want := range map[string]string{
		"a.txt": "", "most.txt": "", "none": "no such file", ".": "is a folder: name a file", "pipe": "pipe is not a plain file", "/dev/null": "/dev/null is not a plain file",
		"large.txt": fmt.Sprintf("large.txt has %d MB: no report has more than %d", (decode.MaxFile+1)>>20, decode.MaxFile>>20),
	} {
		data, err := ReadFile(name)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %d bytes, %v, want %q", name, len(data), err, want)
		}
	}
	if data, _ := ReadFile("a.txt"); string(data) != "正文" {
		t.Errorf("read %q", data)
	}
	a := app(t, dir)
	if lex, err := a.Lexicon(); err != nil || lex == nil {
		t.Errorf("without words of their own: %v", err)
	}
	if err := os.Mkdir("data", 0o700); err != nil {
		t.Fatal(err)
	}
	for content, fails := range map[string]bool{"": false, "same: [": true} {
		if err := os.WriteFile("data/lexicon.yaml", []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Lexicon(); (err != nil) != fails {
			t.Errorf("words %q: %v", content, err)
		}
	}
	os.Remove("data/lexicon.yaml")
	if err := syscall.Mkfifo("data/lexicon.yaml", 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Lexicon(); err == nil || !strings.Contains(err.Error(), "not a plain file") {
		t.Errorf("words in a pipe: %v", err)
	}
}

// TestDict: a folder without dictionaries is named with who named it.
func TestDict(t *testing.T) {
	dir := t.TempDir()
	a := app(t, dir)
	if err := a.Dict(); err != nil {
		t.Errorf("the usual places: %v", err)
	}
	a.Flags.DictDir, a.Cfg.DictDir = dir, dir
	if err := a.Dict(); err == nil || !strings.HasPrefix(err.Error(), "--dict-dir: ") || !strings.Contains(err.Error(), dir) {
		t.Errorf("by the flag: %v", err)
	}
	b := &App{Err: io.Discard, Flags: &Globals{}, Environ: []string{"JINWEN_DICT_DIR=" + dir, "JINWEN_DATA_DIR=" + dir}}
	if err := b.Configure(); err != nil {
		t.Fatal(err)
	}
	if err := b.Dict(); err == nil || !strings.HasPrefix(err.Error(), "JINWEN_DICT_DIR: dict_dir: ") {
		t.Errorf("by the environment: %v", err)
	}
	if _, err := b.Index(false); err == nil {
		t.Error("an index without dictionaries")
	}
}

// TestConfigure: a flag wins over the environment; a command is quiet unless it
// is told how much to log, a service is not.
func TestConfigure(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range []struct {
		name    string
		flags   Globals
		environ []string
		level   slog.Level // of a command
		verbose slog.Level
		json    bool
	}{
		{"nothing", Globals{}, nil, slog.LevelWarn, slog.LevelInfo, false},
		{"the environment", Globals{}, []string{"JINWEN_LOG_LEVEL=debug", "JINWEN_LOG_FORMAT=json"}, slog.LevelDebug, slog.LevelDebug, true},
		{"a flag", Globals{LogLevel: "error"}, []string{"JINWEN_LOG_LEVEL=debug"}, slog.LevelError, slog.LevelError, false},
		{"a flag alone", Globals{LogLevel: "info"}, nil, slog.LevelInfo, slog.LevelInfo, false},
	} {
		var log bytes.Buffer
		a := &App{Err: &log, Flags: &tt.flags, Environ: append(tt.environ, "JINWEN_DATA_DIR="+dir)}
		if err := a.Configure(); err != nil {
			t.Fatal(err)
		}
		enabled := func(l slog.Level) bool {
			return a.Log.Enabled(t.Context(), l) && !a.Log.Enabled(t.Context(), l-1)
		}
		if !enabled(tt.level) {
			t.Errorf("%s: not from %v on", tt.name, tt.level)
		}
		if a.Verbose(); !enabled(tt.verbose) {
			t.Errorf("%s: a service not from %v on", tt.name, tt.verbose)
		}
		a.Log.Error("full", "err", syscall.ENOSPC)
		if strings.HasPrefix(log.String(), "{") != tt.json {
			t.Errorf("%s: logs %s", tt.name, log.String())
		}
		if !a.DiskFull() || a.DiskFull() || a.DiskFulls() != 1 {
			t.Errorf("%s: a full disk was logged %d times", tt.name, a.DiskFulls())
		}
		if a.Path("x") != filepath.Join(dir, "x") {
			t.Errorf("%s: data in %s", tt.name, a.Path("x"))
		}
	}
	a := &App{Err: io.Discard, Flags: &Globals{DataDir: "from-flag", DictDir: "dict", LogLevel: "loud"}, Environ: []string{"JINWEN_DATA_DIR=from-env"}}
	if err := a.Configure(); err == nil || !errors.As(err, new(UsageError)) {
		t.Errorf("no such level: %v", err)
	}
	a.Flags.LogLevel = ""
	if err := a.Configure(); err != nil || a.Cfg.DataDir != "from-flag" || a.Cfg.DictDir != "dict" {
		t.Errorf("flags: %v, %s, %s", err, a.Cfg.DataDir, a.Cfg.DictDir)
	}
	os.Remove("from-flag")
	if a.Embedder() != nil || a.EmbeddingFailures() != 0 || a.Shared() {
		t.Error("there is a server or a database that nobody named")
	}
	a.CloseEmbedder()
	a.CloseDatabase()
}

// TestRoom: the parts of what questions may leave on disk, together no more than
// that.
func TestRoom(t *testing.T) {
	for mb, want := range map[int]string{1: "262144 65536", 2: "786432 131072", 64: "41418752 4194304", 1024: "670564352 67108864"} {
		a := &App{Cfg: config.Config{Questions: config.Questions{MaxMB: mb}}}
		if got := fmt.Sprint(a.QuestionBytes(), " ", a.EntryBytes()); got != want {
			t.Errorf("%d MB: %s, want %s", mb, got, want)
		}
		if all := a.QuestionBytes() + 5*a.EntryBytes(); all > int64(mb)<<20 {
			t.Errorf("%d MB: %d in all", mb, all)
		}
	}
}

// TestOneLine: an error is a line, in which nothing steers a terminal.
func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"a\nb\r\n\nc": "a; b; c", "": "", "\n": "", "公园": "公园", "a\x1b[31mb": `a\x1b[31mb`, "a\u202eb": `a\u202eb`, "a\xffb": `a\xffb`, "a\uFFFDb": "a\uFFFDb", "a\tb": `a\tb`, "👍": "👍",
	} {
		if got := OneLine(errors.New(in)); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

// TestDoubts: what a parse is unsure of, with its line, as many as are wanted.
func TestDoubts(t *testing.T) {
	r := corpus.New("一\n二\n三\n")
	for i := range 3 {
		r.Doubts = append(r.Doubts, corpus.Doubt{Span: corpus.Span{Start: 2 * i, End: 2*i + i}})
	}
	for most, want := range map[int]int{0: 3, 1: 2, 2: 3, 3: 3, 4: 3} {
		var out strings.Builder
		PrintDoubts(&out, r, most)
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if last := lines[len(lines)-1]; len(lines) != want || strings.Contains(last, fmt.Sprintf("unsure of %d more", 3-most)) != (most > 0 && most < 3) {
			t.Errorf("at most %d: %q", most, lines)
		}
	}
	if text := DoubtText(r, r.Doubts[0]); strings.HasPrefix(text, "line") {
		t.Errorf("a doubt of nowhere: %s", text)
	}
	if text := DoubtText(r, r.Doubts[2]); !strings.HasPrefix(text, "line 3: ") {
		t.Errorf("a doubt of the third line: %s", text)
	}
}
